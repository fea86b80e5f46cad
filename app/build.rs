//! Gives the page and its worker the same `BUILD_ID`: a hash of what both are made from.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What decides whether page and worker understand each other: the code of the messages,
/// of what is in them, and the versions of the libraries that write them.
const SOURCES: [&str; 3] = ["src", "../analyzer/src", "../Cargo.lock"];

fn main() -> io::Result<()> {
    let mut files = Vec::new();
    for source in SOURCES {
        println!("cargo:rerun-if-changed={source}");
        collect(Path::new(source), &mut files)?;
    }
    files.sort();
    let mut hash = Fnv::default();
    for file in files {
        hash.write(&fs::read(file)?);
    }
    println!("cargo:rustc-env=BUILD_ID={:016x}", hash.0);
    // The page is cut after it is linked, by what the linker knows.
    if env::var_os("CARGO_CFG_TARGET_FAMILY").is_some_and(|family| family == "wasm") {
        println!("cargo:rustc-link-arg-bin=app=--emit-relocs");
    }
    Ok(())
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if path.is_file() {
        files.push(path.to_owned());
        return Ok(());
    }
    for entry in fs::read_dir(path)? {
        collect(&entry?.path(), files)?;
    }
    Ok(())
}

/// FNV-1a with 64 bits: the id has to differ, not to withstand anybody.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
}
