//! Tools that are compiled from their crates.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::folder::ToolsFolder;
use super::{install_whole, version_line, versions};
use crate::failure::{Failure, Result, While};
use crate::files;
use crate::process;

/// How often a long installation says that it is alive.
const SIGN_OF_LIFE: Duration = Duration::from_secs(30);

/// How many of cargo's last lines a failed installation shows.
const LINES_SHOWN_ON_FAILURE: usize = 30;

/// A program of a crate.
pub(super) struct CargoTool {
    /// The crate.
    name: &'static str,
    version: &'static str,
    /// The program that `--version` is asked of.
    program: &'static str,
    /// Compiled for a short compilation: the tools run for seconds a day.
    opt_level: &'static str,
    /// Crates in its lock file that are compiled, about.
    n_crates: usize,
}

/// Builds the site.
pub(super) const TRUNK: CargoTool = CargoTool {
    name: "trunk",
    version: versions::TRUNK,
    program: "trunk",
    opt_level: "0",
    n_crates: 400,
};

/// Makes the JavaScript around compiled Rust.
const WASM_BINDGEN: CargoTool = CargoTool {
    name: "wasm-bindgen-cli",
    version: versions::WASM_BINDGEN,
    program: "wasm-bindgen",
    opt_level: "1",
    n_crates: 150,
};

/// All of them.
pub(super) const ALL: [CargoTool; 2] = [TRUNK, WASM_BINDGEN];

impl CargoTool {
    /// The folder of its programs.
    pub(super) fn bin_folder(&self, folder: &ToolsFolder) -> PathBuf {
        self.place(folder).join("bin")
    }

    /// The program itself.
    pub(super) fn program(&self, folder: &ToolsFolder) -> PathBuf {
        self.bin_folder(folder).join(self.program)
    }

    /// Whether the program is there and says that it is of the pinned version.
    pub(super) fn is_installed(&self, folder: &ToolsFolder) -> bool {
        let expected = format!("{} {}", self.program, self.version);
        version_line(&self.program(folder)).is_some_and(|line| line.trim() == expected)
    }

    fn place(&self, folder: &ToolsFolder) -> PathBuf {
        folder.tool(self.name, self.version)
    }

    fn install(&self, folder: &ToolsFolder) -> Result<()> {
        install_whole(folder, &self.place(folder), |partial| {
            let build = partial.join("build");
            let cargo = self.cargo_install(partial, &build).spawn();
            let cargo = cargo.while_doing(|| format!("starting the build of {}", self.name))?;
            self.follow(cargo)?;
            files::remove_folder(&build)
        })
    }

    /// `cargo install` without the heavy release profile that the crate asks for.
    fn cargo_install(&self, root: &Path, build: &Path) -> Command {
        let mut cargo = process::cargo();
        cargo
            .args(["install", self.name, "--version", &format!("={}", self.version)])
            .args(["--locked", "--no-default-features", "--root"])
            .arg(root)
            .env("CARGO_TARGET_DIR", build)
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", self.opt_level)
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
            .env("CARGO_PROFILE_RELEASE_DEBUG", "0")
            .env("CARGO_PROFILE_RELEASE_STRIP", "symbols")
            .env_remove("RUSTFLAGS")
            .stderr(Stdio::piped());
        cargo
    }

    /// Says now and then how far cargo is, and shows its last lines if it fails.
    fn follow(&self, mut cargo: Child) -> Result<()> {
        let Some(stderr) = cargo.stderr.take() else { return Ok(()) };
        let n_compiled = AtomicUsize::new(0);
        let (lines, status) = thread::scope(|scope| {
            let reader = scope.spawn(|| last_lines(BufReader::new(stderr), &n_compiled));
            let status = self.wait(&mut cargo, &n_compiled);
            (reader.join().unwrap_or_default(), status)
        });
        if status?.success() {
            return Ok(());
        }
        let (name, version) = (self.name, self.version);
        Err(Failure::new(format!("{name} {version} cannot be installed:\n{}", lines.join("\n"))))
    }

    fn wait(
        &self,
        cargo: &mut Child,
        n_compiled: &AtomicUsize,
    ) -> Result<std::process::ExitStatus> {
        let started = Instant::now();
        let mut said = started;
        loop {
            let status = cargo.try_wait().while_doing(|| format!("building {}", self.name))?;
            if let Some(status) = status {
                return Ok(status);
            }
            if said.elapsed() >= SIGN_OF_LIFE {
                said = Instant::now();
                self.say_progress(started.elapsed(), n_compiled.load(Ordering::Relaxed));
            }
            thread::sleep(Duration::from_millis(100));
        }
    }

    fn say_progress(&self, elapsed: Duration, n_compiled: usize) {
        let Self { name, version, n_crates, .. } = self;
        let seconds = elapsed.as_secs();
        println!("  {name} {version}: {n_compiled} of about {n_crates} crates after {seconds} s");
    }
}

/// Builds tools at the same time; each writes into a folder of its own.
pub(super) fn install_side_by_side(folder: &ToolsFolder, tools: &[&CargoTool]) -> Result<()> {
    if tools.is_empty() {
        return Ok(());
    }
    let names: Vec<String> =
        tools.iter().map(|tool| format!("{} {}", tool.name, tool.version)).collect();
    println!("Building {} (once; 5 to 10 minutes on two cores).", names.join(" and "));
    let started = Instant::now();
    let results: Vec<Result<()>> = thread::scope(|scope| {
        let running: Vec<_> =
            tools.iter().map(|tool| scope.spawn(|| tool.install(folder))).collect();
        running.into_iter().filter_map(|thread| thread.join().ok()).collect()
    });
    results.into_iter().collect::<Result<()>>()?;
    if let Some(tool) = tools.iter().find(|tool| !tool.is_installed(folder)) {
        let sentence = format!("{} was built, but does not run", tool.program(folder).display());
        return Err(Failure::new(sentence));
    }
    println!("Built them in {} s.", started.elapsed().as_secs());
    Ok(())
}

/// Reads all lines, counts those of compiled crates, and keeps the last ones.
fn last_lines(lines: impl BufRead, n_compiled: &AtomicUsize) -> Vec<String> {
    let mut kept = Vec::new();
    for line in lines.lines().map_while(std::result::Result::ok) {
        // "   Compiling serde v1.0.219"
        if line.trim_start().starts_with("Compiling ") {
            n_compiled.fetch_add(1, Ordering::Relaxed);
        }
        if kept.len() == LINES_SHOWN_ON_FAILURE {
            kept.remove(0);
        }
        kept.push(line);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compiled_crates_are_counted_and_the_last_lines_kept() {
        let log = format!("{}error: no\n", "   Compiling a v1.0.0\n".repeat(50));
        let n_compiled = AtomicUsize::new(0);
        let kept = last_lines(log.as_bytes(), &n_compiled);
        assert_eq!(n_compiled.into_inner(), 50);
        assert_eq!(kept.len(), LINES_SHOWN_ON_FAILURE);
        assert_eq!(kept.last().map(String::as_str), Some("error: no"));
    }
}
