//! Lines that stdenv prints about the phases of a build.

/// What a line of stdenv says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StdenvLine<'a> {
    /// A phase begins, such as `buildPhase`.
    Phase(&'a str),
    /// A phase has ended; printed for phases of half a minute and more.
    Completed {
        /// Its name.
        phase: &'a str,
        /// How long it took, in whole seconds.
        seconds: u64,
    },
}

/// What stdenv printed before 23.11, and the phases that it meant.
const OLD_WORDINGS: [(&str, &str); 8] = [
    ("unpacking sources", "unpackPhase"),
    ("patching sources", "patchPhase"),
    ("configuring", "configurePhase"),
    ("building", "buildPhase"),
    ("running tests", "checkPhase"),
    ("installing", "installPhase"),
    ("post-installation fixup", "fixupPhase"),
    ("running install tests", "installCheckPhase"),
];

/// Reads a line without the blanks at its end and without the name of its build.
pub(crate) fn parse(text: &str) -> Option<StdenvLine<'_>> {
    let begins = match text.as_bytes().first()? {
        b'R' => running(text),
        b'@' => set_phase(text),
        b'u' | b'p' | b'c' | b'b' | b'r' | b'i' => old_wording(text),
        _ => None,
    };
    begins.map(StdenvLine::Phase).or_else(|| completed(text))
}

// Running phase: buildPhase
fn running(text: &str) -> Option<&str> {
    text.strip_prefix("Running phase: ").filter(|phase| is_phase(phase))
}

// @nix { "action": "setPhase", "phase": "buildPhase" }
fn set_phase(text: &str) -> Option<&str> {
    let (_, rest) = text.strip_prefix("@nix {")?.split_once("\"setPhase\"")?;
    let (_, rest) = rest.split_once("\"phase\"")?;
    let (phase, _) = rest.trim_start_matches([':', ' ']).strip_prefix('"')?.split_once('"')?;
    is_phase(phase).then_some(phase)
}

fn old_wording(text: &str) -> Option<&'static str> {
    OLD_WORDINGS.iter().find(|(wording, _)| *wording == text).map(|(_, phase)| *phase)
}

// buildPhase completed in 1 hours 2 minutes 3 seconds
fn completed(text: &str) -> Option<StdenvLine<'_>> {
    let (phase, time) = text.strip_suffix(" seconds")?.split_once(" completed in ")?;
    let mut seconds = 0_u64;
    let mut words = time.split(' ');
    let last = words.next_back()?.parse::<u64>().ok()?;
    while let (Some(number), Some(unit)) = (words.next(), words.next()) {
        let factor = match unit {
            "hours" => 3600,
            "minutes" => 60,
            _ => return None,
        };
        seconds = seconds.checked_add(number.parse::<u64>().ok()?.checked_mul(factor)?)?;
    }
    let seconds = seconds.checked_add(last)?;
    is_phase(phase).then_some(StdenvLine::Completed { phase, seconds })
}

/// Names of shell functions and variables.
fn is_phase(word: &str) -> bool {
    !word.is_empty()
        && word
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b':'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<StdenvLine>) {
        assert_eq!(parse(text), expected, "{text}");
    }

    #[test]
    fn phases_begin_in_all_wordings() {
        for (text, phase) in [
            ("Running phase: buildPhase", "buildPhase"),
            (
                "Running phase: updateAutotoolsGnuConfigScriptsPhase",
                "updateAutotoolsGnuConfigScriptsPhase",
            ),
            ("@nix { \"action\": \"setPhase\", \"phase\": \"unpackPhase\" }", "unpackPhase"),
            ("@nix {\"action\":\"setPhase\",\"phase\":\"checkPhase\"}", "checkPhase"),
            ("unpacking sources", "unpackPhase"),
            ("post-installation fixup", "fixupPhase"),
            ("building", "buildPhase"),
        ] {
            check(text, Some(StdenvLine::Phase(phase)));
        }
    }

    #[test]
    fn phases_tell_how_long_they_took() {
        for (time, seconds) in [
            ("30 seconds", 30),
            ("1 minutes 3 seconds", 63),
            ("1 hours 0 minutes 10 seconds", 3610),
        ] {
            let expected = StdenvLine::Completed { phase: "buildPhase", seconds };
            check(&format!("buildPhase completed in {time}"), Some(expected));
        }
    }

    #[test]
    fn other_lines_are_not_claimed() {
        for text in [
            "building Nix...",
            "Running phase: the next one",
            "tests completed in 3 seconds flat",
            "all tests completed in 3 seconds",
            "x completed in 99999999999999999999 hours 1 seconds",
            "@nix {\"action\":\"start\",\"id\":1}",
        ] {
            check(text, None);
        }
    }
}
