//! How fast logs of several kinds are read, in MB (10⁶ bytes) a second: `cargo bench -p analyzer`.
//!
//! Each input is a fixture over and over, with other store paths each time, so that the model
//! grows as with a log of that length.

use std::path::Path;
use std::time::Instant;

use analyzer::Analyzer;

/// Length of each input, in bytes.
const INPUT_LEN: usize = 50_000_000;

/// Bytes that are fed at once: what a browser reads of a file at a time.
const CHUNK_LEN: usize = 1 << 20;

/// The best of so many runs counts.
const RUNS: usize = 3;

/// Names of the inputs, and the fixtures that they repeat.
const INPUTS: [(&str, &str); 6] = [
    ("rebuild", "nix-2.34.8/rebuild-ng-flake.log"),
    ("rebuild, stamped", "nix-2.34.8/rebuild-bash-stamped.log"),
    ("rebuild, journal", "nix-2.3.7/rebuild-switch-journal.log"),
    ("build output with names", "nix-2.34.8/builds-with-names.log"),
    ("progress bar", "nix-2.8.0/terminal-bar-with-output.log"),
    ("evaluation error", "nix-2.34.8/option-missing-trace.log"),
];

fn main() {
    // `cargo test --benches` runs this, too, and wants no numbers.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    report("output of compilers", &compilers());
    for (name, fixture) in INPUTS {
        report(name, &repeated(fixture));
    }
}

#[expect(clippy::print_stdout, reason = "a benchmark prints")]
fn report(name: &str, input: &[u8]) {
    let seconds = (0..RUNS).map(|_| read(input)).fold(f64::INFINITY, f64::min);
    let speed = input.len() as f64 / 1e6 / seconds;
    println!("{name:<24} {speed:>7.0} MB/s  ({seconds:.3} s)");
}

/// Reads an input; says how long that took, in seconds.
fn read(input: &[u8]) -> f64 {
    let start = Instant::now();
    let mut analyzer = Analyzer::default();
    for chunk in input.chunks(CHUNK_LEN) {
        analyzer.feed(chunk);
    }
    let report = analyzer.finish();
    let seconds = start.elapsed().as_secs_f64();
    assert!(report.source.lines > 0);
    seconds
}

/// What most of a long log is: a build that prints what its compiler does.
fn compilers() -> Vec<u8> {
    let mut input =
        b"building '/nix/store/hgh6a76imnagxb5sfrfafixrqqwc3yb6-linux-6.12.drv'...\n".to_vec();
    let mut number = 0;
    while input.len() < INPUT_LEN {
        number += 1;
        let lines = format!(
            "  CC      drivers/net/ethernet/part{number}.o\n\
             gcc -O2 -g -fPIC -Wall -Iinclude -c source/part{number}.c -o build/part{number}.o\n\
             checking whether the C compiler has function number {number}... yes\n\
             [{number}/99999] Building CXX object src/CMakeFiles/main.dir/part{number}.cpp.o\n"
        );
        input.extend_from_slice(lines.as_bytes());
    }
    input
}

fn repeated(fixture: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(fixture);
    let log = std::fs::read(path).expect("a fixture");
    let mut input = Vec::with_capacity(INPUT_LEN + log.len());
    for number in 0.. {
        if input.len() >= INPUT_LEN {
            break;
        }
        let start = input.len();
        input.extend_from_slice(&log);
        rename_store_paths(&mut input[start..], number);
    }
    input
}

/// Writes a number into the hash of every store path.
fn rename_store_paths(log: &mut [u8], number: u32) {
    const STORE: &[u8] = b"/nix/store/";
    let digits = format!("{number:08}");
    let starts: Vec<usize> = memchr::memmem::find_iter(log, STORE).collect();
    for start in starts {
        let hash = start + STORE.len();
        if let Some(place) = log.get_mut(hash..hash + digits.len()) {
            place.copy_from_slice(digits.as_bytes());
        }
    }
}
