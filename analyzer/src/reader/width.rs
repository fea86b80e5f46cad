//! How wide the terminal was that a progress bar was drawn on: it cuts what is wider.

use crate::message::bar::{self, Bar};

/// The widest drawings so far.
#[derive(Debug, Default)]
pub(super) struct Width {
    /// Characters of the widest drawing.
    most: usize,
    /// What the first drawing of that width was doing.
    activity: String,
    /// Whether drawings that do different things are as wide: the terminal is no wider, then.
    is_reached: bool,
}

impl Width {
    /// Takes a drawing.
    pub(super) fn see(&mut self, drawing: &str) {
        let width = drawing.chars().count();
        if width < self.most {
            return;
        }
        let activity = drawing.split_once(']').map_or(drawing, |(_, activity)| activity);
        if width > self.most {
            activity.clone_into(&mut self.activity);
            (self.most, self.is_reached) = (width, false);
        } else {
            self.is_reached |= self.activity != activity;
        }
    }

    /// Reads a drawing, without the name at its end if that may have been cut.
    pub(super) fn read<'a>(&self, drawing: &'a str) -> Option<Bar<'a>> {
        let mut bar = bar::parse(drawing)?;
        let may_be_cut = self.is_reached && drawing.chars().count() == self.most;
        if may_be_cut && bar.ends_with_name(drawing) {
            bar.activity = None;
        }
        Some(bar)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(drawings: &[&str], drawing: &str, has_name: bool) {
        let mut width = Width::default();
        for drawing in drawings {
            width.see(drawing);
        }
        assert_eq!(width.read(drawing).unwrap().activity.is_some(), has_name);
    }

    #[test]
    fn a_name_at_the_end_may_be_cut_where_the_terminal_ends() {
        let cut = "[1/30/31 built] building nixos-system-host-24.11.2025031";
        let other = "[1/29/31 built] building linux-6.12.19 (buildPhase):   CC";
        check(&[other, &cut[..cut.len()]], cut, true);
        check(&[&other[..cut.len()], cut], cut, false);
        check(&[cut], cut, true);
        check(&[cut, &cut.replace("30", "29")], cut, true);
    }
}
