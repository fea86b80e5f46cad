//! What the human log of a run would have been of which the internal-json is known.

use std::collections::BTreeMap;
use std::fmt::Write;

use miniserde::json::Object;

use crate::truth::{Arrival, BUILD, COPY, OUTPUT, field, number, record, text};

/// How a human log is written.
#[derive(Clone, Copy)]
pub(crate) struct Style {
    /// With the time of arrival on each line.
    pub(crate) stamps: bool,
    /// With the name of its build before each line of output.
    pub(crate) names: bool,
}

/// The human log of the run. Only internal-json tells when builds end.
pub(crate) fn human(arrivals: &[Arrival<'_>], style: Style) -> String {
    let mut builds: BTreeMap<u64, String> = BTreeMap::new();
    let mut log = String::new();
    for line in arrivals {
        let printed = match record(line.text) {
            Some(record) => printed(&record, &mut builds, style),
            None => line.text.to_owned(),
        };
        for part in printed.lines() {
            let stamp = if style.stamps { clock(line.second) + " " } else { String::new() };
            writeln!(log, "{stamp}{part}").expect("a string grows");
        }
    }
    log
}

/// The lines that Nix prints where it writes this record.
fn printed(record: &Object, builds: &mut BTreeMap<u64, String>, style: Style) -> String {
    let id = number(record, "id").unwrap_or(0);
    match (text(record, "action"), number(record, "type")) {
        (Some("msg"), _) if number(record, "level") <= Some(3) => {
            text(record, "msg").unwrap_or_default().to_owned()
        }
        (Some("start"), Some(BUILD)) => {
            let drv = field(record).expect("a build names its derivation");
            builds.insert(id, drv.to_owned());
            format!("building '{drv}'...")
        }
        (Some("start"), Some(COPY)) => format!("{}...", text(record, "text").unwrap_or_default()),
        (Some("result"), Some(OUTPUT)) => {
            let output = field(record).unwrap_or_default();
            let drv = builds.get(&id).map_or("", String::as_str);
            if style.names { format!("{}> {output}", name(drv)) } else { output.to_owned() }
        }
        _ => String::new(),
    }
}

/// `2026-11-22T06:25:47.454861Z`, from seconds of the day.
pub(crate) fn clock(second: f64) -> String {
    let minutes = (second / 60.0).floor();
    let (hour, minute) = ((minutes / 60.0).floor(), minutes % 60.0);
    format!("2026-11-22T{hour:02.0}:{minute:02.0}:{:09.6}Z", second - minutes * 60.0)
}

/// `ollama` of `/nix/store/…-ollama-0.6.0.drv`.
fn name(drv: &str) -> &str {
    let name = drv.get("/nix/store/".len() + 33..).unwrap_or(drv);
    analyzer::store_path::split_name_version(analyzer::store_path::without_drv(name)).0
}
