//! Lines of `--log-format internal-json`, and of `json-log-path` files, which lack the prefix.
//!
//! Activities are told by number (Nix `src/libutil/logging.hh`); numbers grow with each
//! Nix, so an unknown one is a value and not an error.

mod activity;
mod record;

use activity::Activities;
use record::{ActivityType, Record};

use super::plain::{self, Plain};

/// What a record says, with activities resolved to what they are about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Event {
    /// A build starts.
    Build {
        /// Path of its derivation.
        drv: String,
        /// Remote builder.
        host: Option<String>,
    },
    /// A build has ended.
    BuildEnded {
        /// Path of its derivation.
        drv: String,
        /// How it ended.
        how: Ending,
    },
    /// A phase of a build begins.
    Phase {
        /// Path of the derivation.
        drv: String,
        /// Name of the phase, such as `buildPhase`.
        phase: String,
    },
    /// A build printed a line.
    Output {
        /// Path of the derivation.
        drv: String,
        /// The line.
        text: String,
    },
    /// A path is copied.
    Copy {
        /// Store path.
        path: String,
        /// Where it comes from; `local` is the store of this machine.
        from: String,
        /// Where it goes.
        to: String,
    },
    /// A copy has ended, well or not.
    Copied,
    /// A download for a path has ended.
    Downloaded {
        /// Store path.
        path: String,
        /// Its size as transferred, in bytes.
        bytes: u64,
    },
    /// What was asked for is there: every build that ended was counted as done, and none as failed.
    Realised,
    /// Text of the human log; may have several lines, and colours.
    Text(String),
}

/// How a build ended. No record says so; the counts of all builds do, just before it ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// It was counted as done.
    Built,
    /// It failed, or was stopped because another one did.
    NotBuilt,
    /// Nothing is counted in this log.
    Unsaid,
}

/// What a line is to this format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    /// A record that says something.
    Event(Event),
    /// A record that says nothing of its own, as most do: progress.
    Silent,
    /// No record, such as a cut one.
    NoRecord,
}

/// Reads records and knows which activities run.
#[derive(Debug, Default)]
pub(crate) struct InternalJson {
    activities: Activities,
}

/// Whether a line is a record; only then is [`InternalJson::read`] worth calling.
pub(crate) fn is_record(line: &str) -> bool {
    line.starts_with("@nix {") || line.starts_with("{\"action\":\"")
}

impl InternalJson {
    /// Reads a line. Most records are progress, which is read without the parser for JSON.
    pub(crate) fn read(&mut self, line: &str) -> Reading {
        let json = line.strip_prefix("@nix ").unwrap_or(line);
        if let Some(id) = record::progress_id(json) {
            if self.activities.wants_progress(id)
                && let Some(progress) = record::progress(json)
            {
                self.activities.progress(id, progress);
            }
            return Reading::Silent;
        }
        let Some(record) = record::parse(json) else { return Reading::NoRecord };
        self.event(record).map_or(Reading::Silent, Reading::Event)
    }

    fn event(&mut self, record: Record) -> Option<Event> {
        match record {
            Record::Start { kind: ActivityType::Other(_), text, .. } => step(text),
            Record::Start { id, kind, parent, fields, .. } => {
                self.activities.start(id, kind, parent, &fields)
            }
            Record::Stop { id } => self.activities.stop(id),
            Record::Result { id, kind, fields } => self.activities.result(id, kind, &fields),
            Record::Message { text } => Some(Event::Text(text)),
            Record::Unknown => None,
        }
    }
}

/// What an activity without fields does, if the human log tells of it, too: it evaluates, or it
/// fetches inputs.
// evaluating derivation 'git+file:///etc/nixos#host'
fn step(mut text: String) -> Option<Event> {
    text.push_str("...");
    matches!(plain::parse(&text), Some(Plain::Step(_))).then_some(Event::Text(text))
}

#[cfg(test)]
mod tests {
    use super::{Ending, Event, InternalJson, Reading};

    #[track_caller]
    fn check(log: &str, expected: &[Event]) {
        let mut json = InternalJson::default();
        let read = |line| match json.read(line) {
            Reading::Event(event) => Some(event),
            Reading::Silent => None,
            Reading::NoRecord => panic!("a record: {line}"),
        };
        let events: Vec<Event> = log.lines().filter_map(read).collect();
        assert_eq!(events, expected);
    }

    #[test]
    fn lines_and_phases_belong_to_their_build() {
        let drv = "/nix/store/5k9v1xkhw6cxskxmvfs7c0pzwdlkl1ax-hello-2.12.drv".to_owned();
        check(
            r#"@nix {"action":"start","fields":["/nix/store/5k9v1xkhw6cxskxmvfs7c0pzwdlkl1ax-hello-2.12.drv","ssh://builder",1,1],"id":7,"level":3,"parent":0,"text":"building","type":105}
@nix {"action":"result","fields":["buildPhase"],"id":7,"type":104}
@nix {"action":"result","fields":["say \"hi\" \u001b[1m\u00fc"],"id":7,"type":101}
@nix {"action":"result","fields":[0,1,1,0],"id":3,"type":105}
@nix {"action":"stop","id":7}"#,
            &[
                Event::Build { drv: drv.clone(), host: Some("ssh://builder".to_owned()) },
                Event::Phase { drv: drv.clone(), phase: "buildPhase".to_owned() },
                Event::Output { drv: drv.clone(), text: "say \"hi\" \u{1b}[1mü".to_owned() },
                Event::BuildEnded { drv, how: Ending::Unsaid },
            ],
        );
    }

    #[test]
    fn look_ups_are_no_downloads() {
        let path = "/nix/store/0000000000000000000000000000000p-zlib-1.3".to_owned();
        check(
            r#"@nix {"action":"start","fields":["/nix/store/0000000000000000000000000000000p-zlib-1.3","https://cache.nixos.org"],"id":1,"level":4,"parent":0,"text":"","type":109}
@nix {"action":"start","fields":["https://cache.nixos.org/0p.narinfo"],"id":2,"level":4,"parent":1,"text":"","type":101}
@nix {"action":"result","fields":[400,400,0,0],"id":2,"type":105}
@nix {"action":"stop","id":2}
@nix {"action":"start","fields":["/nix/store/0000000000000000000000000000000p-zlib-1.3","https://cache.nixos.org"],"id":4,"level":3,"parent":0,"text":"","type":108}
@nix {"action":"start","fields":["/nix/store/0000000000000000000000000000000p-zlib-1.3","https://cache.nixos.org","local"],"id":5,"level":3,"parent":4,"text":"","type":100}
@nix {"action":"start","fields":["https://cache.nixos.org/nar/1.nar.xz"],"id":6,"level":4,"parent":5,"text":"","type":101}
@nix {"action":"result","fields":[512,1024,0,0],"id":6,"type":105}
@nix {"action":"result","fields":[1024,1024,0,0],"id":6,"type":105}
@nix {"action":"stop","id":6}"#,
            &[
                Event::Copy {
                    path: path.clone(),
                    from: "https://cache.nixos.org".to_owned(),
                    to: "local".to_owned(),
                },
                Event::Downloaded { path, bytes: 1024 },
            ],
        );
    }

    #[test]
    fn counts_tell_how_a_build_ended() {
        check(
            r#"@nix {"action":"start","id":1,"level":0,"parent":0,"text":"","type":102}
@nix {"action":"start","id":2,"level":0,"parent":0,"text":"","type":104}
@nix {"action":"start","fields":["/a.drv","",1,1],"id":3,"level":3,"parent":0,"text":"","type":105}
@nix {"action":"start","fields":["/b.drv","",1,1],"id":4,"level":3,"parent":0,"text":"","type":105}
@nix {"action":"result","fields":[1,2,1,0],"id":2,"type":105}
@nix {"action":"stop","id":4}
@nix {"action":"result","fields":[1,2,0,1],"id":2,"type":105}
@nix {"action":"stop","id":3}
@nix {"action":"stop","id":2}
@nix {"action":"stop","id":1}
@nix {"action":"start","id":5,"level":0,"parent":0,"text":"","type":102}
@nix {"action":"start","id":6,"level":0,"parent":0,"text":"","type":104}
@nix {"action":"result","fields":[0,0,0,0],"id":6,"type":105}
@nix {"action":"stop","id":6}
@nix {"action":"stop","id":5}"#,
            &[
                Event::Build { drv: "/a.drv".to_owned(), host: None },
                Event::Build { drv: "/b.drv".to_owned(), host: None },
                Event::BuildEnded { drv: "/b.drv".to_owned(), how: Ending::Built },
                Event::BuildEnded { drv: "/a.drv".to_owned(), how: Ending::NotBuilt },
                Event::Realised,
            ],
        );
    }

    #[test]
    fn what_a_remote_store_tells_of_a_build_is_that_build() {
        check(
            r#"@nix {"action":"start","fields":["/a.drv","ssh-ng://h",1,1],"id":3,"level":3,"parent":0,"text":"","type":105}
@nix {"action":"start","fields":["/a.drv","",1,1],"id":4,"level":3,"parent":3,"text":"","type":105}
@nix {"action":"result","fields":["oh"],"id":4,"type":101}
@nix {"action":"stop","id":4}
@nix {"action":"stop","id":3}"#,
            &[
                Event::Build { drv: "/a.drv".to_owned(), host: Some("ssh-ng://h".to_owned()) },
                Event::Output { drv: "/a.drv".to_owned(), text: "oh".to_owned() },
                Event::BuildEnded { drv: "/a.drv".to_owned(), how: Ending::Unsaid },
            ],
        );
    }

    /// Copies and transfers in the order of `steps`, as Nix up to 2.17 tells of them; the paths of
    /// which a size is known. `c` begins a copy, `t` a transfer.
    fn sized(steps: &str) -> Vec<String> {
        let mut json = InternalJson::default();
        let line = |(id, step)| match step {
            'c' => format!(
                r#"@nix {{"action":"start","fields":["/{id}","https://c","local"],"id":{id},"level":3,"text":"","type":100}}"#
            ),
            _ => format!(
                r#"@nix {{"action":"start","fields":["https://c/nar/x.nar.xz"],"id":{id},"level":4,"text":"","type":101}}"#
            ),
        };
        let lines: Vec<String> = (1..).zip(steps.chars()).map(line).collect();
        for line in &lines {
            assert!(json.read(line) != Reading::NoRecord);
        }
        let size = |id| {
            json.read(&format!(
                r#"@nix {{"action":"result","fields":[9,9,0,0],"id":{id},"type":105}}"#
            ));
            match json.read(&format!(r#"@nix {{"action":"stop","id":{id}}}"#)) {
                Reading::Event(Event::Downloaded { path, .. }) => Some(path),
                _ => None,
            }
        };
        (1..=steps.len()).filter_map(size).collect()
    }

    #[test]
    fn a_transfer_without_parent_is_that_of_the_only_copy_that_waits() {
        assert_eq!(sized("ctct"), ["/1", "/3"]);
        assert_eq!(sized("cctt"), Vec::<String>::new());
        assert_eq!(sized("cctctt"), Vec::<String>::new());
        assert_eq!(sized("ccttct"), ["/5"]);
        assert_eq!(sized("tct"), ["/2"]);
    }

    #[test]
    fn an_evaluation_and_a_fetched_input_are_steps() {
        check(
            r#"@nix {"action":"start","id":1,"level":4,"parent":0,"text":"evaluating derivation '.#host'","type":0}
@nix {"action":"start","id":2,"level":5,"parent":0,"text":"copying '/etc/nixos' to the store","type":0}
@nix {"action":"start","id":3,"level":4,"parent":1,"text":"fetching Git repository 'file:///x'","type":112}
@nix {"action":"start","id":4,"level":6,"parent":0,"text":"querying info about missing paths","type":0}
@nix {"action":"start","id":5,"level":5,"parent":0,"text":"copying '/x.nix' to the store","type":113,"fields":["/x.nix",0]}"#,
            &[
                Event::Text("evaluating derivation '.#host'...".to_owned()),
                Event::Text("copying '/etc/nixos' to the store...".to_owned()),
                Event::Text("fetching Git repository 'file:///x'...".to_owned()),
                Event::Text("copying '/x.nix' to the store...".to_owned()),
            ],
        );
    }

    #[test]
    fn counts_may_be_nonsense() {
        let mut json = InternalJson::default();
        json.read(r#"@nix {"action":"start","id":2,"level":0,"parent":0,"text":"","type":104}"#);
        for count in [u64::MAX, 0, u64::MAX] {
            let line = format!(
                r#"@nix {{"action":"result","fields":[{count},1,1,{count}],"id":2,"type":105}}"#
            );
            assert_eq!(json.read(&line), Reading::Silent);
        }
    }

    #[test]
    fn unknown_numbers_and_fields_are_no_errors() {
        check(
            r#"@nix {"action":"start","id":9,"level":3,"type":113,"text":"","fields":[{"a":[1]},null]}
@nix {"action":"result","id":9,"type":110,"fields":[1.5,-3],"startTime":17}
@nix {"action":"dance","id":9}
{"action":"msg","level":1,"msg":"hello"}"#,
            &[Event::Text("hello".to_owned())],
        );
    }

    #[test]
    fn cut_record_is_none() {
        let mut json = InternalJson::default();
        assert_eq!(json.read(r#"@nix {"action":"msg","level":1,"ms"#), Reading::NoRecord);
    }
}
