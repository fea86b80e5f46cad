//! Finds what is private in a report, and puts something else in its place.
//!
//! Two things tell that something is private. A name of a user or of a machine is known by where
//! it stands, anywhere in the log: [`NameFinder`] reads that from the log itself, since the report
//! leaves most of it out. Everything else is known by its form, such as an address or a token.
//!
//! What is found is masked wherever it stands, by the same word each time: a machine called
//! `laptop` is also masked in `nixos-system-laptop-24.11` and `laptop-backup.service`. An ordinary
//! word, or the name of a package of the report, is masked only where nothing but a name can stand
//! ([`Reach::Places`]): for a user `max`, `max-jobs` stays. Names that tell nothing, such as
//! `root` and `nixos`, stay, and so do servers that everybody knows.
//!
//! Versions, hashes and revisions stay as well, so that a masked report says the same of what
//! happened. Names that are equal before are equal after it, so what refers to each other still
//! does.

mod finder;
mod kind;
mod names;
mod needles;
mod ordinary;
mod pattern;
mod place;
mod public;
mod replacement;
mod search;
mod walk;

use std::collections::BTreeSet;

use analyzer::report::Report;
use serde::{Deserialize, Serialize};

pub use finder::NameFinder;
pub use kind::Kind;
pub use names::Names;
use names::Role;
use ordinary::{is_common_account, is_common_machine, is_ordinary};
use pattern::{Known, Patterns};
use place::Places;
use public::is_public_host;
use search::Search;
use walk::{Field, for_each_text};

/// A private thing of a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// What sort of thing it is.
    pub kind: Kind,
    /// The thing itself, as it stands in the report.
    pub text: String,
    /// What stands in its place afterwards.
    pub replacement: String,
    /// Where it is masked.
    pub reach: Reach,
    /// How often it stands there, within other items too.
    pub count: u32,
}

/// Where something is masked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// Wherever it stands as a word of its own or, for a secret, at all.
    Everywhere,
    /// Only where its surroundings tell what it is: elsewhere it may be an ordinary word.
    Places,
}

/// Finds everything that [`mask`] can mask: by kind, then in the order in which it was found.
///
/// `names` are those of the log that the report was made of. Without them, only the names that
/// the report itself tells are found.
pub fn find(report: &Report, names: &Names) -> Vec<Item> {
    // The walk is one that may change what it sees.
    let mut report = report.clone();
    let mut candidates = Candidates::new(&report, names);
    for_each_text(&mut report, &mut |field, text| candidates.look(field, text));
    let mut items = candidates.into_items();
    let search = Search::new(&items, &report);
    let mut counts = vec![0; items.len()];
    for_each_text(&mut report, &mut |field, text| {
        for found in search.find_all(field, text) {
            counts[found.item] += 1;
        }
    });
    drop(search);
    for (item, count) in items.iter_mut().zip(counts) {
        item.count = count;
    }
    items.retain(|item| item.count > 0);
    items.sort_by_key(|item| item.kind);
    replacement::choose(&mut items, names);
    items
}

/// The report with these items masked, and no others.
pub fn mask(report: &Report, items: &[Item]) -> Report {
    let mut masked = report.clone();
    let search = Search::new(items, report);
    for_each_text(&mut masked, &mut |field, text| {
        if let Some(other) = search.replaced(field, text) {
            *text = other;
        }
    });
    masked
}

/// What may be masked, before it is known how often it stands in the report.
struct Candidates {
    places: Places,
    known: Known,
    names: Names,
    /// Things of a known form, in the order in which they came.
    forms: Vec<(Kind, String)>,
}

impl Candidates {
    fn new(report: &Report, names: &Names) -> Self {
        let mut names = names.clone();
        for host in report.runs.iter().filter_map(|run| run.host.as_deref()) {
            names.add(Role::Host, host.as_bytes());
        }
        Self { places: Places::default(), known: Known::of(report), names, forms: Vec::new() }
    }

    fn look(&mut self, field: Field, text: &str) {
        if field == Field::Fixed {
            return;
        }
        let names = &mut self.names;
        self.places.find_all(text.as_bytes(), &mut |role, range| {
            names.add(role, &text.as_bytes()[range]);
        });
        if field != Field::Text {
            return;
        }
        let forms = &mut self.forms;
        Patterns::all().find_all(text, &self.known, &mut |kind, range| {
            if kind == Kind::Host {
                names.add(Role::Host, &text.as_bytes()[range]);
                return;
            }
            let form = (kind, text[range].to_owned());
            if !forms.contains(&form) {
                forms.push(form);
            }
        });
    }

    fn into_items(self) -> Vec<Item> {
        let mut items = Items::default();
        // What stands in the place of a user may be a token.
        let (secrets, others): (Vec<_>, Vec<_>) =
            self.forms.iter().partition(|(kind, _)| *kind <= Kind::Password);
        for (kind, text) in secrets {
            let is_weak = *kind == Kind::Password && !is_random(text);
            let reach = if is_weak { Reach::Places } else { Reach::Everywhere };
            items.add(*kind, text, reach);
        }
        for name in self.names.users.iter().filter(|it| !is_common_account(it)) {
            items.add(Kind::User, name, self.reach(name));
            for home in ["/home/", "/Users/", "/var/home/"] {
                items.add(Kind::Home, &format!("{home}{name}"), Reach::Everywhere);
            }
        }
        for name in self.names.hosts.iter().filter(|it| is_private_machine(it)) {
            items.add(Kind::Host, name, self.reach(name));
        }
        for (kind, text) in others.into_iter().filter(|it| !self.is_account(it)) {
            items.add(*kind, text, Reach::Everywhere);
        }
        items.list
    }

    // root@web.example.org
    /// Whether it is the account of a machine rather than a mail address.
    fn is_account(&self, (kind, text): &(Kind, String)) -> bool {
        let server = text.rsplit_once('@').map(|(_, server)| server);
        *kind == Kind::Mail && self.names.hosts.iter().any(|host| Some(host.as_str()) == server)
    }

    fn reach(&self, name: &str) -> Reach {
        let is_word = is_ordinary(name) || self.known.is_package(name);
        if is_word { Reach::Places } else { Reach::Everywhere }
    }
}

/// Items by what they are, each once, whatever the case of its letters.
#[derive(Default)]
struct Items {
    list: Vec<Item>,
    seen: BTreeSet<String>,
}

impl Items {
    fn add(&mut self, kind: Kind, text: &str, reach: Reach) {
        if self.seen.insert(text.to_ascii_lowercase()) {
            let (text, replacement) = (text.to_owned(), String::new());
            self.list.push(Item { kind, text, replacement, reach, count: 0 });
        }
    }
}

fn is_private_machine(name: &str) -> bool {
    let has_letter = name.bytes().any(|it| it.is_ascii_alphabetic());
    let is_address = name.parse::<std::net::IpAddr>().is_ok();
    has_letter && !is_address && !is_common_machine(name) && !is_public_host(name)
}

/// A password that is no word can be sought everywhere.
fn is_random(password: &str) -> bool {
    let has_digit = password.bytes().any(|it| it.is_ascii_digit());
    password.len() >= 6 && has_digit && password.bytes().any(|it| it.is_ascii_alphabetic())
}
