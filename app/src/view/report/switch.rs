//! What happened to the running system, and whether to reboot.

use analyzer::report::{Lines, RebootReason, RebootVerdict};

use super::panel::{RowChoice, ShownRun, nothing};
use super::rows::Plain;
use crate::component::command::command;
use crate::component::evidence::evidence;
use crate::component::icon::{Icon, icon, icon_in};
use crate::component::markup::{Child, Markup, element, quoted, soft};
use crate::component::term::explained;
use crate::format;
use crate::summary::commands;
use crate::summary::switch::{self, UnitAction, UnitGroup};
use crate::view::context::ViewContext;
use crate::view_state::Section;

/// The lines of the switch.
pub(super) fn source(run: &ShownRun) -> Child {
    match &run.activation {
        Some(activation) => evidence(&activation.lines),
        None if run.activated == Some(true) => Child::nothing(),
        None => "not reached".into(),
    }
}

/// Reboot, units, boot loader and system.
pub(super) fn body(run: &ShownRun, view: ViewContext) -> Child {
    let not_reached = (!switch::was_reached(run))
        .then(|| nothing("Not reached", switch::not_reached_reason(run), None));
    (reboot(run), not_reached, units(run, view), system(run)).into()
}

fn reboot(run: &ShownRun) -> Child {
    let is_asked = matches!(run.reboot.verdict, RebootVerdict::Needed | RebootVerdict::Advised);
    if !is_asked && !switch::was_reached(run) {
        return Child::nothing();
    }
    let (class, sign) = if is_asked {
        ("reboot reboot--asked", icon_in("warning", Icon::Turn))
    } else {
        ("reboot", icon(Icon::Nothing))
    };
    let reasons = &run.reboot.reasons;
    let reasons =
        (!reasons.is_empty()).then(|| element("ul", "").children(reasons.iter().map(reason)));
    element("div", class)
        .child(element("h3", "reboot__title").child(sign).text(switch::reboot_title(run)))
        .child(element("p", "").child(explained(switch::reboot_sentence(run))))
        .child(reasons)
        .child(element("p", "").text(switch::SETTLED_BY))
        .child(command(commands::BOOTED_OR_CURRENT, "command"))
        .into()
}

fn reason(reason: &RebootReason) -> Markup {
    element("li", "").child(quoted(reason.what.clone())).text(" ").child(evidence(&reason.lines))
}

/// More units than this have fields to find and sort them.
const MANY_UNITS: usize = 8;

const TABLE: Plain = Plain {
    name: "Units that the switch touched",
    columns: &["Unit", "What happened"],
    rows: switch::rows,
};

fn units(run: &ShownRun, view: ViewContext) -> Child {
    let Some(activation) = &run.activation else { return Child::nothing() };
    let groups = switch::unit_groups(activation);
    let n_units = groups.iter().map(|group| group.names.len()).sum();
    let choice = RowChoice::of(Section::Switch, view);
    let fields = (n_units > MANY_UNITS).then(|| {
        let count = format::counted(n_units as u64, "entry", "entries");
        choice.fields("Filter units", ["Filter ", &count].concat(), &switch::ORDERS)
    });
    let as_table = (n_units > 1).then(|| TABLE.folded(run, n_units));
    let run = run.clone();
    let found = choice.rows(move |search, sort| {
        let found = run.activation.as_ref().map(|it| switch::found(it, search, sort));
        let found = found.unwrap_or_default();
        if found.is_empty() {
            return soft("No unit has this in its name.").attr("role", "status").into();
        }
        element("dl", "units").children(found.iter().map(unit_group)).into()
    });
    (fields, found, as_table).into()
}

fn unit_group(group: &UnitGroup) -> Markup {
    let names = if group.names.is_empty() {
        soft("No unit failed.")
    } else {
        quoted(group.names.join(", "))
    };
    let meaning = group.action.meaning().map(|text| element("p", "soft").child(explained(text)));
    let count = element("span", "units__count").text(format::length(&group.names));
    let label = element("span", "").text(group.action.label()).text(" ").child(count);
    let term = [unit_sign(group), label].into();
    fact(term, (names, meaning).into(), group.lines)
}

fn unit_sign(group: &UnitGroup) -> Markup {
    match group.action {
        UnitAction::Failed if !group.names.is_empty() => icon_in("danger", Icon::Failed),
        UnitAction::NotRestarted => icon_in("warning", Icon::Warning),
        UnitAction::Restarted | UnitAction::Reloaded => icon(Icon::Turn),
        UnitAction::New | UnitAction::Started => icon(Icon::Good),
        UnitAction::Failed | UnitAction::Stopped => icon(Icon::Nothing),
    }
}

/// Boot loader, generation and system, as far as they are named.
fn system(run: &ShownRun) -> Child {
    let mut facts: Vec<Markup> = Vec::new();
    let mut add = |name: &'static str, value: Option<String>, lines: &Lines| {
        facts.extend(value.map(|value| fact(explained(name), quoted(value).into(), lines)));
    };
    if let Some(activation) = &run.activation {
        add("Boot loader", activation.bootloader.clone(), &activation.bootloader_lines);
    }
    if let Some(system) = &run.system {
        add("Generation", system.generation.map(format::count), &system.lines);
        add("System", system.label.clone(), &system.lines);
        add("Path", system.path.clone(), &system.lines);
    }
    if facts.is_empty() {
        return Child::nothing();
    }
    [element("h3", "panel__sub").text("The system"), element("dl", "units").children(facts)].into()
}

fn fact(term: Child, value: Child, lines: &Lines) -> Markup {
    element("div", "units__group")
        .child(element("dt", "units__term").child(term))
        .child(element("dd", "units__value").child(value))
        .child(element("dd", "units__line").child(evidence(lines)))
}
