//! What a switch did to units and to the boot loader.

use analyzer::report::{Activation, Lines, Run};

use super::{lines, section};
use crate::export::document::{Block, Phrase};

/// A row for each list of units, and one for the boot loader.
pub(super) fn switch(run: &Run) -> Vec<Block> {
    let rows = run.activation.as_ref().map(rows).unwrap_or_default();
    section("Switch", vec!["", "Units", "Lines"], rows)
}

fn rows(activation: &Activation) -> Vec<Vec<Phrase>> {
    let (units, places) = (&activation.units, &activation.unit_lines);
    let lists = [
        ("failed", &units.failed, &places.failed),
        ("not restarted", &units.not_restarted, &places.not_restarted),
        ("stopped", &units.stopped, &places.stopped),
        ("restarted", &units.restarted, &places.restarted),
        ("reloaded", &units.reloaded, &places.reloaded),
        ("started", &units.started, &places.started),
        ("new", &units.new, &places.new),
    ];
    let named = lists.into_iter().filter(|(_, units, _)| !units.is_empty());
    let mut rows: Vec<_> =
        named.map(|(name, units, place)| unit_list(name, units, place)).collect();
    rows.extend(activation.bootloader.as_ref().map(|bootloader| {
        let place = lines(&activation.bootloader_lines);
        vec![Phrase::own("boot loader"), Phrase::log(bootloader), place]
    }));
    rows
}

fn unit_list(name: &str, units: &[String], place: &Lines) -> Vec<Phrase> {
    let names = Phrase::default().and_names(units.iter().map(String::as_str), units.len());
    vec![Phrase::own(name), names, lines(place)]
}
