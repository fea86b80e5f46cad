//! What nix-fast-build says of the attributes that it builds.

use super::text::{number, seconds};

/// What a line of nix-fast-build says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum FastBuild<'a> {
    /// An attribute begins to be built.
    Started,
    /// An attribute is done, with the seconds that it took.
    Ended { attribute: &'a str, good: bool, seconds: f64 },
    /// The log of an attribute that failed was printed, and this is its derivation.
    EndOfLog { attribute: &'a str, drv: &'a str },
    /// How many evaluations, builds or uploads went well, and how many did not.
    Counts { what: &'a str, failed: u64 },
    /// Everything is over, after so many seconds.
    Summary { failed: u64, seconds: f64 },
    /// A line of what an attribute printed.
    Output,
    /// Something without consequence.
    Other,
}

/// Whether a line could be that of another program, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Certainty {
    /// Only nix-fast-build writes it.
    Sure,
    /// Programs that run tests write such lines.
    Likely,
}

/// Reads a line without the blanks at its end.
pub(crate) fn parse(text: &str) -> Option<(FastBuild<'_>, Certainty)> {
    let sure = |line| Some((line, Certainty::Sure));
    let likely = |line| Some((line, Certainty::Likely));
    let text = text.strip_prefix("::group::").unwrap_or(text);
    let (text, has_time) = without_time(text);
    let first = text.chars().next()?;
    let rest = text[first.len_utf8()..].strip_prefix(' ').unwrap_or_default();
    match first {
        'I' | 'E' | 'W' | 'D' => logged(text).and_then(sure),
        's' => summary(text).and_then(sure),
        '▶' => {
            let attribute = rest.strip_suffix(" started")?;
            (!attribute.contains(' ')).then_some(FastBuild::Started).and_then(sure)
        }
        '✔' if has_time => ended_at(rest, true).and_then(sure),
        '✘' if has_time => ended_at(rest, false).and_then(sure),
        '✔' => ended_well(rest).and_then(likely),
        '✘' => end_of_log(rest).or_else(|| ended_badly(rest)).and_then(sure),
        '⏵' => rest.contains(" building: ").then_some(FastBuild::Other).and_then(sure),
        '⚠' => {
            let is_silent = rest.contains(": no output for ") || rest.contains(": streaming ");
            is_silent.then_some(FastBuild::Other).and_then(sure)
        }
        '─' => {
            text.contains("error extract (full log: ").then_some(FastBuild::Other).and_then(sure)
        }
        _ => None,
    }
}

/// Takes a time of day off, as it stands there on a terminal.
// 10:43:39 ✔ x86_64-linux.hello  2s
fn without_time(text: &str) -> (&str, bool) {
    let is_time = text.as_bytes().first_chunk::<9>().is_some_and(|start| {
        let is_digit = |index: usize| start[index].is_ascii_digit();
        [0, 1, 3, 4, 6, 7].into_iter().all(is_digit) && start[2] == b':' && start[8] == b' '
    });
    if is_time { (&text[9..], true) } else { (text, false) }
}

// x86_64-linux.hello (1m03s)
fn ended_well(rest: &str) -> Option<FastBuild<'_>> {
    let (attribute, time) = rest.strip_suffix(')')?.rsplit_once(" (")?;
    ended(attribute, true, time)
}

// x86_64-linux.hello failed after 12s (rc=1)
fn ended_badly(rest: &str) -> Option<FastBuild<'_>> {
    let (attribute, rest) = rest.split_once(" failed after ")?;
    let (time, _) = rest.split_once(" (rc=")?;
    ended(attribute, false, time)
}

// x86_64-linux.hello  2s  rc=1
fn ended_at(rest: &str, good: bool) -> Option<FastBuild<'_>> {
    let (attribute, time) = rest.split_once("  ")?;
    let time = time.split("  ").next()?;
    ended(attribute, good, time)
}

fn ended<'a>(attribute: &'a str, good: bool, time: &str) -> Option<FastBuild<'a>> {
    let seconds = seconds(time)?;
    (!attribute.contains(' ')).then_some(FastBuild::Ended { attribute, good, seconds })
}

// end of log for x86_64-linux.hello · nix log /nix/store/…-hello-2.12.1.drv
fn end_of_log(rest: &str) -> Option<FastBuild<'_>> {
    let (attribute, drv) = rest.strip_prefix("end of log for ")?.split_once(" · nix log ")?;
    Some(FastBuild::EndOfLog { attribute, drv })
}

// ERROR:nix_fast_build:BUILD: 1 successes, 2 failures
fn logged(text: &str) -> Option<FastBuild<'_>> {
    let (level, rest) = text.split_once(":nix_fast_build")?;
    if !matches!(level, "INFO" | "ERROR" | "WARNING" | "DEBUG") {
        return None;
    }
    let (_, message) = rest.split_once(':')?;
    let counts = message.split_once(": ").and_then(|(what, counts)| {
        let (_, failed) = counts.split_once(" successes, ")?;
        Some(FastBuild::Counts { what, failed: number(failed)?.0 })
    });
    Some(counts.unwrap_or(FastBuild::Other))
}

// summary: ✔ 3 succeeded · ✘ 1 failed · 1m03s
fn summary(text: &str) -> Option<FastBuild<'_>> {
    let rest = text.strip_prefix("summary: ✔ ")?;
    let (rest, time) = rest.rsplit_once(" · ")?;
    let failed = rest.split_once("✘ ").and_then(|(_, failed)| number(failed));
    let seconds = seconds(time)?;
    Some(FastBuild::Summary { failed: failed.map_or(0, |(count, _)| count), seconds })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verdicts_tell_attribute_and_time() {
        let ended = |good, seconds| FastBuild::Ended { attribute: "x.hello", good, seconds };
        let cases = [
            ("▶ x.hello started", FastBuild::Started, Certainty::Sure),
            ("✔ x.hello (1m03s)", ended(true, 63.0), Certainty::Likely),
            ("::group::✔ x.hello (2s)", ended(true, 2.0), Certainty::Likely),
            ("10:43:39 ✔ x.hello  2s", ended(true, 2.0), Certainty::Sure),
            ("10:43:39 ✘ x.hello  2s  rc=1", ended(false, 2.0), Certainty::Sure),
            ("✘ x.hello failed after 12s (rc=1)", ended(false, 12.0), Certainty::Sure),
            (
                "✘ end of log for x.hello · nix log /nix/store/x-hello.drv",
                FastBuild::EndOfLog { attribute: "x.hello", drv: "/nix/store/x-hello.drv" },
                Certainty::Sure,
            ),
            ("⏵ 2 building: a (12s, buildPhase), b (3s)", FastBuild::Other, Certainty::Sure),
            ("⚠ x.hello: no output for 5m00s, last lines:", FastBuild::Other, Certainty::Sure),
        ];
        for (line, expected, certainty) in cases {
            assert_eq!(parse(line), Some((expected, certainty)), "{line}");
        }
        assert_eq!(parse("✔ a test with words (2ms)"), None);
        assert_eq!(parse("✘ 3 problems"), None);
    }

    #[test]
    fn sums_tell_how_much_failed() {
        let cases = [
            (
                "ERROR:nix_fast_build:BUILD: 1 successes, 2 failures",
                FastBuild::Counts { what: "BUILD", failed: 2 },
            ),
            ("INFO:nix_fast_build:run nix-eval-jobs", FastBuild::Other),
            (
                "summary: ✔ 3 succeeded · ✘ 1 failed · 1m03s",
                FastBuild::Summary { failed: 1, seconds: 63.0 },
            ),
            ("summary: ✔ 3 succeeded · 3s", FastBuild::Summary { failed: 0, seconds: 3.0 }),
        ];
        for (line, expected) in cases {
            assert_eq!(parse(line), Some((expected, Certainty::Sure)), "{line}");
        }
        assert_eq!(parse("INFO: something"), None);
    }
}
