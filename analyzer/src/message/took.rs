//! How long something took, as programs inside of builds and shells print it.
//!
//! Only what has passed is read, never what is still to come, as in `retrying in 5s`.

use super::text::{number, seconds};

/// Words of which one stands before ` in 3.21s` where that time has passed.
const DONE: [&str; 11] = [
    "inished",
    "passed",
    "Ran ",
    "ompleted",
    "ompiled",
    "uilt",
    "Done",
    "done",
    "SUCCESSFUL",
    "dded ",
    // wget: 100%[=====>] 1.23M 1.2MB/s in 1.0s
    "%[",
];

/// What stands right before a time that has passed.
const BEFORE: [&str; 10] = [
    "Finished in ",
    "finished in ",
    "Total Test time (real) = ",
    "Elapsed time: ",
    "Total time: ",
    "Testing Time: ",
    "Time Elapsed ",
    " passing (",
    "uring done (",
    "ating done (",
];

/// Seconds that a line of a build says that something in it took.
pub(crate) fn in_build(text: &str) -> Option<f64> {
    match text.as_bytes().first()? {
        b'1' if text.starts_with("100 ") => return curl(text),
        b'F' if text.starts_with("Files=") => return prove(text),
        _ => {}
    }
    let text = text.trim_end_matches(['=', ' ', '.', ')']);
    if !ends_with_time(text.as_bytes()) && !text.starts_with("Finished in ") {
        return None;
    }
    before(text).or_else(|| go(text)).or_else(|| done_in(text))
}

/// Whether a line ends with a number and a unit, or a time such as `00:01:02.3`.
fn ends_with_time(text: &[u8]) -> bool {
    let letters = text.iter().rev().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let rest = text[..text.len() - letters].trim_ascii_end();
    let unit = &text[text.len() - letters..];
    let is_unit = matches!(
        unit,
        b"s" | b"ms" | b"m" | b"sec" | b"secs" | b"seconds" | b"min" | b"minutes" | b""
    );
    is_unit && rest.last().is_some_and(u8::is_ascii_digit)
}

// Total Test time (real) =  12.34 sec
fn before(text: &str) -> Option<f64> {
    let rest = BEFORE.iter().find_map(|before| Some(text.rsplit_once(before)?.1));
    // Time:        3.21 s
    let rest = rest.or_else(|| text.strip_prefix("Time: "))?.trim_start();
    // Elapsed time: 12.345s, Critical Path: 3.21s
    // Finished in 0.3 seconds (0.1s async, 0.2s sync
    let rest = rest.split(['(', ')']).next()?.split(", ").next()?;
    clock(rest).or_else(|| seconds(rest))
}

// ok  	example.org/pkg	12.345s
fn go(text: &str) -> Option<f64> {
    seconds(text.strip_prefix("ok ")?.rsplit('\t').next()?)
}

// Finished `release` profile [optimized] target(s) in 1m 02s
// ======== 2 failed, 5 passed in 3.21s (0:01:02) ========
fn done_in(text: &str) -> Option<f64> {
    let (what, time) = text.rsplit_once(" in ")?;
    let time = time.split(" (").next()?;
    let has_passed = DONE.iter().any(|done| what.contains(done)) && !what.contains("retry");
    seconds(time).filter(|_| has_passed)
}

// 100  123M  100  123M    0     0  12.3M      0  0:00:10  0:00:10 --:--:-- 12.5M
fn curl(text: &str) -> Option<f64> {
    let mut words = text.split_ascii_whitespace();
    let spent = words.by_ref().nth(9)?;
    words.nth(1).filter(|_| words.next().is_none())?;
    clock(spent)
}

// Files=12, Tests=34,  3 wallclock secs ( 0.01 usr  0.00 sys +  0.10 cusr
fn prove(text: &str) -> Option<f64> {
    let (before, _) = text.split_once(" wallclock secs")?;
    number(before.rsplit(' ').next()?).map(|(seconds, _)| seconds as f64)
}

/// Seconds of wall time that a shell, GNU `time` or systemd says that a command took.
pub(crate) fn of_command(text: &str) -> Option<f64> {
    match text.as_bytes().first()? {
        b'r' => bash(text),
        b'E' => fish(text),
        b'S' => seconds(text.strip_prefix("Service runtime: ")?),
        b'0'..=b'9' => gnu(text),
        _ => zsh(text),
    }
}

/// Whether a line behind the wall time says how long processors were busy.
// user	0m1.234s
//    sys time    1.23 secs    1.00 millis    1.23 secs
pub(crate) fn is_of_processors(text: &str) -> bool {
    const STARTS: [&str; 6] = ["user\t", "sys\t", "user ", "sys ", "usr time ", "sys time "];
    STARTS.iter().any(|start| text.trim_start().starts_with(start))
}

// real	0m57.123s
// real 57.12
fn bash(text: &str) -> Option<f64> {
    let time = text.strip_prefix("real")?.strip_prefix(['\t', ' '])?.trim_start();
    let is_bare = time.ends_with(|last: char| last.is_ascii_digit());
    if is_bare { seconds(&format!("{time}s")) } else { seconds(time) }
}

// Executed in   57.12 secs    fish           external
fn fish(text: &str) -> Option<f64> {
    let mut words = text.strip_prefix("Executed in ")?.split_ascii_whitespace();
    let (number, unit) = (words.next()?, words.next()?);
    seconds(&format!("{number} {unit}"))
}

// 1.23user 0.45system 0:57.12elapsed 2%CPU (0avgtext+0avgdata 12345maxresident)k
fn gnu(text: &str) -> Option<f64> {
    let (before, _) = text.split_once("elapsed ")?;
    let mut words = before.split(' ');
    let is_gnu = words.next()?.ends_with("user") && words.next()?.ends_with("system");
    clock(words.next()?).filter(|_| is_gnu)
}

// nixos-rebuild switch  1.23s user 0.45s system 8% cpu 1:20.12 total
fn zsh(text: &str) -> Option<f64> {
    let (before, time) = text.strip_suffix(" total")?.rsplit_once(" cpu ")?;
    let is_zsh = before.contains("s user ") && before.contains("s system ");
    let time = clock(time).or_else(|| seconds(&format!("{time}s")));
    time.filter(|_| is_zsh)
}

/// `1:02:03.45`, `0:57.12`, `01:02 min`
fn clock(text: &str) -> Option<f64> {
    let text = text.strip_suffix(" min").unwrap_or(text).trim();
    let (rest, last) = text.rsplit_once(':')?;
    let mut total = seconds(&format!("{last}s"))?;
    let mut factor = 60.0;
    for part in rest.rsplit(':') {
        total += part.parse::<u32>().ok().map(f64::from)? * factor;
        factor *= 60.0;
    }
    (factor <= 216_000.0).then_some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(read: fn(&str) -> Option<f64>, text: &str, expected: Option<f64>) {
        assert_eq!(read(text), expected, "{text}");
    }

    #[test]
    fn tools_in_builds_say_how_long_they_took() {
        for (text, expected) in [
            ("    Finished `release` profile [optimized] target(s) in 1m 02s", 62.0),
            ("    Finished release [optimized] target(s) in 0.53s", 0.53),
            ("test result: ok. 5 passed; 0 failed; 0 ignored; finished in 12.50s", 12.5),
            ("======== 2 failed, 5 passed in 83.25s (0:01:23) ========", 83.25),
            ("=== 5 passed, 1 skipped in 3.25 seconds ===", 3.25),
            ("Ran 12 tests in 0.125s", 0.125),
            ("Total Test time (real) =  12.50 sec", 12.5),
            ("ok  \texample.org/pkg\t12.250s", 12.25),
            ("✓ built in 3.25s", 3.25),
            ("webpack 5.90.0 compiled successfully in 1500 ms", 1.5),
            ("BUILD SUCCESSFUL in 1m 2s", 62.0),
            ("added 123 packages, and audited 124 packages in 4s", 4.0),
            ("Done in 3.25s.", 3.25),
            ("[INFO] Total time:  01:02 min", 62.0),
            ("[INFO] Total time:  3.5 s", 3.5),
            ("INFO: Elapsed time: 12.500s, Critical Path: 3.25s", 12.5),
            ("Time Elapsed 00:01:02.50", 62.5),
            ("  12 passing (3s)", 3.0),
            ("-- Configuring done (1.2s)", 1.2),
            ("-- Generating done (0.3s)", 0.3),
            ("Finished in 0.3 seconds (0.1s async, 0.2s sync)", 0.3),
            ("Testing Time: 12.25s", 12.25),
            ("Time:        3.25 s", 3.25),
            ("100%[===================>]   1.23M  1.2MB/s    in 1.5s", 1.5),
            ("Files=12, Tests=34,  3 wallclock secs ( 0.01 usr  0.00 sys)", 3.0),
            (
                "100  123M  100  123M    0     0  12.3M      0  0:00:10  0:01:10 --:--:-- 12.5M",
                70.0,
            ),
        ] {
            check(in_build, text, Some(expected));
        }
    }

    #[test]
    fn what_is_to_come_or_no_time_is_not_read() {
        for text in [
            "download failed, retrying in 5s",
            "the timeout is in 30 seconds",
            "looking for components in 2m",
            "Remaining Time: 5m",
            "built in 3 steps",
            "checking for GNU make... yes",
            "  CC      kernel/sched/part1.o",
            "100 files",
            "ok 12 - the clock shows 3s",
            "passed in the end",
            "",
        ] {
            check(in_build, text, None);
        }
    }

    #[test]
    fn shells_say_how_long_a_command_took() {
        for (text, expected) in [
            ("real\t0m57.125s", 57.125),
            ("real\t1m2,5s", 62.5),
            ("real 57.12", 57.12),
            ("Executed in   57.12 secs    fish           external", 57.12),
            ("Executed in    1.50 mins    fish           external", 90.0),
            ("1.23user 0.45system 0:57.12elapsed 2%CPU (0avgtext+0avgdata 1maxresident)k", 57.12),
            ("1.23user 0.45system 1:00:02elapsed 2%CPU (0avgtext+0avgdata 1maxresident)k", 3602.0),
            ("nixos-rebuild switch  1.23s user 0.45s system 8% cpu 20.125 total", 20.125),
            ("sudo nixos-rebuild switch  1.23s user 0.45s system 8% cpu 1:20.50 total", 80.5),
            ("Service runtime: 1min 2.5s", 62.5),
        ] {
            check(of_command, text, Some(expected));
        }
    }

    #[test]
    fn words_like_those_of_a_shell_are_no_times() {
        for text in ["really", "real estate", "Executed in vain", "12 in total", "3elapsed x", "r"]
        {
            check(of_command, text, None);
        }
    }
}
