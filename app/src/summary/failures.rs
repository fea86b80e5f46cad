//! The causes of failure, each with what failed because of it.

use analyzer::report::{DerivationStatus, Failure, Lines, Run};

use crate::format;
use crate::sorting;
use crate::summary::remedy;

/// A cause of failure with its consequences.
#[derive(Clone, Debug, PartialEq)]
pub struct Cause<'a> {
    /// The cause.
    pub failure: &'a Failure,
    /// What failed only because of it.
    pub dependants: Vec<Dependant<'a>>,
}

/// Something that failed only because something else did.
#[derive(Clone, Debug, PartialEq)]
pub struct Dependant<'a> {
    /// Name and version.
    pub name: String,
    /// Where the log says so.
    pub lines: &'a Lines,
}

/// A line of the log that shows an error.
#[derive(Clone, Debug, PartialEq)]
pub struct ExcerptLine<'a> {
    /// Its number, if the report has it.
    pub number: Option<u32>,
    /// Its text.
    pub text: &'a str,
    /// Whether it is the line that says what went wrong.
    pub is_telling: bool,
}

/// How many causes there are, and how many consequences, those that a link leaves out among them.
pub fn numbers(run: &Run) -> (u64, u64) {
    let counts = run.counts.as_ref();
    let blocked = counts.and_then(|it| it.derivations).map_or(0, |all| u64::from(all.blocked));
    if let Some(all) = counts.and_then(|it| it.failures) {
        return (all.causes.into(), blocked.max(all.consequences.into()));
    }
    let causes = causes(run);
    let listed: usize = causes.iter().map(|cause| cause.dependants.len()).sum();
    (causes.len() as u64, blocked.max(listed as u64))
}

/// The causes of failure, in log order.
pub fn causes(run: &Run) -> Vec<Cause<'_>> {
    let mut causes: Vec<Cause> = run
        .failures
        .iter()
        .filter(|failure| failure.root)
        .map(|failure| Cause { failure, dependants: Vec::new() })
        .collect();
    for failure in run.failures.iter().filter(|failure| !failure.root) {
        if let Some(index) = cause_of(failure.caused_by.as_deref(), &causes) {
            causes[index].add(label(failure), failure.drv.as_deref(), &failure.lines);
        }
    }
    for derivation in &run.derivations {
        if derivation.status == DerivationStatus::Blocked
            && let Some(index) = cause_of(derivation.caused_by_input.as_deref(), &causes)
        {
            let name = super::time::derivation_label(derivation);
            causes[index].add(name, derivation.drv.as_deref(), &derivation.lines);
        }
    }
    causes
}

/// In which order causes can be shown: value in the address, and words.
pub const ORDERS: [(&str, &str); 3] =
    [("", "order in the log"), ("name", "name"), ("most", "most that follows")];

/// The causes in which `search` is found, in order; of a cause in which it is not, what follows from
/// it and has it.
pub fn found<'a>(run: &'a Run, search: &str, sort: &str) -> Vec<Cause<'a>> {
    let mut found = causes(run);
    found.retain_mut(|cause| {
        if cause.has(search) {
            return true;
        }
        cause.dependants.retain(|dependant| sorting::contains(&dependant.name, search));
        !cause.dependants.is_empty()
    });
    match sort {
        "name" => sorting::sorted(&found, |a, b| label(a.failure).cmp(&label(b.failure))),
        "most" => sorting::sorted(&found, |a, b| b.dependants.len().cmp(&a.dependants.len())),
        _ => found,
    }
}

/// What failed, in the columns of a table: name, class, the cause or what it says; each with its
/// lines.
pub fn rows(run: &Run) -> Vec<(Vec<String>, Lines)> {
    let mut rows = Vec::new();
    for cause in causes(run) {
        let (failure, name) = (cause.failure, label(cause.failure));
        let class = remedy::class_name(failure.class).to_owned();
        rows.push((vec![name.clone(), class, failure.message.clone()], failure.lines.clone()));
        rows.extend(cause.dependants.iter().map(|dependant| {
            let why = ["needs ", &name].concat();
            (vec![dependant.name.clone(), "Follows".to_owned(), why], dependant.lines.clone())
        }));
    }
    rows
}

impl<'a> Cause<'a> {
    fn has(&self, search: &str) -> bool {
        let failure = self.failure;
        [&*label(failure), remedy::class_name(failure.class), &failure.message]
            .iter()
            .any(|text| sorting::contains(text, search))
    }

    /// Adds a consequence unless it is known: the same derivation may stand in both lists.
    fn add(&mut self, name: String, drv: Option<&str>, lines: &'a Lines) {
        let is_itself = drv.is_some() && drv == self.failure.drv.as_deref();
        if !is_itself && !self.dependants.iter().any(|known| known.name == name) {
            self.dependants.push(Dependant { name, lines });
        }
    }
}

/// The cause that a consequence names; the only cause if it names none.
fn cause_of(named: Option<&str>, causes: &[Cause]) -> Option<usize> {
    let Some(named) = named else { return (causes.len() == 1).then_some(0) };
    let is_named = |cause: &Cause| {
        cause.failure.drv.as_deref() == Some(named)
            || cause.failure.name.as_deref() == Some(named)
            || label(cause.failure) == named
    };
    causes.iter().position(is_named).or_else(|| (causes.len() == 1).then_some(0))
}

/// What failed: name and version, unit, or place in the configuration.
pub fn label(failure: &Failure) -> String {
    match (&failure.name, &failure.version) {
        (Some(name), Some(version)) => [name.as_str(), version].join("-"),
        (Some(name), None) => name.clone(),
        (None, _) => failure
            .unit
            .clone()
            .or_else(|| failure.details.position.clone())
            .unwrap_or_else(|| "the configuration".into()),
    }
}

/// Whether [`label`] is quoted from the log.
pub fn is_label_quoted(failure: &Failure) -> bool {
    failure.name.is_some() || failure.unit.is_some() || failure.details.position.is_some()
}

/// What is said beside the class: `the cause; exit code 1`.
pub fn aside(failure: &Failure) -> String {
    let mut text = String::from("the cause");
    if let Some(signal) = &failure.details.signal {
        text += "; signal ";
        text += signal;
    } else if let Some(code) = failure.exit_code {
        text += "; exit code ";
        text += &code.to_string();
    }
    text
}

/// The lines that show the error; its message where the log gives no more.
pub fn excerpt(failure: &Failure) -> Vec<ExcerptLine<'_>> {
    if failure.excerpt.is_empty() {
        let number = failure.error_line.or(failure.lines.first());
        return vec![ExcerptLine { number, text: &failure.message, is_telling: true }];
    }
    let numbers = failure.excerpt_lines.iter().copied().map(Some).chain(std::iter::repeat(None));
    let lines = failure.excerpt.iter().zip(numbers);
    let is_telling = |number: Option<u32>| number.is_some() && number == failure.error_line;
    lines
        .map(|(text, number)| ExcerptLine { number, text, is_telling: is_telling(number) })
        .collect()
}

/// The counts beside the heading: `1 cause, 6 follow`.
pub fn counts(run: &Run) -> String {
    let (causes, dependants) = numbers(run);
    let mut text = format::counted(causes, "cause", "causes");
    if dependants > 0 {
        text += ", ";
        text += &format::counted(dependants, "follows", "follow");
    }
    text
}

#[cfg(test)]
mod tests {
    use analyzer::report::FailureClass;

    use super::*;
    use crate::testing;

    fn root(name: &str) -> Failure {
        Failure {
            name: Some(name.into()),
            drv: Some(format!("/nix/store/00-{name}.drv")),
            ..testing::failure(FailureClass::BuilderExit)
        }
    }

    fn consequence(name: &str, cause: Option<&str>) -> Failure {
        Failure { root: false, caused_by: cause.map(str::to_owned), ..root(name) }
    }

    #[track_caller]
    fn check(run: &Run, expected: &[(&str, &[&str])]) {
        let found = causes(run);
        let found: Vec<(String, Vec<&str>)> = found
            .iter()
            .map(|cause| {
                let names = cause.dependants.iter().map(|dependant| dependant.name.as_str());
                (label(cause.failure), names.collect())
            })
            .collect();
        let expected: Vec<_> =
            expected.iter().map(|(cause, names)| ((*cause).to_owned(), names.to_vec())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn consequences_stand_under_their_cause() {
        let failures = vec![
            root("a"),
            root("b"),
            consequence("c", Some("/nix/store/00-b.drv")),
            consequence("d", Some("a")),
            consequence("e", None),
        ];
        let run = Run { failures, ..testing::run() };
        check(&run, &[("a", &["d"]), ("b", &["c"])]);
    }

    #[test]
    fn causes_are_searched_with_what_follows_and_sorted() {
        let failures = vec![
            root("b"),
            root("a"),
            consequence("c", Some("/nix/store/00-a.drv")),
            consequence("d", Some("/nix/store/00-a.drv")),
        ];
        let run = Run { failures, ..testing::run() };
        let found = |search: &str, sort: &str| -> Vec<(String, usize)> {
            let found = found(&run, search, sort);
            found.iter().map(|it| (label(it.failure), it.dependants.len())).collect()
        };
        let pair = |name: &str, n: usize| (name.to_owned(), n);
        assert_eq!(found("", ""), [pair("b", 0), pair("a", 2)]);
        assert_eq!(found("", "name"), [pair("a", 2), pair("b", 0)]);
        assert_eq!(found("", "most"), [pair("a", 2), pair("b", 0)]);
        assert_eq!(found(" C", ""), [pair("a", 1)]);
        assert_eq!(found("build failed", "").len(), 2);
        assert_eq!(found("no such name", ""), []);
        let rows = rows(&run);
        assert_eq!(rows.len(), 4);
        assert_eq!(rows[2].0, ["c", "Follows", "needs a"]);
    }

    #[test]
    fn a_single_cause_takes_all_consequences() {
        let mut blocked = testing::built("etc");
        blocked.status = DerivationStatus::Blocked;
        let run = Run {
            failures: vec![root("a"), consequence("system", None), consequence("etc", None)],
            derivations: vec![blocked],
            ..testing::run()
        };
        check(&run, &[("a", &["system", "etc"])]);
        assert_eq!(counts(&run), "1 cause, 2 follow");
    }

    #[test]
    fn what_failed_has_a_name_whatever_it_is() {
        let mut failure = testing::failure(FailureClass::Evaluation);
        assert_eq!(label(&failure), "the configuration");
        failure.details.position = Some("/etc/nixos/configuration.nix:3:5".into());
        assert_eq!(label(&failure), "/etc/nixos/configuration.nix:3:5");
        failure.unit = Some("nginx.service".into());
        assert_eq!(label(&failure), "nginx.service");
    }

    #[test]
    fn lines_of_an_excerpt_have_their_numbers_and_one_is_the_error() {
        let mut failure = root("a");
        failure.excerpt = vec!["cc a.c".into(), "a.c:1:1: error: no".into()];
        failure.excerpt_lines = vec![40, 47];
        failure.error_line = Some(47);
        let lines: Vec<_> =
            excerpt(&failure).iter().map(|line| (line.number, line.is_telling)).collect();
        assert_eq!(lines, [(Some(40), false), (Some(47), true)]);
    }

    #[test]
    fn a_report_without_line_numbers_shows_the_text() {
        let mut failure = root("a");
        failure.excerpt = vec!["a.c:1:1: error: no".into()];
        assert_eq!(excerpt(&failure)[0].number, None);
    }

    #[test]
    fn without_an_excerpt_the_message_is_shown() {
        let mut failure = root("a");
        failure.message = "interrupted".into();
        let lines = excerpt(&failure);
        assert_eq!((lines.len(), lines[0].text, lines[0].number), (1, "interrupted", Some(40)));
    }
}
