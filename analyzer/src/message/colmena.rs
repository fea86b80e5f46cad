//! What colmena says of its nodes, with spinners or with the name of the node in front of each line.

use super::text::{number, seconds};

/// What colmena says of a node, or of several.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Colmena<'a> {
    /// The node; `None` for what is said of several or of all.
    pub(crate) node: Option<&'a str>,
    pub(crate) progress: Progress,
    /// How long it took, in seconds.
    pub(crate) seconds: Option<f64>,
    /// What was done.
    pub(crate) what: &'a str,
}

/// How far a job has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Progress {
    /// It goes on.
    Running,
    /// It went well.
    Done,
    /// It went wrong.
    Failed,
}

/// What stands in front of the line of a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Label<'a> {
    /// Nothing: it is about the whole command.
    Nothing,
    /// Dots: it is about several nodes.
    Several,
    /// The name of a node.
    Node(&'a str),
}

/// A label is looked for in so many bytes at the start of a line; the name of a host has at most 63.
const MAX_LABEL_LEN: usize = 80;

/// The last thing that it says.
pub(crate) const ALL_DONE: &str = "All done!";

impl<'a> Label<'a> {
    fn of(text: &'a str) -> Option<Self> {
        match text.trim() {
            "" => Some(Self::Nothing),
            "(...)" => Some(Self::Several),
            name if is_host(name) => Some(Self::Node(name)),
            _ => None,
        }
    }

    /// The one node that it names.
    pub(crate) fn node(self) -> Option<&'a str> {
        match self {
            Self::Node(name) => Some(name),
            Self::Nothing | Self::Several => None,
        }
    }
}

/// Whether a word may be the name of a host.
pub(crate) fn is_host(word: &str) -> bool {
    let is_inner = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
    word.starts_with(|c: char| c.is_ascii_alphanumeric()) && word.bytes().all(is_inner)
}

/// Reads a line with a spinner.
//  lp4a ✅ 3s Built "/nix/store/…-nixos-system-lp4a-23.05pre-git"
//       ✅ 29s All done!
pub(crate) fn spinner(text: &str) -> Option<(Label<'_>, Colmena<'_>)> {
    // Most indented lines have no picture.
    let at = memchr::memchr2(0xE2, 0xF0, text.as_bytes())?;
    let label = Label::of(text.get(..at)?.strip_suffix(' ')?)?;
    let (mark, rest) = text[at..].split_once(' ')?;
    let progress = match mark {
        "✅" => Progress::Done,
        "❌" => Progress::Failed,
        "🕛" | "🕐" | "🕑" | "🕒" | "🕓" | "🕔" | "🕕" | "🕖" | "🕗" | "🕘" | "🕙" | "🕚" => {
            Progress::Running
        }
        _ => return None,
    };
    let (time, what) = rest.split_once(' ')?;
    Some((label, Colmena { node: label.node(), progress, seconds: seconds(time), what }))
}

/// Takes the label off a line that was written without spinners.
//      alpha | copying path '/nix/store/…' to 'ssh://root@alpha'...
//      (...) | Evaluating alpha and beta
pub(crate) fn labelled(text: &str) -> Option<(Label<'_>, &str)> {
    let start = &text.as_bytes()[..text.len().min(MAX_LABEL_LEN)];
    let at = memchr::memchr(b'|', start)?;
    let label = Label::of(text[..at].strip_suffix(' ')?)?;
    let rest = &text[at + 1..];
    Some((label, rest.strip_prefix(' ').or_else(|| rest.is_empty().then_some(rest))?))
}

/// Reads what colmena says itself behind a label; the rest is what others print.
pub(crate) fn statement<'a>(label: Label<'a>, what: &'a str) -> Option<Colmena<'a>> {
    const RUNNING: [&str; 7] = [
        "Evaluating ",
        "Building ",
        "Pushing system closure",
        "Activating system profile",
        "Uploading ",
        "Checking remote profile",
        "Remote profile known",
    ];
    const DONE: [&str; 10] = [
        ALL_DONE,
        "Evaluated ",
        "Built ",
        "Pushed",
        "Activation successful",
        "Will be activated next boot",
        "Dry activation successful",
        "Uploaded keys",
        "Configuration built",
        "Succeeded",
    ];
    const FAILED: [&str; 7] = [
        "Evaluation failed: ",
        "Build failed: ",
        "Push failed: ",
        "Activation failed: ",
        "Key upload failed: ",
        "Reboot failed: ",
        "Failed: ",
    ];
    let is_one_of = |starts: &[&str]| starts.iter().any(|start| what.starts_with(start));
    let progress = if is_one_of(&FAILED) {
        Progress::Failed
    } else if is_one_of(&DONE) {
        Progress::Done
    } else if is_one_of(&RUNNING) {
        Progress::Running
    } else {
        return None;
    };
    Some(Colmena { node: label.node(), progress, seconds: None, what })
}

/// What a line of its log says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LogLine<'a> {
    /// How many nodes were selected.
    Selected(u64),
    /// It goes on to repeat the last lines of a job of this node, or of several.
    Repeats(Option<&'a str>),
    /// A line that the job printed.
    Repeated(&'a str),
    /// Something else that it says itself.
    Other,
}

/// Reads a line of its log.
// [INFO ] Selected all 3 nodes.
// [ERROR] Failed to push system closure to alpha - Last 3 lines of logs:
// [ERROR]   stderr) ssh: connect to host alpha port 22: Connection refused
pub(crate) fn log_line(text: &str) -> Option<LogLine<'_>> {
    const STARTS: [&str; 5] =
        ["Using ", "Enumerating ", "Operation failed with error: ", "Hint: ", "-----"];
    if let Some(rest) = text.strip_prefix("[INFO ] ") {
        if let Some(count) = rest.strip_prefix("Selected ") {
            let count = number(count.strip_prefix("all ").unwrap_or(count))?.0;
            return Some(LogLine::Selected(count));
        }
        return STARTS.iter().any(|start| rest.starts_with(start)).then_some(LogLine::Other);
    }
    let rest = text.strip_prefix("[ERROR] ")?;
    if let Some((what, _)) = rest.split_once(" - Last ").filter(|_| rest.ends_with(" of logs:")) {
        let name = what.rsplit(' ').next().filter(|name| is_host(name));
        return Some(LogLine::Repeats(name.filter(|_| !what.contains(" and "))));
    }
    if let Some((kind, line)) = rest.split_once(") ").filter(|_| rest.starts_with(' ')) {
        return Some(match kind.trim_start() {
            "stdout" | "stderr" => LogLine::Repeated(line),
            _ => LogLine::Other,
        });
    }
    let is_other = rest.starts_with(' ') && rest.ends_with(')');
    (is_other || STARTS.iter().any(|start| rest.starts_with(start))).then_some(LogLine::Other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spinners_tell_node_mark_and_time() {
        let done = |node, seconds, what| Colmena {
            node,
            progress: Progress::Done,
            seconds: Some(seconds),
            what,
        };
        let cases = [
            ("      ✅ 29s All done!", Label::Nothing, done(None, 29.0, "All done!")),
            (
                " lp4a ✅ 4s Evaluated lp4a",
                Label::Node("lp4a"),
                done(Some("lp4a"), 4.0, "Evaluated lp4a"),
            ),
            (
                "(...) ✅ 1m Evaluated a and b",
                Label::Several,
                done(None, 60.0, "Evaluated a and b"),
            ),
        ];
        for (line, label, expected) in cases {
            assert_eq!(spinner(line), Some((label, expected)), "{line}");
        }
        let failed = spinner("web-1 ❌ 2s Push failed: x").map(|(_, line)| line.progress);
        assert_eq!(failed, Some(Progress::Failed));
        assert_eq!(spinner("  → ok"), None);
    }

    #[test]
    fn labels_stand_before_a_bar() {
        assert_eq!(labelled("alpha | "), Some((Label::Node("alpha"), "")));
        assert_eq!(labelled("      | All done!"), Some((Label::Nothing, "All done!")));
        assert_eq!(labelled("(...) | x | y"), Some((Label::Several, "x | y")));
        assert_eq!(labelled("two words | x"), None);
        assert_eq!(labelled("a || b"), None);
        assert_eq!(labelled("┃ x | y"), None);
    }

    #[test]
    fn statements_are_told_from_what_others_print() {
        let progress = |what| statement(Label::Nothing, what).map(|line| line.progress);
        assert_eq!(progress("Pushing system closure"), Some(Progress::Running));
        assert_eq!(progress("Pushed system closure"), Some(Progress::Done));
        assert_eq!(progress("Push failed: exit code 1"), Some(Progress::Failed));
        assert_eq!(progress("activating the configuration..."), None);
    }

    #[test]
    fn its_log_tells_how_many_nodes_there_are() {
        let cases = [
            ("[INFO ] Selected all 3 nodes.", Some(LogLine::Selected(3))),
            ("[INFO ] Selected 2 out of 3 hosts.", Some(LogLine::Selected(2))),
            ("[INFO ] Using flake: git+file:///x", Some(LogLine::Other)),
            ("[INFO ] something", None),
            (
                "[ERROR] Failed to push system closure to alpha - Last 3 lines of logs:",
                Some(LogLine::Repeats(Some("alpha"))),
            ),
            (
                "[ERROR] Failed to evaluate alpha and beta - Last 1 lines of logs:",
                Some(LogLine::Repeats(None)),
            ),
            ("[ERROR]   stderr) error: x", Some(LogLine::Repeated("error: x"))),
            ("[ERROR]   state) Running", Some(LogLine::Other)),
            ("[ERROR]  created)", Some(LogLine::Other)),
            ("[ERROR] -----", Some(LogLine::Other)),
        ];
        for (line, expected) in cases {
            assert_eq!(log_line(line), expected, "{line}");
        }
    }
}
