//! A report that the person keeps on this device: its link, and what the list of them says of it.
//!
//! The form is kept for ever, so it is text that does not depend on a build: pairs as in an
//! address, those of the report on the first line and those of each run on a line of its own.

pub mod builds;
pub mod facts;
pub mod file;
pub mod list;
pub mod trend;
pub mod usual;

use analyzer::Report;

use crate::view_state::query;
use facts::Facts;

/// A report that is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// When it was kept, as RFC 3339 with the offset of the place.
    pub at: String,
    /// What the person knows it by.
    pub label: String,
    /// The link that holds it, without `#`.
    pub link: String,
    /// What the list says of each run.
    pub runs: Vec<Facts>,
}

impl Kept {
    /// A report with the link that holds it.
    pub fn new(at: String, label: String, link: String, report: &Report) -> Self {
        let runs = report.runs.iter().map(Facts::of).collect();
        Self { at, label, link, runs }
    }

    /// Writes it.
    pub fn to_text(&self) -> String {
        let head = [("kept", &self.at), ("label", &self.label), ("link", &self.link)];
        let pairs = head.map(|(key, value)| (key.to_owned(), value.clone()));
        let mut text = query::format(&pairs.into());
        for run in &self.runs {
            text.push('\n');
            text += &query::format(&run.to_pairs());
        }
        text
    }

    /// Reads what [`Kept::to_text`] of this or another version wrote; `None` if there is no link
    /// in it.
    pub fn from_text(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let mut kept =
            Self { at: String::new(), label: String::new(), link: String::new(), runs: Vec::new() };
        for (key, value) in query::parse(lines.next()?) {
            match key.as_str() {
                "kept" => kept.at = value,
                "label" => kept.label = value,
                "link" => kept.link = value,
                _ => {}
            }
        }
        kept.runs = lines.map(|line| Facts::from_pairs(query::parse(line))).collect();
        (!kept.link.is_empty()).then_some(kept)
    }
}

#[cfg(test)]
mod tests {
    use analyzer::report::{Closure, Derivation, Outcome, Run};

    use super::*;
    use crate::testing;

    pub(super) fn kept() -> Kept {
        let closure = Closure { new_bytes: Some(9 << 30), ..Closure::default() };
        let time = Some(testing::stamped(287.0));
        let built = Derivation { time, ..testing::built("ollama") };
        let run = Run {
            host: Some("laptop".to_owned()),
            outcome: Outcome::Succeeded,
            activated: Some(true),
            time: testing::stamped(742.4),
            closure: Some(closure),
            changes: vec![testing::change("zlib", "1.3", "1.3.1")],
            derivations: vec![built],
            ..testing::run()
        };
        let runs = [run, testing::run()];
        let label = "a & b=c\nü.log".to_owned();
        let at = "2025-03-13T20:14:00+01:00".to_owned();
        let runs = runs.iter().map(Facts::of).collect();
        Kept { at, label, link: "r1AB-_9".to_owned(), runs }
    }

    #[test]
    fn it_comes_back_as_it_was_written() {
        let kept = kept();
        assert_eq!(Kept::from_text(&kept.to_text()).as_ref(), Some(&kept));
        assert_eq!(kept.to_text().lines().count(), 3);
    }

    #[test]
    fn what_the_first_version_wrote_is_read_for_ever() {
        let text = "kept=2025-03-13T20%3A14%3A00%2B01%3A00&label=a.log&link=r1AB-_9&new=x\n\
                    host=laptop&mood=good&word=Switched.&grade=stamped&ms=742400\
                    &closure=9663676416&changed=1&new=x\n\
                    mood=neutral&word=No%20rebuild";
        let kept = Kept::from_text(text).unwrap();
        assert_eq!((kept.label.as_str(), kept.link.as_str()), ("a.log", "r1AB-_9"));
        assert_eq!(kept.at, "2025-03-13T20:14:00+01:00");
        let [laptop, other] = &kept.runs[..] else { panic!("expected two runs") };
        assert_eq!(laptop.host.as_deref(), Some("laptop"));
        assert_eq!(laptop.time().long, "12 min 22 s");
        assert_eq!((laptop.closure_bytes, laptop.changed), (Some(9 << 30), Some(1)));
        assert_eq!((other.word.as_str(), other.changed), ("No rebuild", None));
    }

    #[test]
    fn text_without_a_link_is_nothing() {
        assert_eq!(Kept::from_text(""), None);
        assert_eq!(Kept::from_text("kept=2025-03-13"), None);
    }
}
