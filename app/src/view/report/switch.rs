//! What happened to the running system, and whether to reboot.

use analyzer::report::{RebootReason, RebootVerdict};
use leptos::prelude::*;

use super::panel::{ShownRun, nothing};
use crate::component::command::command;
use crate::component::evidence::evidence;
use crate::component::icon::{Icon, icon};
use crate::format;
use crate::summary::commands;
use crate::summary::switch::{self, UnitAction, UnitGroup};

/// The lines of the switch.
pub(super) fn source(run: &ShownRun) -> AnyView {
    match &run.activation {
        Some(activation) => evidence(&activation.lines),
        None if run.activated == Some(true) => ().into_any(),
        None => "not reached".into_any(),
    }
}

/// Reboot, units, boot loader and system.
pub(super) fn body(run: &ShownRun) -> AnyView {
    let not_reached = (!switch::was_reached(run))
        .then(|| nothing("Not reached", switch::not_reached_reason(run), None));
    view! { {reboot(run)} {not_reached} {units(run)} {system(run)} }.into_any()
}

fn reboot(run: &ShownRun) -> AnyView {
    let is_asked = matches!(run.reboot.verdict, RebootVerdict::Needed | RebootVerdict::Advised);
    if !is_asked && !switch::was_reached(run) {
        return ().into_any();
    }
    let (class, sign) = if is_asked {
        let sign = view! { <span class="warning">{icon(Icon::Turn)}</span> }.into_any();
        ("reboot reboot--asked", sign)
    } else {
        ("reboot", icon(Icon::Nothing))
    };
    let reasons = &run.reboot.reasons;
    let reasons = (!reasons.is_empty()).then(
        || view! { <ul class="reboot__reasons">{reasons.iter().map(reason).collect_view()}</ul> },
    );
    view! {
        <div class=class>
            <h3 class="reboot__title">{sign} {switch::reboot_title(run)}</h3>
            <p>{switch::reboot_sentence(run)}</p>
            {reasons}
            <p>{switch::SETTLED_BY}</p>
            {command(commands::BOOTED_OR_CURRENT, "command")}
        </div>
    }
    .into_any()
}

fn reason(reason: &RebootReason) -> AnyView {
    view! {
        <li>
            <span class="quoted">{reason.what.clone()}</span>
            " "
            {evidence(&reason.lines)}
        </li>
    }
    .into_any()
}

fn units(run: &ShownRun) -> AnyView {
    let Some(activation) = &run.activation else { return ().into_any() };
    let groups = switch::unit_groups(activation);
    view! { <dl class="units">{groups.iter().map(unit_group).collect_view()}</dl> }.into_any()
}

fn unit_group(group: &UnitGroup) -> AnyView {
    let names = if group.names.is_empty() {
        view! { <span class="soft">"No unit failed."</span> }.into_any()
    } else {
        view! { <span class="quoted">{group.names.join(", ")}</span> }.into_any()
    };
    let meaning = group.action.meaning().map(|text| view! { <p class="soft">{text}</p> });
    let term = view! {
        {unit_sign(group)}
        <span>
            {group.action.label()} " "
            <span class="units__count">{format::length(group.names)}</span>
        </span>
    };
    fact(term.into_any(), view! { {names} {meaning} }.into_any(), evidence(group.lines))
}

fn unit_sign(group: &UnitGroup) -> AnyView {
    match group.action {
        UnitAction::Failed if !group.names.is_empty() => {
            view! { <span class="danger">{icon(Icon::Failed)}</span> }.into_any()
        }
        UnitAction::NotRestarted => {
            view! { <span class="warning">{icon(Icon::Warning)}</span> }.into_any()
        }
        UnitAction::Restarted | UnitAction::Reloaded => icon(Icon::Turn),
        UnitAction::New | UnitAction::Started => icon(Icon::Good),
        UnitAction::Failed | UnitAction::Stopped => icon(Icon::Nothing),
    }
}

/// Boot loader, generation and system, as far as they are named.
fn system(run: &ShownRun) -> AnyView {
    let mut facts = Vec::new();
    let mut add = |name: &'static str, value: Option<String>, lines: &analyzer::report::Lines| {
        if let Some(value) = value {
            let value = view! { <span class="quoted">{value}</span> }.into_any();
            facts.push(fact(name.into_any(), value, evidence(lines)));
        }
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
        return ().into_any();
    }
    view! {
        <h3 class="panel__sub">"The system"</h3>
        <dl class="units">{facts}</dl>
    }
    .into_any()
}

fn fact(term: AnyView, value: AnyView, lines: AnyView) -> AnyView {
    view! {
        <div class="units__group">
            <dt class="units__term">{term}</dt>
            <dd class="units__value">{value}</dd>
            <dd class="units__line">{lines}</dd>
        </div>
    }
    .into_any()
}
