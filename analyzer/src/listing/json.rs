//! Reads `nix path-info --json` and `nix derivation show`, in the shapes of all Nix versions.

use super::scan::{Event, Progress, Scan};
use crate::store_path::STORE_DIR;

/// A fact in the JSON. Paths are base names: `…-hello-2.12`, without the store directory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fact<'a> {
    /// A store path of `nix path-info`.
    Path {
        /// The path.
        base: &'a str,
        /// Its size alone, in bytes.
        nar_bytes: Option<u64>,
        /// Its size with all that it needs, in bytes.
        closure_bytes: Option<u64>,
    },
    /// A store path that another one refers to.
    Reference {
        /// The one that refers.
        from: &'a str,
        /// The one that is referred to.
        to: &'a str,
    },
    /// A derivation of `nix derivation show`.
    Derivation(&'a str),
    /// A derivation that another one needs.
    Input {
        /// The one that needs it.
        drv: &'a str,
        /// The one that is needed.
        input: &'a str,
    },
}

/// Reads a listing in JSON that comes in pieces.
#[derive(Debug, Default)]
pub(super) struct Json {
    scan: Scan,
    reading: Reading,
}

/// Where in the listing the scan stands.
#[derive(Debug, Default)]
struct Reading {
    /// The containers that are open, outermost first.
    open: Vec<Place>,
    key: String,
    entry: Entry,
}

/// What a container holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// The outermost object: either keyed by path, or around another one that is.
    Root,
    /// `[{"path": …}]` of Nix to 2.18.
    List,
    /// The object in `{"info": {…}}` or `{"derivations": {…}}` of Nix 2.33 on.
    Keyed,
    /// What is known of one path.
    Entry,
    /// `"references": […]`
    References,
    /// `"inputs": {"drvs": {…}}`
    Inputs,
    /// `"inputDrvs": {…}`
    InputDrvs,
    /// Anything else.
    Other,
}

#[derive(Debug, Default)]
struct Entry {
    path: String,
    nar_bytes: Option<u64>,
    closure_bytes: Option<u64>,
    is_derivation: bool,
    is_invalid: bool,
}

impl Json {
    /// Takes the next piece; calls `emit` for each fact. Other JSON is broken to it.
    pub(super) fn feed(&mut self, piece: &[u8], emit: &mut dyn FnMut(Fact<'_>)) -> Progress {
        let Self { scan, reading } = self;
        scan.feed(piece, |event| reading.take(event, emit).is_some())
    }
}

impl Reading {
    /// Takes what comes next; `None` where no listing has it.
    fn take(&mut self, event: Event<'_>, emit: &mut dyn FnMut(Fact<'_>)) -> Option<()> {
        let place = self.open.last().copied();
        match event {
            Event::Key(key) => self.key(place?, key, emit)?,
            Event::Object => {
                let inner = self.object(place)?;
                self.open.push(inner);
            }
            Event::Array => self.open.push(self.array(place)?),
            Event::End => {
                self.open.pop();
                if place == Some(Place::Entry) {
                    self.end_entry(emit)?;
                }
            }
            Event::Text(text) => self.text(place?, text, emit)?,
            Event::Number(number) => self.number(place?, number)?,
            Event::Word(word) => {
                let is_false = word == "false";
                self.entry.is_invalid |= is_false && self.is_in_entry("valid");
                (place? != Place::List).then_some(())?;
            }
        }
        Some(())
    }

    fn key(&mut self, place: Place, key: &str, emit: &mut dyn FnMut(Fact<'_>)) -> Option<()> {
        match place {
            Place::Root => {
                const WORDS: [&str; 4] = ["derivations", "info", "storeDir", "version"];
                (WORDS.contains(&key) || is_base(base(key))).then_some(())?;
            }
            Place::Keyed => is_base(base(key)).then_some(())?,
            Place::Entry => {
                self.entry.is_derivation |= matches!(key, "inputDrvs" | "inputs" | "builder");
            }
            Place::InputDrvs => emit(Fact::Input { drv: base(&self.entry.path), input: base(key) }),
            _ => {}
        }
        self.key.clear();
        self.key.push_str(key);
        Some(())
    }

    fn object(&mut self, place: Option<Place>) -> Option<Place> {
        Some(match (place, self.key.as_str()) {
            (None, _) => Place::Root,
            (Some(Place::Root), "info" | "derivations") => Place::Keyed,
            (Some(Place::Root), "storeDir" | "version") => return None,
            (Some(Place::Root | Place::Keyed), path) => {
                self.entry = Entry { path: path.to_owned(), ..Entry::default() };
                Place::Entry
            }
            (Some(Place::List), _) => {
                self.entry = Entry::default();
                Place::Entry
            }
            (Some(Place::Entry), "inputs") => Place::Inputs,
            (Some(Place::Entry), "inputDrvs") | (Some(Place::Inputs), "drvs") => Place::InputDrvs,
            _ => Place::Other,
        })
    }

    fn array(&self, place: Option<Place>) -> Option<Place> {
        match place {
            None => Some(Place::List),
            Some(Place::Root | Place::Keyed | Place::List) => None,
            Some(Place::Entry) if self.key == "references" => Some(Place::References),
            Some(_) => Some(Place::Other),
        }
    }

    fn text(&mut self, place: Place, text: &str, emit: &mut dyn FnMut(Fact<'_>)) -> Option<()> {
        match place {
            Place::List | Place::Keyed => return None,
            Place::Root if !matches!(self.key.as_str(), "storeDir" | "version") => return None,
            Place::Entry if self.key == "path" => text.clone_into(&mut self.entry.path),
            Place::References if is_base(base(&self.entry.path)) => {
                emit(Fact::Reference { from: base(&self.entry.path), to: base(text) });
            }
            _ => {}
        }
        Some(())
    }

    fn number(&mut self, place: Place, number: &str) -> Option<()> {
        match (place, self.key.as_str()) {
            (Place::List | Place::Keyed, _) => return None,
            (Place::Entry, "narSize") => self.entry.nar_bytes = number.parse().ok(),
            (Place::Entry, "closureSize") => self.entry.closure_bytes = number.parse().ok(),
            _ => {}
        }
        Some(())
    }

    fn is_in_entry(&self, key: &str) -> bool {
        self.open.last() == Some(&Place::Entry) && self.key == key
    }

    fn end_entry(&mut self, emit: &mut dyn FnMut(Fact<'_>)) -> Option<()> {
        let Entry { path, nar_bytes, closure_bytes, is_derivation, is_invalid } =
            std::mem::take(&mut self.entry);
        let base = base(&path);
        is_base(base).then_some(())?;
        if is_derivation {
            emit(Fact::Derivation(base));
        } else if !is_invalid {
            emit(Fact::Path { base, nar_bytes, closure_bytes });
        }
        Some(())
    }
}

/// The name of a path without its folder: `…-hello-2.12`.
fn base(path: &str) -> &str {
    path.strip_prefix(STORE_DIR).unwrap_or(path)
}

/// Whether it can be the base name of a store path.
fn is_base(base: &str) -> bool {
    let bytes = base.as_bytes();
    bytes.len() > 33 && bytes[32] == b'-' && bytes[..32].iter().all(u8::is_ascii_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-a-1";
    const B: &str = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb-b-2";

    #[track_caller]
    fn check(json: &str, progress: Progress, expected: &[&str]) {
        let json = json.replace("$A", A).replace("$B", B);
        let mut facts = Vec::new();
        let mut reader = Json::default();
        let last = reader.feed(json.as_bytes(), &mut |fact| {
            facts.push(format!("{fact:?}").replace(A, "A").replace(B, "B"));
        });
        assert_eq!(last, progress, "{json}");
        assert_eq!(facts, expected, "{json}");
    }

    #[test]
    fn all_shapes_of_path_info_say_the_same() {
        let path = r#"Path { base: "A", nar_bytes: Some(12), closure_bytes: Some(34) }"#;
        let reference = r#"Reference { from: "A", to: "B" }"#;
        let info = r#""narSize": 12, "closureSize": 34, "references": ["$S$B"], "ca": null"#;
        for shape in [
            r#"[{"path": "$S$A", $I}, {"path": "$S$B", "valid": false}]"#,
            r#"{"$S$A": {$I}, "$S$B": null}"#,
            r#"{"info": {"$A": {$I}}, "version": 2, "storeDir": "/nix/store"}"#,
        ] {
            let json = shape.replace("$I", info).replace("$S", STORE_DIR);
            check(&json, Progress::Complete, &[reference, path]);
        }
    }

    #[test]
    fn all_shapes_of_derivations_say_the_same() {
        let facts = [r#"Input { drv: "A", input: "B" }"#, r#"Derivation("A")"#];
        for shape in [
            r#"{"$S$A": {"outputs": {"out": {"path": "x"}}, "inputDrvs": {"$S$B": ["out"]}}}"#,
            r#"{"$S$A": {"inputDrvs": {"$S$B": {"dynamicOutputs": {}, "outputs": ["out"]}}}}"#,
            r#"{"derivations": {"$A": {"args": ["-e"], "inputs":
                {"drvs": {"$B": {"outputs": ["out"]}}, "srcs": ["x"]}}}, "version": 4}"#,
        ] {
            check(&shape.replace("$S", STORE_DIR), Progress::Complete, &facts);
        }
    }

    #[test]
    fn other_json_is_broken() {
        for json in [
            r#"{"action": "start"}"#,
            "[1]",
            r#"["$A"]"#,
            r#"[{"name": "a"}]"#,
            r#"{"info": ["$A"]}"#,
            r#"{"version": {}}"#,
            r#""text""#,
        ] {
            check(json, Progress::Broken, &[]);
        }
    }
}
