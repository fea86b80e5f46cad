//! Lines of `--log-format internal-json`, and of `json-log-path` files, which lack the prefix.
//!
//! Activities are told by number (Nix `src/libutil/logging.hh`); numbers grow with each
//! Nix, so an unknown one is a value and not an error.

use std::collections::BTreeMap;

mod record;

use record::{ActivityType, Record, ResultType};

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
    /// A build has ended, well or not: no record tells which.
    BuildEnded {
        /// Path of its derivation.
        drv: String,
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
    /// A download for a path has ended.
    Downloaded {
        /// Store path.
        path: String,
        /// Its size as transferred, in bytes.
        bytes: u64,
    },
    /// Text of the human log; may have several lines, and colours.
    Text(String),
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

/// No Nix runs more at once; a log of starts without stops must not fill the memory.
const MAX_RUNNING: usize = 1 << 16;

/// An activity that runs and that something is said of.
#[derive(Debug)]
enum Activity {
    Build {
        drv: String,
    },
    /// A copy, or a substitution, which is the parent of a copy.
    Path {
        path: String,
    },
    /// A download of the archive of a path; `done` is in bytes.
    Transfer {
        path: String,
        done: u64,
    },
}

/// Reads records and knows which activities run.
#[derive(Debug, Default)]
pub(crate) struct InternalJson {
    running: BTreeMap<u64, Activity>,
}

/// Whether a line is a record; only then is [`InternalJson::read`] worth calling.
pub(crate) fn is_record(line: &str) -> bool {
    line.starts_with("@nix {") || line.starts_with("{\"action\":\"")
}

impl InternalJson {
    /// Reads a line. Most records are progress, and most of these are not even parsed.
    pub(crate) fn read(&mut self, line: &str) -> Reading {
        let json = line.strip_prefix("@nix ").unwrap_or(line);
        if let Some(id) = record::progress_id(json)
            && !matches!(self.running.get(&id), Some(Activity::Transfer { .. }))
        {
            return Reading::Silent;
        }
        let Some(record) = record::parse(json) else { return Reading::NoRecord };
        self.event(record).map_or(Reading::Silent, Reading::Event)
    }

    fn event(&mut self, record: Record) -> Option<Event> {
        match record {
            Record::Start { id, kind, parent, fields, .. } => self.start(id, kind, parent, &fields),
            Record::Stop { id } => self.stop(id),
            Record::Result { id, kind, fields } => self.result(id, kind, &fields),
            Record::Message { text } => Some(Event::Text(text)),
            Record::Unknown => None,
        }
    }

    fn start(
        &mut self,
        id: u64,
        kind: ActivityType,
        parent: Option<u64>,
        fields: &record::Fields,
    ) -> Option<Event> {
        match kind {
            ActivityType::Build => self.build(id, fields),
            ActivityType::CopyPath => self.copy(id, fields),
            ActivityType::Substitute => {
                let path = fields.text(0)?.to_owned();
                self.run(id, Activity::Path { path });
                None
            }
            ActivityType::FileTransfer => {
                self.transfer(id, parent?, fields.text(0)?);
                None
            }
            ActivityType::Other(_) => None,
        }
    }

    fn run(&mut self, id: u64, activity: Activity) {
        if self.running.len() < MAX_RUNNING {
            self.running.insert(id, activity);
        }
    }

    fn build(&mut self, id: u64, fields: &record::Fields) -> Option<Event> {
        let drv = fields.text(0)?.to_owned();
        let host = fields.text(1).filter(|host| !host.is_empty()).map(str::to_owned);
        self.run(id, Activity::Build { drv: drv.clone() });
        Some(Event::Build { drv, host })
    }

    fn copy(&mut self, id: u64, fields: &record::Fields) -> Option<Event> {
        let path = fields.text(0)?.to_owned();
        let (from, to) = (fields.text(1)?.to_owned(), fields.text(2)?.to_owned());
        self.run(id, Activity::Path { path: path.clone() });
        Some(Event::Copy { path, from, to })
    }

    /// Look-ups are transfers too, under activities that copy nothing.
    fn transfer(&mut self, id: u64, parent: u64, url: &str) {
        let Some(Activity::Path { path }) = self.running.get(&parent) else { return };
        if url.ends_with(".narinfo") || url.ends_with("nix-cache-info") {
            return;
        }
        let path = path.clone();
        self.run(id, Activity::Transfer { path, done: 0 });
    }

    fn stop(&mut self, id: u64) -> Option<Event> {
        match self.running.remove(&id)? {
            Activity::Build { drv } => Some(Event::BuildEnded { drv }),
            Activity::Transfer { path, done } if done > 0 => {
                Some(Event::Downloaded { path, bytes: done })
            }
            Activity::Path { .. } | Activity::Transfer { .. } => None,
        }
    }

    fn result(&mut self, id: u64, kind: ResultType, fields: &record::Fields) -> Option<Event> {
        match (self.running.get_mut(&id)?, kind) {
            (Activity::Build { drv }, ResultType::BuildLogLine) => {
                Some(Event::Output { drv: drv.clone(), text: fields.text(0)?.to_owned() })
            }
            (Activity::Build { drv }, ResultType::SetPhase) => {
                Some(Event::Phase { drv: drv.clone(), phase: fields.text(0)?.to_owned() })
            }
            (Activity::Transfer { done, .. }, ResultType::Progress) => {
                *done = fields.number(0)?;
                None
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Event, InternalJson, Reading};

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
                Event::BuildEnded { drv },
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
