//! Packages that a link has named before, with their versions.

use alloc::vec::Vec;

use bits::{Fault, Kind, hash};

use crate::field::Field;
use crate::map::Map;
use crate::name_form;
use crate::report::{Change, Failure, Run};
use crate::stream::{Stream, hash_text};
use crate::value::Value;
use crate::versions::Beside;

/// Packages in the order in which they came, each name once. Of the pair of each, the old side is
/// its version, and the new side has a byte if there is one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Listed(Map);

impl Listed {
    /// Those that failed, and those that changed, with their new versions.
    pub(crate) fn of(run: &Value) -> Self {
        let mut listed = Self::default();
        for failure in run.at(Run::Failures).items() {
            if failure.at(Failure::Name).is_there() {
                listed.push(failure.at(Failure::Name), Some(failure.at(Failure::Version)));
            }
        }
        listed.add_changes(run);
        listed
    }

    /// Those that changed.
    pub(crate) fn of_changes(run: &Value) -> Self {
        let mut listed = Self::default();
        listed.add_changes(run);
        listed
    }

    fn add_changes(&mut self, run: &Value) {
        for change in run.at(Run::Changes).items() {
            self.push(change.at(Change::Name), change.at(Change::New).items().first());
        }
    }

    fn push(&mut self, name: &Value, version: Option<&Value>) {
        if self.0.place(name.text()).is_some() {
            return;
        }
        let pair = self.0.entry(name.text());
        if let Some(version) = version.filter(|version| version.is_there()) {
            pair.old = version.text().to_vec();
            pair.new.push(1);
        }
    }
}

impl<'t> Stream<'t> {
    /// Codes the name and version of a package that may be listed.
    pub(crate) fn package(
        &mut self,
        field: Field,
        listed: &Listed,
        name: &mut Vec<u8>,
        version: &mut Value,
    ) {
        let Listed(map) = listed;
        let place = if self.is_reading() { None } else { map.place(name) };
        let near = [field as u32, 0];
        if map.len() == 0 || !self.flag(Field::IsListed, near, place.is_some()) {
            self.name(field, name);
            return self.own_version(field, name, version);
        }
        let n_bits = usize::BITS - (map.len() - 1).leading_zeros();
        let place = self.uniform(n_bits, place.unwrap_or(0) as u32);
        let Some((listed_name, pair)) = map.at(place as usize) else {
            return self.fail(Fault::Broken);
        };
        self.charge(listed_name.len());
        name.clone_from(listed_name);
        let has_version = !pair.new.is_empty();
        let is_same = version.is_there() == has_version && version.text() == pair.old;
        if !self.flag(Field::VersionIsListed, near, is_same) {
            self.own_version(field, name, version);
        } else if has_version {
            version.text_mut().clone_from(&pair.old);
        }
    }

    fn own_version(&mut self, field: Field, name: &[u8], version: &mut Value) {
        let known = self.known_version(name);
        let key = hash_text(name);
        let near = [hash(field as u32, u32::from(known.is_empty())), key];
        if !self.is_there(Field::HasVersion, near, version) {
            return;
        }
        let last = self.memory.versions.last.new.clone();
        let same = self.memory.versions.of_known(known);
        let models: [&[u8]; 4] = [known, &same.new, &last, b""];
        let beside = Beside { kind: Kind::Own, models, keys: [key, field as u32] };
        self.version(&beside, version.text_mut());
    }

    /// A version that the table has of the name; empty if it has none.
    pub(crate) fn known_version(&self, name: &[u8]) -> &'t [u8] {
        let names = self.names;
        name_form::of(name, names).map_or(&[], |form| names.version(form.known))
    }
}
