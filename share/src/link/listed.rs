//! Packages that a link has named before, with their versions.

use std::collections::BTreeMap;

use analyzer::report::Run;

use super::field::Field;
use super::model::Kind;
use super::stream::{Fault, Stream, hash, hash_text};
use super::versions::Beside;

/// A name and its version.
type Package = (String, Option<String>);

/// Packages in the order in which they came, each name once.
#[derive(Clone, Debug, Default)]
pub(super) struct Listed {
    packages: Vec<Package>,
    places: BTreeMap<String, u32>,
}

impl Listed {
    /// Those that failed, and those that changed, with their new versions.
    pub(super) fn of(run: &Run) -> Self {
        let mut listed = Self::default();
        for failure in &run.failures {
            if let Some(name) = &failure.name {
                listed.push(name, failure.version.as_ref());
            }
        }
        listed.add_changes(run);
        listed
    }

    /// Those that changed.
    pub(super) fn of_changes(run: &Run) -> Self {
        let mut listed = Self::default();
        listed.add_changes(run);
        listed
    }

    fn add_changes(&mut self, run: &Run) {
        for change in &run.changes {
            self.push(&change.name, change.new.first());
        }
    }

    fn push(&mut self, name: &str, version: Option<&String>) {
        let place = u32::try_from(self.packages.len()).unwrap_or(u32::MAX);
        if !self.places.contains_key(name) {
            self.places.insert(name.to_owned(), place);
            self.packages.push((name.to_owned(), version.cloned()));
        }
    }
}

impl Stream<'_> {
    /// Codes the name and version of a package that may be listed.
    pub(super) fn package(
        &mut self,
        field: Field,
        listed: &Listed,
        name: &mut String,
        version: &mut Option<String>,
    ) {
        let place = listed.places.get(name).copied().filter(|_| !self.is_reading());
        let near = [field as u32, 0];
        let is_any = !listed.packages.is_empty();
        if !(is_any && self.flag(Field::IsListed, near, place.is_some())) {
            self.name(field, name);
            return self.own_version(field, name, version);
        }
        let n_bits = usize::BITS - (listed.packages.len() - 1).leading_zeros();
        let place = self.uniform(n_bits, place.unwrap_or(0));
        let Some((listed_name, listed_version)) = listed.packages.get(place as usize) else {
            return self.fail(Fault::Broken);
        };
        self.charge(listed_name.len());
        name.clone_from(listed_name);
        if self.flag(Field::VersionIsListed, near, version == listed_version) {
            version.clone_from(listed_version);
        } else {
            self.own_version(field, name, version);
        }
    }

    fn own_version(&mut self, field: Field, name: &str, version: &mut Option<String>) {
        let known = self.known_version(name);
        let near = [hash(field as u32, u32::from(known.is_empty())), hash_text(name)];
        self.optional_near(Field::HasVersion, near, version, String::new, |stream, version| {
            let last = stream.memory.versions.last.new.clone();
            let same = stream.memory.versions.of_known.get(&known).cloned().unwrap_or_default();
            let models = [known.as_str(), &same.new, &last, ""];
            let keys = [hash_text(name), field as u32];
            stream.version(&Beside { kind: Kind::Own, models, keys }, version);
        });
    }

    /// A version that the table has of the name; empty if it has none.
    pub(super) fn known_version(&self, name: &str) -> String {
        let form = super::name_form::of(name, &self.tables.names);
        form.map_or_else(String::new, |form| self.tables.names.version(form.known).to_owned())
    }
}
