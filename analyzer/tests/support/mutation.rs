//! Odd inputs: logs that are cut, spliced, repeated and sprinkled, and bytes that are no log.

use crate::pieces::PIECES;
use crate::random::Random;
use crate::words::WORDS;

/// Inputs are cut to this many bytes: many small ones find more than a few large ones.
const MAX_INPUT_LEN: usize = 8_000;

/// What no log looks like: words of Nix, odd pieces and noise in any order.
pub(crate) fn bytes(random: &mut Random) -> Vec<u8> {
    let mut input = Vec::new();
    for _ in 0..random.below(200) {
        let at = input.len();
        match random.below(8) {
            0 => noise(&mut input, at, random),
            1..=3 => input.extend_from_slice(random.pick(&PIECES)),
            4 => input.push(b'\n'),
            _ => input.extend_from_slice(random.pick(&WORDS).as_bytes()),
        }
    }
    input
}

/// A part of a log as it is: it may begin and end anywhere.
pub(crate) fn part(logs: &[&[u8]], random: &mut Random) -> Vec<u8> {
    let log = random.pick(logs);
    let start = random.below(log.len());
    let length = random.below((log.len() - start).min(MAX_INPUT_LEN) + 1);
    log[start..start + length].to_vec()
}

/// A part of a log, with one to eight things done to it.
pub(crate) fn mutated(logs: &[&[u8]], random: &mut Random) -> Vec<u8> {
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
