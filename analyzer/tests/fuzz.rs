//! Broken logs and bytes that are no log.
//!
//! Checks that nothing panics, that the report does not depend on the chunks, what holds for the
//! report of every log, and that steps and memory are bounded. An ordinary run reads a fixed number
//! of inputs, always the same ones. More of them, on another seed, in some minutes:
//!
//! ```sh
//! FUZZ_INPUTS=350000 FUZZ_SEED=7 cargo test --release -p analyzer --test fuzz
//! ```
//!
//! A failure prints the command that reads the one input again; `FUZZ_SAVE=FILE` keeps its bytes.
//! `FUZZ_KEEP=FOLDER` keeps short inputs whose report is of a kind that none in the folder has:
//! so were the inputs of `fuzz-inputs` found, which every run reads and mutates.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::{env, fs};

use analyzer::report::{Report, Run};

#[path = "support/mutation.rs"]
mod mutation;
#[path = "support/pieces.rs"]
mod pieces;
#[path = "support/random.rs"]
mod random;
#[path = "support/reading.rs"]
mod reading;
#[path = "support/words.rs"]
mod words;

use random::Random;
use reading::{defects, read};

/// Inputs of each target in an ordinary run: a few seconds without optimisation.
const INPUTS: u64 = 1000;

/// Inputs that are kept are no longer than this, in bytes.
const MAX_KEPT_LEN: usize = 600;

/// Allocations stand for steps: each does a bounded amount of work for a bounded part of the input.
/// The most that a byte may cost is that of short lines, such as rows of versions.
const MAX_STEPS_PER_BYTE: u64 = 4;
const MAX_STEPS: u64 = 2_000;

/// Memory in use at once, in bytes for each byte of the input, and for any input.
const MAX_MEMORY_PER_BYTE: u64 = 80;
const MAX_MEMORY: u64 = 1 << 19;

/// What is made of nothing, or of logs.
#[derive(Clone, Copy, Debug)]
enum Target {
    Bytes,
    Logs,
    Cuts,
}

#[test]
fn bytes_are_read_without_a_defect() {
    run(Target::Bytes);
}

#[test]
fn broken_logs_are_read_without_a_defect() {
    run(Target::Logs);
}

#[test]
fn parts_of_logs_are_read_alike_in_any_chunks() {
    run(Target::Cuts);
}

#[test]
fn kept_inputs_are_read_without_a_defect() {
    for path in files("tests/fuzz-inputs") {
        let input = fs::read(&path).expect("a readable input");
        let complaint = check(&input, &mut Random::new(1, 1));
        assert_eq!(complaint, Ok(()), "{}", path.display());
    }
}

fn run(target: Target) {
    let seed = number("FUZZ_SEED").unwrap_or(1);
    let first = number("FUZZ_FIRST").unwrap_or(0);
    let logs = logs();
    let logs: Vec<&[u8]> = logs.iter().map(Vec::as_slice).collect();
    let mut kept = Kept::from_environment();
    for at in first..first + number("FUZZ_INPUTS").unwrap_or(INPUTS) {
        let input = input(target, &logs, &mut Random::new(seed, at));
        if let Err(complaint) = check(&input, &mut Random::new(!seed, at)) {
            save(&input);
            panic!(
                "{target:?}: {complaint}\nagain: FUZZ_SEED={seed} FUZZ_FIRST={at} FUZZ_INPUTS=1 \
                 cargo test -p analyzer --test fuzz"
            );
        }
        if let Some(kept) = &mut kept {
            kept.offer(&input);
        }
    }
}

fn input(target: Target, logs: &[&[u8]], random: &mut Random) -> Vec<u8> {
    match target {
        Target::Bytes => mutation::bytes(random),
        Target::Logs => mutation::mutated(logs, random),
        Target::Cuts => mutation::part(logs, random),
    }
}

/// A number that an environment variable holds.
fn number(variable: &str) -> Option<u64> {
    let text = env::var(variable).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("expected a number in {variable}, found {text}")))
}

fn save(input: &[u8]) {
    if let Some(file) = env::var_os("FUZZ_SAVE") {
        fs::write(file, input).expect("a file to write to");
    }
}

/// All fixtures and kept inputs.
fn logs() -> Vec<Vec<u8>> {
    let paths = ["tests/fixtures", "tests/fuzz-inputs"].map(files).concat();
    let logs = paths.iter().map(|path| fs::read(path).expect("a readable log"));
    logs.filter(|log| !log.is_empty()).collect()
}

/// All logs in a folder of this crate, in the order of their names.
fn files(folder: &str) -> Vec<PathBuf> {
    let mut paths = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a readable folder") {
            let path = entry.expect("a readable folder").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "log") {
                paths.push(path);
            }
        }
    }
    assert!(!paths.is_empty(), "there are no logs in {folder}");
    paths.sort();
    paths
}

fn check(input: &[u8], random: &mut Random) -> Result<(), String> {
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        let mut whole = None;
        let cost = allocation_counter::measure(|| whole = Some(read(input)));
        let whole = whole.expect("a report");
        let mut complaints = defects(input, &whole);
        complaints.extend(excess(input.len() as u64, cost.count_total, cost.bytes_max));
        for _ in 0..2 {
            if read_in_odd_chunks(input, random) != whole {
                complaints.push("differs in other chunks".to_owned());
            }
        }
        complaints
    }));
    match outcome {
        Ok(complaints) if complaints.is_empty() => Ok(()),
        Ok(complaints) => Err(complaints.join("; ")),
        Err(_) => Err("a panic, see above".to_owned()),
    }
}

/// What is more than an input of so many bytes may cost.
fn excess(len: u64, steps: u64, memory: u64) -> Option<String> {
    let is_bounded = steps <= MAX_STEPS + len * MAX_STEPS_PER_BYTE
        && memory <= MAX_MEMORY + len * MAX_MEMORY_PER_BYTE;
    (!is_bounded).then(|| format!("{steps} allocations, {memory} bytes at once for {len} bytes"))
}

/// Reads an input that comes in chunks of which each has another length.
fn read_in_odd_chunks(input: &[u8], random: &mut Random) -> Report {
    let mut analyzer = analyzer::Analyzer::default();
    let longest = random.pick(&[1, 3, 40, 500, 5000]);
    let mut rest = input;
    while !rest.is_empty() {
        let (chunk, more) = rest.split_at((1 + random.below(longest)).min(rest.len()));
        analyzer.feed(chunk);
        rest = more;
    }
    analyzer.finish()
}

/// Inputs that are worth keeping.
struct Kept {
    folder: PathBuf,
    kinds: BTreeSet<String>,
}

impl Kept {
    fn from_environment() -> Option<Self> {
        let folder = PathBuf::from(env::var_os("FUZZ_KEEP")?);
        let entries = fs::read_dir(&folder).expect("a folder to keep inputs in").flatten();
        let inputs = entries.filter_map(|entry| fs::read(entry.path()).ok());
        let kinds = inputs.map(|input| kind(&read(&input))).collect();
        Some(Self { folder, kinds })
    }

    fn offer(&mut self, input: &[u8]) {
        if input.len() <= MAX_KEPT_LEN && self.kinds.insert(kind(&read(input))) {
            let name = format!("{:03}.log", self.kinds.len());
            fs::write(self.folder.join(name), input).expect("a file to write to");
        }
    }
}

/// What sort of report it is: short inputs with the same words for it teach the same.
fn kind(report: &Report) -> String {
    let of_run = |run: &Run| {
        let classes: BTreeSet<_> =
            run.failures.iter().map(|it| format!("{:?}", it.class)).collect();
        format!("{:?} {classes:?}", run.outcome)
    };
    let runs: Vec<String> = report.runs.iter().map(of_run).collect();
    format!("{:?} {runs:?}", report.source.dialects)
}
