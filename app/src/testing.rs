//! Parts of a report for tests, each with as little in it as possible.

use analyzer::report::{
    Change, ChangeKind, ChangeSource, Derivation, DerivationKind, DerivationStatus, Direction,
    Failure, FailureClass, FailureDetails, Fetch, FetchStatus, Grade, Lines, Run, Span,
};

/// A run of which nothing is known.
pub(crate) fn run() -> Run {
    Run { lines: Lines::range(1, 100), time: unknown_time(), ..Run::unknown("") }
}

/// A package that was built on line 10.
pub(crate) fn built(name: &str) -> Derivation {
    Derivation {
        drv: Some(format!("/nix/store/00000000000000000000000000000000-{name}.drv")),
        name: name.to_owned(),
        version: None,
        kind: DerivationKind::Software,
        planned: false,
        started: true,
        status: DerivationStatus::Built,
        host: None,
        time: None,
        from_s: None,
        drag_s: None,
        silence: None,
        caused_by_input: None,
        phases: Vec::new(),
        log_lines: 0,
        why_built: None,
        lines: Lines::one(10),
    }
}

/// A version change that nvd printed on line 20.
pub(crate) fn change(name: &str, old: &str, new: &str) -> Change {
    let versions = |text: &str| if text.is_empty() { Vec::new() } else { vec![text.to_owned()] };
    Change {
        name: name.to_owned(),
        subject: DerivationKind::Software,
        kind: ChangeKind::Upgraded,
        level: None,
        old: versions(old),
        new: versions(new),
        old_count: None,
        new_count: None,
        size_delta_bytes: None,
        selected: None,
        family: None,
        renamed_from: None,
        nix_order: None,
        source: ChangeSource::Nvd,
        lines: Lines::one(20),
    }
}

/// A time that a clock on the lines gives.
pub(crate) fn stamped(seconds: f64) -> Span {
    Span { total_s: Some(seconds), grade: Grade::Stamped, lines: Lines::one(1), ..unknown_time() }
}

/// A time that is known to be at least `seconds`.
pub(crate) fn at_least(seconds: f64) -> Span {
    Span { low_s: Some(seconds), grade: Grade::Bounded, lines: Lines::one(1), ..unknown_time() }
}

/// A time of which nothing is known.
pub(crate) fn unknown_time() -> Span {
    Span::unknown("")
}

/// A path that is on line 30.
pub(crate) fn fetch(
    name: &str,
    store: Option<&str>,
    status: FetchStatus,
    bytes: Option<u64>,
) -> Fetch {
    Fetch {
        path: None,
        name: name.to_owned(),
        version: None,
        output: None,
        direction: Direction::From,
        store: store.map(str::to_owned),
        bytes,
        retries: 0,
        status,
        lines: Lines::one(30),
    }
}

/// A failure of a class, on line 40.
pub(crate) fn failure(class: FailureClass) -> Failure {
    Failure {
        root: true,
        class,
        drv: None,
        name: None,
        version: None,
        exit_code: None,
        caused_by: None,
        unit: None,
        remedy: None,
        message: String::new(),
        excerpt: Vec::new(),
        excerpt_lines: Vec::new(),
        error_line: None,
        output: Lines::default(),
        details: FailureDetails::default(),
        lines: Lines::one(40),
    }
}
