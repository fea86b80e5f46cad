//! Hostile links: letters that are no link, links with changes, and bodies of any bytes with the
//! right checksum, so that what reads reports is reached.
//!
//! Nothing may panic, and steps and memory are bounded. An ordinary run opens a fixed number of
//! links, always the same ones. More of them, on another seed:
//!
//! ```sh
//! FUZZ_INPUTS=350000 FUZZ_SEED=7 cargo test --release -p share --test fuzz_links
//! ```

#[path = "support/analyzed.rs"]
mod analyzed;
#[path = "support/body.rs"]
mod body;
#[path = "support/fixtures.rs"]
mod fixtures;
#[path = "support/frame.rs"]
mod frame;

use std::env;

use analyzer::report::LinkLevel;
use share::link::{self, OpenError, Tables};

/// Links of each target in an ordinary run.
const INPUTS: u64 = 300;

/// Memory in use at once, in bytes, whatever the link says.
const MAX_MEMORY: u64 = 160 << 20;

/// Numbers that depend on the seed alone.
struct Random(u64);

impl Random {
    fn new(seed: u64, at: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ at.wrapping_mul(0xd1b5_4a32_d192_ed03))
    }

    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ mixed >> 31) % n as u64).expect("what the test is made of")
    }

    fn byte(&mut self) -> u8 {
        u8::try_from(self.below(256)).expect("what the test is made of")
    }
}

#[test]
fn letters_are_no_report() {
    run("letters", |_, random| {
        const LETTERS: &[u8] = b"r1ABCabcXYZxyz0189-_#?&=/:. \n%\xc3\xa9";
        let len = random.below(300);
        let bytes = (0..len).map(|_| LETTERS[random.below(LETTERS.len())]).collect();
        let text = String::from_utf8_lossy(&Vec::<u8>::clone(&bytes)).into_owned();
        if random.below(2) == 0 { ["r1B", &text].concat() } else { text }
    });
}

#[test]
fn changed_links_are_opened_or_refused() {
    run("changed", |links, random| {
        let mut link = links[random.below(links.len())].clone().into_bytes();
        for _ in 0..=random.below(3) {
            let at = random.below(link.len());
            match random.below(4) {
                0 => link.truncate(at.max(2)),
                1 => drop(link.remove(at)),
                2 => link.insert(
                    at,
                    b'A' + u8::try_from(random.below(26)).expect("what the test is made of"),
                ),
                _ => link[at] = random.byte() % 26 + b'a',
            }
            if link.is_empty() {
                break;
            }
        }
        String::from_utf8(link).expect("what the test is made of")
    });
}

#[test]
fn bodies_of_any_bytes_are_read() {
    run("bodies", |links, random| {
        let (level, mut body) = body::body(&links[random.below(links.len())]);
        match random.below(3) {
            // The beginning of a report, and then anything.
            0 => {
                body.truncate(random.below(body.len() + 1));
                let len = random.below(200);
                body.extend((0..len).map(|_| random.byte()));
            }
            1 => body = (0..random.below(400)).map(|_| random.byte()).collect(),
            _ => {
                for _ in 0..=random.below(4) {
                    if let Some(at) = body.len().checked_sub(1) {
                        let at = random.below(at + 1);
                        body[at] = random.byte();
                    }
                }
            }
        }
        frame::around(if random.below(4) == 0 { 2 } else { level }, &body)
    });
}

fn run(target: &str, input: impl Fn(&[String], &mut Random) -> String) {
    let tables = Tables::built_in().expect("what the test is made of");
    let links = links(&tables);
    let seed = number("FUZZ_SEED").unwrap_or(1);
    let first = number("FUZZ_FIRST").unwrap_or(0);
    for at in first..first + number("FUZZ_INPUTS").unwrap_or(INPUTS) {
        let link = input(&links, &mut Random::new(seed, at));
        let mut opened = Err(OpenError::NotALink);
        let used = allocation_counter::measure(|| opened = link::decode(&link, &tables));
        let again = format!("FUZZ_SEED={seed} FUZZ_FIRST={at} FUZZ_INPUTS=1, {target}: {link}");
        assert!(used.bytes_max < MAX_MEMORY, "{} bytes: {again}", used.bytes_max);
        if let Ok(opened) = opened {
            let level = opened.level;
            // A hostile link may hold what no report has at its level, but nothing that breaks.
            let link = link::encode(&opened.report, level, &tables);
            let twice = link::decode(&link, &tables).map(|opened| opened.report);
            assert!(twice == Ok(opened.report.at_level(level)), "not the same again: {again}");
        }
    }
}

fn links(tables: &Tables) -> Vec<String> {
    let reports = fixtures::reports();
    let short = reports
        .iter()
        .step_by(9)
        .flat_map(|(_, report)| LinkLevel::ALL.map(|level| link::encode(report, level, tables)));
    short.collect()
}

/// A number that an environment variable holds.
fn number(variable: &str) -> Option<u64> {
    let text = env::var(variable).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("expected a number in {variable}, found {text}")))
}
