//! One record, as the logger writes it.

use miniserde::json::{Array, Number, Value};

/// A record of the log.
#[derive(Debug)]
pub(super) enum Record {
    /// An activity starts.
    Start {
        /// Its number, unique in the log.
        id: u64,
        /// What it does.
        kind: ActivityType,
        /// The activity that it is a part of.
        parent: Parent,
        /// What it is about; the meaning depends on `kind`.
        fields: Fields,
        /// What the human log says of it, without the dots at its end; may be empty.
        text: String,
    },
    /// An activity has ended.
    Stop {
        /// Its number.
        id: u64,
    },
    /// An activity says something.
    Result {
        /// Its number.
        id: u64,
        /// What sort of thing it says.
        kind: ResultType,
        /// What it says; the meaning depends on `kind`.
        fields: Fields,
    },
    /// A message, as the human log has it.
    Message {
        /// Its text, with colours.
        text: String,
    },
    /// An action that is not known.
    Unknown,
}

/// The activity that another one is a part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Parent {
    /// Nix 2.4 to 2.17 do not say.
    Unsaid,
    /// There is none.
    None,
    /// Its number.
    Activity(u64),
}

/// What an activity does; numbers of Nix 2.36 in `logging.hh`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ActivityType {
    /// 100: [path, from, to].
    CopyPath,
    /// 101: [URL]; its progress is in bytes.
    FileTransfer,
    /// 102: everything that one command wants to have.
    Realise,
    /// 104: all builds; its progress counts them.
    Builds,
    /// 105: [derivation, machine, round, rounds].
    Build,
    /// 108: [path, substituter].
    Substitute,
    /// Any other number.
    Other(u64),
}

/// What an activity says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ResultType {
    /// 101: [line].
    BuildLogLine,
    /// 104: [phase].
    SetPhase,
    /// 105: [done, expected, running, failed].
    Progress,
    /// Any other number.
    Other(u64),
}

/// The fields of a record: texts and numbers.
#[derive(Debug, Default)]
pub(super) struct Fields(Option<Array>);

impl Fields {
    /// The text at `index`, if there is one.
    pub(super) fn text(&self, index: usize) -> Option<&str> {
        match self.0.as_ref()?.get(index)? {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The number at `index`, if there is one and it is not negative.
    pub(super) fn number(&self, index: usize) -> Option<u64> {
        match self.0.as_ref()?.get(index)? {
            Value::Number(Number::U64(number)) => Some(*number),
            _ => None,
        }
    }
}

#[derive(miniserde::Deserialize)]
struct Raw {
    action: String,
    id: Option<u64>,
    #[serde(rename = "type")]
    kind: Option<u64>,
    parent: Option<u64>,
    fields: Option<Array>,
    msg: Option<String>,
    text: Option<String>,
}

/// Reads a record; `None` if it is not JSON, or lacks what its action needs.
pub(super) fn parse(json: &str) -> Option<Record> {
    let raw: Raw = miniserde::json::from_str(json).ok()?;
    let fields = Fields(raw.fields);
    Some(match raw.action.as_str() {
        "start" => Record::Start {
            id: raw.id?,
            kind: activity_type(raw.kind?),
            parent: match raw.parent {
                None => Parent::Unsaid,
                Some(0) => Parent::None,
                Some(id) => Parent::Activity(id),
            },
            fields,
            text: raw.text.unwrap_or_default(),
        },
        "stop" => Record::Stop { id: raw.id? },
        "result" => Record::Result { id: raw.id?, kind: result_type(raw.kind?), fields },
        "msg" => Record::Message { text: raw.msg? },
        _ => Record::Unknown,
    })
}

fn activity_type(number: u64) -> ActivityType {
    match number {
        100 => ActivityType::CopyPath,
        101 => ActivityType::FileTransfer,
        102 => ActivityType::Realise,
        104 => ActivityType::Builds,
        105 => ActivityType::Build,
        108 => ActivityType::Substitute,
        _ => ActivityType::Other(number),
    }
}

fn result_type(number: u64) -> ResultType {
    match number {
        101 => ResultType::BuildLogLine,
        104 => ResultType::SetPhase,
        105 => ResultType::Progress,
        _ => ResultType::Other(number),
    }
}

/// The activity of a progress record, read from its end: keys are sorted, so that `id` and
/// `type` come last. Progress is nearly all of a large log.
// {"action":"result","fields":[0,1,1,0],"id":3,"type":105}
pub(super) fn progress_id(json: &str) -> Option<u64> {
    let rest =
        json.strip_suffix(",\"type\":105}").or_else(|| json.strip_suffix(",\"type\":106}"))?;
    if !json.starts_with("{\"action\":\"result\"") {
        return None;
    }
    let digits = rest.len() - rest.bytes().rev().take_while(u8::is_ascii_digit).count();
    rest[..digits].ends_with("\"id\":").then(|| rest[digits..].parse().ok())?
}

/// How far an activity has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Progress {
    /// Bytes of a transfer, or builds.
    pub(super) done: u64,
    /// Those of them that failed.
    pub(super) failed: u64,
}

/// The numbers of a progress record: done, expected, running, failed.
pub(super) fn progress(json: &str) -> Option<Progress> {
    let rest = json.strip_suffix(",\"type\":105}")?;
    let rest = rest.strip_prefix("{\"action\":\"result\",\"fields\":[")?;
    let (fields, _) = rest.split_once(']')?;
    let mut numbers = fields.split(',').map(|number| number.parse::<u64>().ok());
    let done = numbers.next()??;
    let failed = numbers.nth(2)??;
    Some(Progress { done, failed })
}
