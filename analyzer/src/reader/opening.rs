//! Tells by its first bytes that a line is what a builder printed, and nothing that a parser reads.
//!
//! Nearly all lines of a long log are such, and it would take long to ask every parser.

/// First byte of an arrow, a bullet and the marks of colmena, which may stand within a line.
const MARK: u8 = "→".as_bytes()[0];

/// A prompt has the name of a user in front, up to this length: alice@host:~$ nixos-rebuild switch
const MAX_USER_LEN: usize = 32;

/// Whether a parser of messages may know `text`, a line that is not empty. What marks build output
/// with a name is none of them.
pub(super) fn is_of_message(text: &str) -> bool {
    let line = text.trim_start_matches(' ').as_bytes();
    let Some(first) = line.first() else { return true };
    let is_opening = match first {
        b'A'..=b'Z' | b'a'..=b'z' => {
            line.first_chunk().is_some_and(|start| openings(*first).contains(&start))
                || memchr::memchr(b'@', &line[..line.len().min(MAX_USER_LEN)]).is_some()
        }
        b'[' => is_bracket(line),
        b'0'..=b'9' => is_number(line),
        // What cmake says: -- Looking for pthread.h - found
        b'-' => !line.starts_with(b"-- "),
        _ => true,
    };
    is_opening || line.ends_with(b"iB") || has_mark(line)
}

/// Whether a line has a mark; compilers write quotation marks, which begin with the same byte.
fn has_mark(line: &[u8]) -> bool {
    let mut marks = memchr::memchr_iter(MARK, line);
    marks.any(|at| !matches!(line[at + 1..], [0x80, 0x98..=0x9D, ..]))
}

/// The first four bytes of all wordings that begin with this letter.
fn openings(first: u8) -> &'static [&'static [u8; 4]] {
    match first {
        b'A' => &[b"ADDE", b"Acti", b"Adde"],
        b'C' => &[
            b"CGro", b"CHAN", b"CPU:", b"Chec", b"Clea", b"Clos", b"Coll", b"Comm", b"Copi",
            b"Crea",
        ],
        b'D' => &[b"DIFF", b"Devi", b"Docs", b"Done", b"Drop", b"Dura"],
        b'E' => &[b"EXIT", b"Exis"],
        b'F' => &[b"FD S", b"Fail", b"Fini", b"Foun"],
        b'H' => &[b"Home", b"Host"],
        b'I' => &[b"IO: ", b"IP: ", b"If y", b"Inst", b"Invo"],
        b'K' => &[b"Keep"],
        b'L' => &[b"Load"],
        b'M' => &[b"Main", b"Mem ", b"Memo"],
        b'N' => &[b"NOT ", b"NOTE", b"No c", b"No v", b"Not "],
        b'P' => &[b"PATH", b"Plea", b"Pre-", b"Proc"],
        b'R' => &[b"REMO", b"Rand", b"Reas", b"Relo", b"Remo", b"Rest"],
        b'S' => &[b"SIZE", b"Scri", b"Sele", b"Star", b"Stat", b"Stop", b"Succ", b"Sugg", b"Swit"],
        b'T' => &[b"Task", b"Ther", b"Tran", b"Trig"],
        b'U' => &[b"Upda", b"Usin"],
        b'V' => &[b"Vers"],
        b'W' => &[b"WARN", b"Warn", b"What"],
        b'Y' => &[b"You "],
        b'a' => &[b"acti", b"appl"],
        b'b' => &[b"buil"],
        b'c' => &[b"cann", b"chec", b"conf", b"copy", b"crea"],
        b'd' => &[b"debu", b"decr", b"dele", b"deri", b"disa", b"don'", b"down"],
        b'e' => &[b"erro", b"eval"],
        b'f' => &[b"fail", b"fetc", b"file", b"find", b"fini", b"foll", b"foun"],
        b'h' => &[b"hash"],
        b'i' => &[b"if y", b"inst"],
        b'k' => &[b"kex_"],
        b'l' => &[b"leve"],
        b'n' => &[b"nix ", b"nix-", b"nixo", b"not ", b"note"],
        b'o' => &[b"outp"],
        b'p' => &[b"path", b"post"],
        b'q' => &[b"quer"],
        b'r' => &[b"read", b"relo", b"remo", b"repa", b"reso", b"rest", b"revi", b"root", b"runn"],
        b's' => &[b"sett", b"some", b"sops", b"ssh:", b"star", b"stop", b"swit", b"syst"],
        b't' => &[b"the ", b"ther", b"thes", b"this", b"time", b"trac"],
        b'u' => &[b"unpa", b"upda", b"uplo", b"user"],
        b'w' => &[b"wait", b"warn", b"woul"],
        b'y' => &[b"you "],
        _ => &[],
    }
}

/// A bar, a prompt, a level or the mark of a row; not the `[ 12%]` and `[12/90]` of cmake and ninja.
fn is_bracket(line: &[u8]) -> bool {
    match line.get(1) {
        Some(b' ') => false,
        // [12/900] CXX core.o    [1/2/3 built, 4 copied (1.2 MiB)]    [0.0 MiB DL]
        Some(b'0'..=b'9') => {
            let end = line[1..].iter().position(|byte| matches!(byte, b' ' | b']' | b'%'));
            end.is_some_and(|end| line[1 + end] == b' ')
        }
        _ => true,
    }
}

// 60 store paths deleted, 0.97 MiB freed
//    0: Activation (test) failed
// 7.55 MiB freed by hard-linking 81 files
fn is_number(line: &[u8]) -> bool {
    let end = line.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(line.len());
    matches!(line[end..], [b' ', b's', ..] | [b':', ..] | [b'.', .., b'f', b'i', b'l', b'e', b's'])
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::envelope::Unwrapper;
    use crate::line::LineSplitter;
    use crate::message::{activation, diff, error, lock, plain, tool, warning};

    /// Whether a parser of messages claims a line.
    fn is_claimed(text: &str) -> bool {
        plain::parse(text).is_some()
            || activation::parse(text).is_some()
            || lock::parse(text).is_some()
            || diff::parse(text).is_some()
            || warning::parse(text).is_some()
            || tool::parse(text).is_some()
            || plain::orphan(text).is_some()
            || crate::message::bar::parse(text).is_some()
            || text.starts_with("error:")
            || error::is_bare_error(text)
            || error::is_headless(text)
    }

    /// Lines that a parser claims and that are not let through.
    fn lost_lines(log: &[u8]) -> Vec<String> {
        let mut splitter = LineSplitter::default();
        let mut unwrapper = Unwrapper::default();
        let mut lost = Vec::new();
        let mut check = |text: &str| {
            let text = text.trim_end();
            if !is_of_message(text) && is_claimed(text) {
                lost.push(text.to_owned());
            }
        };
        splitter.feed(log, |at, line| unwrapper.feed(at, line, |_, line| check(line.text)));
        unwrapper.finish(|_, line| check(line.text));
        lost
    }

    #[test]
    fn what_a_parser_knows_is_let_through() {
        let lost: BTreeSet<String> =
            crate::real_logs::all().flat_map(|(_, log)| lost_lines(&log)).collect();
        assert!(lost.is_empty(), "`openings` lacks what these lines begin with: {lost:#?}");
    }

    #[test]
    fn what_compilers_print_is_not() {
        for text in [
            "gcc -O2 -c main.c -o main.o",
            "[ 12%] Building CXX object src/main.cpp.o",
            "[12/900] CXX src/main.o",
            "   Compiling serde v1.0.219",
            "-- Looking for pthread.h - found",
            "tests/test_unit.py::test_case PASSED",
            "make[1]: Entering directory '/build/source'",
            "100% tests passed, 0 tests failed out of 12",
            "ok",
        ] {
            assert!(!is_of_message(text), "{text}");
        }
    }
}
