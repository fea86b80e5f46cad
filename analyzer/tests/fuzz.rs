//! Broken logs: the fixtures, cut, spliced, repeated and sprinkled with odd bytes.
//!
//! Checks that nothing panics, that the report does not depend on the chunks, and what holds for
//! the report of every log. An ordinary run reads a fixed number of inputs, always the same ones.
//! More of them, on another seed, in a few minutes:
//!
//! ```sh
//! FUZZ_INPUTS=100000 FUZZ_SEED=7 cargo test --release -p analyzer --test fuzz
//! ```
//!
//! A failure prints the command that reads the one input again; `FUZZ_SAVE=FILE` keeps its bytes.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::{env, fs};

#[path = "support/chunking.rs"]
mod chunking;
#[path = "support/pieces.rs"]
mod pieces;
#[path = "support/random.rs"]
mod random;
#[path = "support/reading.rs"]
mod reading;

use chunking::chunk_lengths;
use pieces::PIECES;
use random::Random;
use reading::{defects, read, read_in_chunks};

/// Inputs of an ordinary run: a few seconds without optimisation.
const INPUTS: u64 = 3000;

/// Inputs are cut to this many bytes: many small ones find more than a few large ones.
const MAX_INPUT_LEN: usize = 20_000;

#[test]
fn broken_logs_are_read_without_a_defect() {
    let seed = number("FUZZ_SEED").unwrap_or(1);
    let first = number("FUZZ_FIRST").unwrap_or(0);
    let logs = logs();
    let logs: Vec<&[u8]> = logs.iter().map(Vec::as_slice).collect();
    for at in first..first + number("FUZZ_INPUTS").unwrap_or(INPUTS) {
        let input = input(&logs, &mut Random::new(seed, at));
        if let Err(complaint) = check(&input, &mut Random::new(!seed, at)) {
            save(&input);
            panic!(
                "{complaint}\nagain: FUZZ_SEED={seed} FUZZ_FIRST={at} FUZZ_INPUTS=1 \
                 cargo test -p analyzer --test fuzz"
            );
        }
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

/// All fixtures, in the order of their names.
fn logs() -> Vec<Vec<u8>> {
    let mut paths = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")];
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
    paths.sort();
    assert!(!paths.is_empty(), "there are no fixtures");
    paths.iter().map(|path| fs::read(path).expect("a readable log")).collect()
}

fn check(input: &[u8], random: &mut Random) -> Result<(), String> {
    let lengths: Vec<usize> = chunk_lengths(input).collect();
    let some = [random.pick(&lengths), random.pick(&lengths)];
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        let whole = read(input);
        let mut defects = defects(input, &whole);
        let differs = some.iter().find(|length| read_in_chunks(input, **length) != whole);
        defects.extend(differs.map(|length| format!("differs in chunks of {length}")));
        defects
    }));
    match outcome {
        Ok(defects) if defects.is_empty() => Ok(()),
        Ok(defects) => Err(defects.join("; ")),
        Err(_) => Err("a panic, see above".to_owned()),
    }
}

/// A part of a log, with one to eight things done to it.
fn input(logs: &[&[u8]], random: &mut Random) -> Vec<u8> {
    let log = random.pick(logs);
    let start = if log.len() > MAX_INPUT_LEN { random.below(log.len() - MAX_INPUT_LEN) } else { 0 };
    let mut input = log[start..log.len().min(start + MAX_INPUT_LEN)].to_vec();
    for _ in 0..=random.below(8) {
        mutate(&mut input, logs, random);
        input.truncate(MAX_INPUT_LEN);
    }
    input
}

fn mutate(input: &mut Vec<u8>, logs: &[&[u8]], random: &mut Random) {
    let at = random.below(input.len() + 1);
    match random.below(9) {
        0 => flip(input, random),
        1 => drop(input.drain(range(input.len(), random))),
        2 => input.truncate(at),
        3 => insert(input, at, random.pick(&PIECES)),
        4 => sprinkle(input, random.pick(&PIECES), random),
        5 => repeat(input, random),
        6 => splice(input, at, random.pick(logs), random),
        7 => swap_lines(input, random),
        _ => noise(input, at, random),
    }
}

fn flip(input: &mut [u8], random: &mut Random) {
    let at = random.below(input.len());
    if let Some(byte) = input.get_mut(at) {
        *byte ^= 1 << random.below(8);
    }
}

/// A range that is short more often than long.
fn range(len: usize, random: &mut Random) -> std::ops::Range<usize> {
    let start = random.below(len + 1);
    let longest = random.pick(&[4, 60, 600, usize::MAX]);
    start..start + random.below((len - start).min(longest) + 1)
}

fn insert(input: &mut Vec<u8>, at: usize, piece: &[u8]) {
    input.splice(at..at, piece.iter().copied());
}

/// Puts the same piece in several places, at the starts of lines more often than not.
fn sprinkle(input: &mut Vec<u8>, piece: &[u8], random: &mut Random) {
    for _ in 0..random.below(20) {
        let mut at = random.below(input.len() + 1);
        if random.below(3) > 0 {
            at = input[..at].iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        }
        insert(input, at, piece);
    }
}

fn repeat(input: &mut Vec<u8>, random: &mut Random) {
    let range = range(input.len(), random);
    let part = input[range.clone()].to_vec();
    for _ in 0..=random.below(12) {
        insert(input, range.end, &part);
        input.truncate(MAX_INPUT_LEN);
        if range.end > input.len() {
            break;
        }
    }
}

fn splice(input: &mut Vec<u8>, at: usize, log: &[u8], random: &mut Random) {
    let range = range(log.len(), random);
    insert(input, at, &log[range]);
}

fn swap_lines(input: &mut Vec<u8>, random: &mut Random) {
    let mut lines: Vec<Vec<u8>> = input.split(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
    let (left, right) = (random.below(lines.len()), random.below(lines.len()));
    lines.swap(left, right);
    *input = lines.join(&b'\n');
}

fn noise(input: &mut Vec<u8>, at: usize, random: &mut Random) {
    let bytes: Vec<u8> = (0..random.below(40)).map(|_| random.next().to_le_bytes()[0]).collect();
    insert(input, at, &bytes);
}
