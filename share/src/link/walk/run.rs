//! What the verdict says of a run.

use analyzer::report::{
    Activation, Closure, Garbage, Lines, NixFlavour, Outcome, Plan, Reboot, RebootReason,
    RebootVerdict, Run, System, Tool,
};

use super::{counts, time};
use crate::link::field::Field;
use crate::link::stream::Stream;

const TOOLS: [Tool; 15] = [
    Tool::NixosRebuild,
    Tool::DarwinRebuild,
    Tool::HomeManager,
    Tool::Nix,
    Tool::NixBuild,
    Tool::NixStore,
    Tool::Nh,
    Tool::Colmena,
    Tool::DeployRs,
    Tool::SwitchToConfiguration,
    Tool::Nvd,
    Tool::Dix,
    Tool::NixFastBuild,
    Tool::NixosAnywhere,
    Tool::Comin,
];

const FLAVOURS: [NixFlavour; 3] = [NixFlavour::Nix, NixFlavour::Lix, NixFlavour::Determinate];

const OUTCOMES: [Outcome; 5] =
    [Outcome::Succeeded, Outcome::Failed, Outcome::Interrupted, Outcome::DryRun, Outcome::Unknown];

const REBOOTS: [RebootVerdict; 4] =
    [RebootVerdict::Needed, RebootVerdict::Advised, RebootVerdict::NoSign, RebootVerdict::Unknown];

pub(super) fn blank() -> Run {
    Run::unknown("")
}

pub(super) fn verdict(stream: &mut Stream<'_>, run: &mut Run) {
    stream.one_of(Field::Outcome, [0, 0], &OUTCOMES, &mut run.outcome);
    stream.optional(
        Field::Activated,
        &mut run.activated,
        || false,
        |stream, activated| {
            stream.switch(Field::Activated, [0, 0], activated);
        },
    );
    reboot(stream, &mut run.reboot);
    stream.optional(
        Field::Tool,
        &mut run.tool,
        || Tool::Nix,
        |stream, tool| {
            stream.one_of(Field::Tool, [0, 0], &TOOLS, tool);
        },
    );
    stream.optional(
        Field::Flavour,
        &mut run.nix_flavour,
        || NixFlavour::Nix,
        |stream, it| {
            stream.one_of(Field::Flavour, [0, 0], &FLAVOURS, it);
        },
    );
    stream.optional_text(Field::Host, &mut run.host);
    stream.optional_text(Field::Command, &mut run.command);
    stream.optional(Field::System, &mut run.system, System::default, system);
    time::span(stream, 1, &mut run.time);
    stream.list(Field::Stages, &mut run.stages, &time::blank_stage(), time::stage);
    time::timeline(stream, &mut run.timeline);
    stream.optional(Field::Plan, &mut run.plan, Plan::default, plan);
    stream.optional(Field::Closure, &mut run.closure, Closure::default, closure);
    stream.optional(Field::Garbage, &mut run.garbage, Garbage::default, |stream, garbage| {
        stream.optional_size(Field::Freed, &mut garbage.freed_bytes);
        stream.optional_size(Field::Deleted, &mut garbage.paths_deleted);
    });
    stream.optional(
        Field::Activation,
        &mut run.activation,
        Activation::default,
        |stream, activation| stream.optional_text(Field::Bootloader, &mut activation.bootloader),
    );
    stream.optional(Field::Counts, &mut run.counts, Default::default, counts::counts);
}

fn reboot(stream: &mut Stream<'_>, reboot: &mut Reboot) {
    stream.one_of(Field::Reboot, [0, 0], &REBOOTS, &mut reboot.verdict);
    let blank = RebootReason { what: String::new(), lines: Lines::default() };
    stream.list(Field::Reasons, &mut reboot.reasons, &blank, |stream, reason| {
        stream.text(Field::Reason, &mut reason.what);
        stream.memory.versions.learn_reason(&reason.what);
    });
}

fn system(stream: &mut Stream<'_>, system: &mut System) {
    stream.optional(Field::Label, &mut system.label, String::new, |stream, label| {
        stream.label(label);
    });
    stream.optional_size(Field::Generation, &mut system.generation);
}

fn plan(stream: &mut Stream<'_>, plan: &mut Plan) {
    stream.optional_size(Field::PlanBuilds, &mut plan.builds);
    stream.optional_size(Field::PlanFetches, &mut plan.fetches);
    stream.optional_size(Field::PlanDownload, &mut plan.download_bytes);
    stream.optional_size(Field::PlanUnpacked, &mut plan.unpacked_bytes);
}

fn closure(stream: &mut Stream<'_>, closure: &mut Closure) {
    stream.optional_size(Field::ClosureOld, &mut closure.old_bytes);
    stream.optional_size(Field::ClosureNew, &mut closure.new_bytes);
    stream.optional_size(Field::PathsAdded, &mut closure.paths_added);
    stream.optional_size(Field::PathsRemoved, &mut closure.paths_removed);
    // Mostly it is what is between both.
    let between = closure.old_bytes.zip(closure.new_bytes);
    let between = between.and_then(|(old, new)| new.checked_signed_diff(old));
    if stream.flag(Field::DeltaIsBetween, [0, 0], closure.delta_bytes == between) {
        closure.delta_bytes = between;
    } else {
        stream.optional(
            Field::Delta,
            &mut closure.delta_bytes,
            || 0,
            |stream, delta| {
                stream.signed(Field::Delta, 0, delta);
            },
        );
    }
}
