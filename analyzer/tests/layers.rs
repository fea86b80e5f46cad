//! What holds for the layers below the messages, on bytes that nobody would write.

use analyzer::ansi::plain;
use analyzer::encoding::Decoder;
use analyzer::envelope::Unwrapper;
use analyzer::line::{LineSplitter, Position};

#[path = "support/pieces.rs"]
mod pieces;
#[path = "support/random.rs"]
mod random;

use pieces::PIECES;
use random::Random;

const INPUTS: u64 = 1000;

/// Runs `check` on texts made of letters and odd pieces.
fn for_each_input(check: impl Fn(&[u8], &mut Random)) {
    for number in 0..INPUTS {
        let mut random = Random::new(3, number);
        let mut input = Vec::new();
        for _ in 0..random.below(60) {
            match random.below(3) {
                0 => input.extend_from_slice(random.pick(&PIECES)),
                1 => input.push(random.next().to_le_bytes()[0]),
                _ => input.extend_from_slice(b"copying path"),
            }
        }
        check(&input, &mut random);
    }
}

type Line = (Position, Vec<u8>);

/// Decodes and splits an input that comes in chunks of at most `longest` bytes.
fn lines(input: &[u8], longest: usize, random: &mut Random) -> (Vec<Line>, bool) {
    let (mut decoder, mut splitter) = (Decoder::default(), LineSplitter::default());
    let mut lines = Vec::new();
    let mut emit = |at: Position, line: &[u8]| lines.push((at, line.to_vec()));
    let mut rest = input;
    while !rest.is_empty() {
        let (chunk, tail) = rest.split_at(rest.len().min(1 + random.below(longest)));
        decoder.feed(chunk, |text| splitter.feed(text, &mut emit));
        rest = tail;
    }
    decoder.finish(|text| splitter.feed(text, &mut emit));
    splitter.finish(&mut emit);
    (lines, decoder.is_lossy())
}

#[test]
fn any_chunking_gives_the_same_lines() {
    for_each_input(|input, random| {
        let whole = lines(input, usize::MAX / 2, random);
        for longest in [1, 2, 3, 7, 50] {
            assert_eq!(lines(input, longest, random), whole, "{input:?}");
        }
    });
}

#[test]
fn lines_are_numbered_and_lie_behind_each_other() {
    for_each_input(|input, random| {
        let (lines, _) = lines(input, 20, random);
        for ((at, _), number) in lines.iter().zip(1..) {
            assert_eq!(at.line, number);
        }
        let order = lines
            .is_sorted_by(|(left, text), (right, _)| left.byte + (text.len() as u64) < right.byte);
        assert!(order, "{input:?}");
    });
}

#[test]
fn plain_text_has_nothing_to_strip() {
    for_each_input(|input, _| {
        let text = plain(input);
        assert!(!text.contains(|c: char| c.is_ascii_control() && c != '\t'), "{text:?}");
        assert_eq!(plain(text.as_bytes()), text);
    });
}

#[test]
fn every_line_comes_out_of_its_envelopes_once() {
    for_each_input(|input, random| {
        let (lines, _) = lines(input, 20, random);
        let mut unwrapper = Unwrapper::default();
        let mut found = Vec::new();
        for (at, line) in &lines {
            unwrapper.feed(*at, line, |at, stripped| found.push((at, stripped.text.to_owned())));
        }
        unwrapper.finish(|at, stripped| found.push((at, stripped.text.to_owned())));
        assert_eq!(found.len(), lines.len());
        for ((at, line), (found_at, text)) in lines.iter().zip(&found) {
            assert_eq!(at, found_at);
            assert!(plain(line).ends_with(text.as_str()), "{line:?} and {text:?}");
        }
    });
}
