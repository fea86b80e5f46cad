//! Which module inside a crate may use which.

mod paths;

use super::problem::Problem;
use super::sources::Source;
use paths::Used;

/// A module with those that it may use besides what is below itself.
type Row = (&'static str, &'static [&'static str]);

/// From lines to their meaning, from there to what happened, and from there to sentences.
const ANALYZER: &[Row] = &[
    ("sorting", &[]),
    ("timestamp", &[]),
    ("report", &["sorting", "timestamp"]),
    ("ansi", &[]),
    ("line", &[]),
    ("progress", &["line"]),
    ("store_path", &[]),
    ("inventory", &["sorting", "store_path"]),
    ("kind", &["report"]),
    ("family", &["kind"]),
    ("moment", &["timestamp"]),
    ("encoding", &["ansi"]),
    ("recognise", &["ansi"]),
    ("envelope", &["sorting", "ansi", "line", "timestamp"]),
    ("version", &["report"]),
    ("message", &["report", "store_path"]),
    ("listing", &["sorting", "inventory", "line", "message", "report", "store_path"]),
    ("reader", &["ansi", "message", "moment", "store_path"]),
    ("shortcut", &["ansi", "envelope", "reader"]),
    ("hosts", &["message"]),
    ("change", &["sorting", "family", "kind", "message", "report", "store_path", "version"]),
    ("model", &["sorting", "change", "kind", "message", "moment", "report", "store_path"]),
    ("streams", &["envelope", "hosts", "message", "model", "moment", "reader"]),
    ("diagnostic", &["sorting", "report"]),
    ("build_times", &["sorting", "diagnostic"]),
    (
        "analyzer",
        &[
            "ansi",
            "build_times",
            "diagnostic",
            "encoding",
            "envelope",
            "inventory",
            "line",
            "listing",
            "model",
            "moment",
            "progress",
            "recognise",
            "report",
            "shortcut",
            "streams",
        ],
    ),
    (
        "compare",
        &[
            "sorting",
            "analyzer",
            "change",
            "diagnostic",
            "inventory",
            "kind",
            "message",
            "model",
            "report",
            "store_path",
            "timestamp",
        ],
    ),
];

/// From the browser to what is looked at, and from there to what is shown.
const APP: &[Row] = &[
    ("protocol", &[]),
    ("view_state", &[]),
    ("browser", &["view_state"]),
    ("sample", &[]),
    ("format", &[]),
    ("sorting", &[]),
    ("version_mark", &[]),
    ("link", &["view_state"]),
    ("summary", &["format", "sorting", "version_mark", "view_state"]),
    ("chart", &["format", "sorting", "summary", "view_state"]),
    ("comparison", &["summary"]),
    ("comparing", &["comparison", "format", "protocol", "sorting", "summary"]),
    ("drawing", &["format", "protocol", "summary"]),
    ("values", &["format", "summary"]),
    ("kept", &["format", "sorting", "summary", "view_state"]),
    ("session", &["protocol"]),
    ("worker", &["protocol"]),
    ("saved", &["protocol"]),
    ("lines", &["protocol"]),
    ("planning", &["protocol"]),
    ("log_reader", &["browser", "protocol"]),
    ("client", &["browser", "protocol", "session"]),
    ("tab", &["browser", "client", "protocol", "session"]),
    ("opening", &["browser", "protocol", "session", "view_state"]),
    ("sharing", &["browser", "protocol"]),
    ("figures", &["browser", "protocol"]),
    ("planned", &["browser", "kept", "protocol"]),
    (
        "keeping",
        &["browser", "format", "kept", "opening", "planned", "session", "sharing", "view_state"],
    ),
    ("component", &["browser", "chart", "format", "link", "sorting", "summary", "view_state"]),
    ("view::context", &["browser", "view_state"]),
    (
        "intake",
        &[
            "browser",
            "client",
            "keeping",
            "opening",
            "sample",
            "session",
            "tab",
            "view::context",
            "view_state",
        ],
    ),
    (
        "pair",
        &[
            "browser",
            "client",
            "comparison",
            "intake",
            "keeping",
            "opening",
            "protocol",
            "sample",
            "session",
            "view_state",
        ],
    ),
    (
        "view",
        &[
            "browser",
            "chart",
            "client",
            "comparison",
            "component",
            "figures",
            "format",
            "intake",
            "keeping",
            "kept",
            "link",
            "log_reader",
            "pair",
            "planned",
            "sorting",
            "protocol",
            "sample",
            "session",
            "sharing",
            "summary",
            "tab",
            "values",
            "version_mark",
            "view::context",
            "view_state",
        ],
    ),
];

/// What hands a report to others; each part by itself, so that the page loads only what it needs.
const SHARE: &[Row] = &[
    ("link", &[]),
    ("mask", &[]),
    ("qr", &[]),
    ("answer", &["link"]),
    ("making", &["link", "mask", "qr"]),
    ("module", &["link", "making", "mask"]),
    ("export", &[]),
    ("exporting", &["export"]),
    ("export::module", &["exporting"]),
];

/// From probabilities to bits, and from there to symbols.
const BITS: &[Row] = &[
    ("hash", &[]),
    ("logistic", &[]),
    ("coder", &[]),
    ("model", &["hash", "logistic"]),
    ("predicted", &["coder", "hash", "model"]),
];

/// From letters to bits, from there to values, and from there to reports.
const LINK: &[Row] = &[
    ("base64url", &[]),
    ("bytes", &[]),
    ("digits", &[]),
    ("field", &[]),
    ("history", &[]),
    ("level", &[]),
    ("map", &[]),
    ("value", &[]),
    ("step", &["digits"]),
    ("moment", &["digits"]),
    ("error", &["digits"]),
    ("name_table", &[]),
    ("name_form", &["name_table"]),
    ("shape", &["bytes", "value"]),
    ("report", &["shape"]),
    ("memory", &["field", "history", "map"]),
    ("stream", &["field", "memory", "name_table", "value"]),
    ("text", &["field", "stream", "value"]),
    ("versions", &["stream"]),
    ("names", &["field", "name_form", "stream", "text"]),
    ("revision", &["field", "stream", "versions"]),
    ("listed", &["field", "map", "name_form", "report", "stream", "value", "versions"]),
    (
        "walk",
        &[
            "digits", "field", "level", "listed", "map", "moment", "names", "report", "step",
            "stream", "value", "versions",
        ],
    ),
    ("frame", &["base64url", "bytes", "digits", "error", "level"]),
    ("seal", &["bytes", "error", "frame", "level"]),
    (
        "tables",
        &["bytes", "level", "memory", "name_table", "report", "stream", "text", "value", "walk"],
    ),
    (
        "coding",
        &["bytes", "error", "frame", "level", "report", "stream", "tables", "value", "walk"],
    ),
    ("answer", &["bytes", "coding", "error", "frame", "seal", "shape", "tables"]),
    ("module", &["answer"]),
];

/// Compares what the modules of these crates use with the tables.
pub(super) fn check(sources: &[Source]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for source in sources {
        if let Some(path) = source.path.strip_prefix("analyzer/src/") {
            problems.extend(check_file(source, path, ANALYZER));
        }
        if let Some(path) = source.path.strip_prefix("bits/src/") {
            problems.extend(check_file(source, path, BITS));
        }
        if let Some(path) = source.path.strip_prefix("link/src/") {
            problems.extend(check_file(source, path, LINK));
        }
        if let Some(path) = source.path.strip_prefix("share/src/") {
            problems.extend(check_file(source, path, SHARE));
        }
        if let Some(path) = source.path.strip_prefix("app/src/") {
            problems.extend(check_file(source, path, APP));
        }
    }
    problems
}

/// Checks one file, whose path below `src` is given.
fn check_file(source: &Source, path: &str, table: &[Row]) -> Vec<Problem> {
    let Some(module) = module_of(path) else { return Vec::new() };
    let Some((owner, allowed)) = row_of(&module, table) else {
        let message = format!("`{module}` is not in the table of `tidy/modules.rs`");
        return vec![Problem::of_file(&source.path, message)];
    };
    let mut problems = Vec::new();
    for Used { index, path } in paths::used(&source.text, &module) {
        // What is in no row is of the crate's root, which only re-exports.
        let Some((used, _)) = row_of(&path, table) else { continue };
        if used != owner && !allowed.contains(used) {
            let message = format!("`{owner}` may not use `{used}`");
            problems.push(Problem::at_index(&source.path, index, message));
        }
    }
    problems
}

/// `view/context.rs` is `view::context`; roots of programs and tests are in no table.
fn module_of(path: &str) -> Option<String> {
    let path = path.strip_suffix(".rs")?;
    let last = path.rsplit('/').next().unwrap_or(path);
    let is_outside =
        ["lib", "main", "tests", "testing"].contains(&last) || path.starts_with("bin/");
    (!is_outside).then(|| path.replace('/', "::"))
}

/// The row of the module itself, else of the nearest one above it.
fn row_of<'t>(module: &str, table: &'t [Row]) -> Option<&'t Row> {
    let is_at_or_below = |name: &str| {
        module.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
    };
    table.iter().filter(|(name, _)| is_at_or_below(name)).max_by_key(|(name, _)| name.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &[Row] = &[
        ("line", &[]),
        ("message", &["line"]),
        ("view", &["view::context"]),
        ("view::context", &[]),
    ];

    #[track_caller]
    fn check_use(path: &str, text: &str, expected: &[&str]) {
        let source = Source { path: path.to_owned(), text: text.to_owned() };
        let found: Vec<String> =
            check_file(&source, path, TABLE).iter().map(ToString::to_string).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_module_uses_what_its_row_names() {
        check_use("message.rs", "use crate::line::Position;\n", &[]);
        let expected = "line.rs:2: `line` may not use `message`";
        check_use("line.rs", "\nuse crate::message::Message;\n", &[expected]);
    }

    #[test]
    fn a_module_uses_what_is_below_itself() {
        check_use("message/plain.rs", "use super::text::Name;\nuse crate::message::error;\n", &[]);
    }

    #[test]
    fn the_nearest_row_counts() {
        check_use("view/report.rs", "use super::context::View;\n", &[]);
        let expected = "view/context.rs:1: `view::context` may not use `view`";
        check_use("view/context.rs", "use super::report::Report;\n", &[expected]);
    }

    #[test]
    fn what_the_root_re_exports_is_free() {
        check_use("line.rs", "use crate::Analyzer;\n", &[]);
    }

    #[test]
    fn a_new_module_must_be_put_into_the_table() {
        let expected = "new.rs: `new` is not in the table of `tidy/modules.rs`";
        check_use("new.rs", "", &[expected]);
        check_use("bin/worker.rs", "", &[]);
        check_use("diagnostic/tests.rs", "", &[]);
    }

    #[test]
    fn no_two_modules_may_use_each_other() {
        for table in [ANALYZER, SHARE, APP] {
            for (at, (owner, allowed)) in table.iter().enumerate() {
                for used in *allowed {
                    let place = table.iter().position(|(name, _)| name == used);
                    assert!(place.is_some_and(|place| place < at), "{owner} uses {used} below it");
                }
            }
        }
    }
}
