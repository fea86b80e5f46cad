//! A short text form of a report that a person can compare with the log.

use std::collections::BTreeMap;
use std::fmt::Debug;

use analyzer::report::{
    Activation, Change, Closure, Derivation, Direction, Failure, FailureDetails, Fetch, Finding,
    Garbage, Grade, Input, InputRevision, Lines, Listing, Phase, Plan, Reboot, Report, Run, Source,
    Span, StageTime, System, Timeline, Warning,
};

/// Lists longer than this are shown by their first and last entry.
const LISTED: usize = 14;

/// Renders a report. Equal reports give equal text; the reverse need not hold.
pub(crate) fn render(report: &Report) -> String {
    [
        source(&report.source),
        each(&report.runs, run),
        "\n".to_owned(),
        each(&report.findings, finding),
        each(&report.notes, |it| format!("note: {it}\n")),
    ]
    .concat()
}

fn source(it: &Source) -> String {
    let truncated = if it.truncated { ", truncated" } else { "" };
    [
        format!(
            "source: {} lines, {} understood, {}{truncated}\n",
            it.lines, it.understood_lines, it.encoding
        ),
        names("envelopes", &it.envelopes),
        names("dialects", &it.dialects),
        each(&it.listing, listing),
    ]
    .concat()
}

fn listing(it: &Listing) -> String {
    let bytes = some(it.bytes, "", |bytes| format!(", {bytes} bytes"));
    format!("listing: {}, {} paths{bytes}{}\n", word(it.kind), it.paths, at(&it.lines))
}

fn run(it: &Run) -> String {
    let activated = it.activated.map(|yes| if yes { ", activated" } else { ", not activated" });
    [
        format!("\nrun: {}, {}", some(it.tool, "no tool", word), word(it.outcome)),
        activated.unwrap_or_default().to_owned(),
        some(it.nix_flavour, "", |it| format!(", {}", word(it))),
        format!(" {}\n", lines(&it.lines)),
        field("command", it.command.as_deref()),
        field("host", it.host.as_deref()),
        run_time(&it.time),
        each(&it.stages, stage),
        timeline(&it.timeline),
        each(&it.plan, plan),
        each(&it.inputs, input),
        derivations(&it.derivations),
        fetches(&it.fetches),
        each(&it.failures, failure),
        each(&it.warnings, warning),
        each(&it.changes, change),
        each(&it.closure, closure),
        each(&it.activation, activation),
        each(&it.system, system),
        reboot(&it.reboot),
        each(&it.garbage, garbage),
    ]
    .concat()
}

fn stage(it: &StageTime) -> String {
    let from = some(it.from_s, "", |from| format!(" at {}", seconds(from)));
    format!("  stage {}{from}: {}{}\n", word(it.stage), span(&it.time), at(&it.time.lines))
}

fn timeline(it: &Timeline) -> String {
    let chain = |length| format!("chain of {} in {}", it.chain.len(), seconds(length));
    let parts = [
        it.slots.map(|slots| format!("{slots} at once")),
        it.chain_s.map(chain),
        it.lower_bound_s.map(|bound| format!("at least {}", seconds(bound))),
        it.binds.map(|binds| format!("bound by {}", word(binds))),
        (!it.edges.is_empty()).then(|| ["made of", &edges(&it.edges)].concat()),
    ];
    let text = joined(parts, ", ");
    if text.is_empty() { text } else { format!("  timeline: {text}\n") }
}

/// Places of derivations in the list, that of the input last.
fn edges(edges: &[[u32; 2]]) -> String {
    let edge = |[user, input]: &[u32; 2]| format!(" {}<-{}", user + 1, input + 1);
    edges.iter().map(edge).collect::<Vec<_>>().concat()
}

fn span(it: &Span) -> String {
    let low = it.low_s.map(|low| format!("from {}", seconds(low)));
    let high = it.high_s.map(|high| format!("to {}", seconds(high)));
    let value = it.total_s.map_or_else(|| joined([low, high], " "), seconds);
    if value.is_empty() { word(it.grade) } else { format!("{value} {}", word(it.grade)) }
}

/// The time of a run, with the reason why it is known.
fn run_time(it: &Span) -> String {
    if it.grade == Grade::Unknown {
        return String::new();
    }
    format!("time: {}{}\n  {}\n", span(it), at(&it.lines), it.because)
}

fn plan(it: &Plan) -> String {
    let parts = [
        it.builds.map(|n| format!("{n} builds")),
        it.fetches.map(|n| format!("{n} fetches")),
        it.download_bytes.map(|n| format!("{n} bytes to download")),
        it.unpacked_bytes.map(|n| format!("{n} bytes unpacked")),
    ];
    format!("plan: {}{}\n", joined(parts, ", "), at(&it.lines))
}

fn input(it: &Input) -> String {
    let old = some(it.old.as_ref(), "", |old| format!("  - {}\n", revision(old)));
    let new = some(it.new.as_ref(), "", |new| format!("  + {}\n", revision(new)));
    format!("input {}: {}{}\n{old}{new}", it.name, word(it.kind), at(&it.lines))
}

fn revision(it: &InputRevision) -> String {
    let follows = it.follows.as_ref().map(|other| format!("follows {other}"));
    joined([it.url.clone(), it.rev.clone(), it.date.clone(), follows], " | ")
}

fn derivations(all: &[Derivation]) -> String {
    let groups = grouped(all, |it| format!("builds {}", word(it.status)));
    each(&groups, |(group, some)| {
        format!("{group}: {}\n{}", some.len(), listed(some, |it| derivation(it)))
    })
}

fn derivation(it: &Derivation) -> String {
    let output = (it.log_lines > 0).then(|| format!(", {} lines of output", it.log_lines));
    [
        format!("  {} ({})", versioned(&it.name, it.version.as_deref()), word(it.kind)),
        if it.planned { "" } else { ", unplanned" }.to_owned(),
        some(it.host.as_ref(), "", |host| format!(", on {host}")),
        some(it.time.as_ref(), "", |time| format!(", {}", span(time))),
        some(it.drag_s, "", |drag_s| format!(", drags by {}", seconds(drag_s))),
        some(it.silence.as_ref(), "", |it| {
            format!(", silent {}{}", seconds(it.seconds), at(&it.lines))
        }),
        some(it.why_built.as_ref(), "", |why| {
            format!(", {} {}", word(why.confidence), word(why.guess))
        }),
        output.unwrap_or_default(),
        format!("{}\n", at(&it.lines)),
        each(&it.phases, phase),
    ]
    .concat()
}

fn phase(it: &Phase) -> String {
    let time = some(it.time.as_ref(), "", |time| format!(" {}", span(time)));
    format!("    {}{time}{}\n", it.name, at(&it.lines))
}

fn fetches(all: &[Fetch]) -> String {
    let groups = grouped(all, |it| {
        let direction = if it.direction == Direction::From { "from" } else { "to" };
        format!("paths {} {direction} {}", word(it.status), it.store.as_deref().unwrap_or("?"))
    });
    each(&groups, |(group, some)| {
        format!("{group}: {}\n{}", some.len(), listed(some, |it| fetch(it)))
    })
}

fn fetch(it: &Fetch) -> String {
    [
        format!("  {}", versioned(&it.name, it.version.as_deref())),
        some(it.output.as_ref(), "", |output| format!(" !{output}")),
        some(it.bytes, "", |bytes| format!(", {bytes} bytes")),
        if it.retries > 0 { format!(", {} retries", it.retries) } else { String::new() },
        format!("{}\n", at(&it.lines)),
    ]
    .concat()
}

fn failure(it: &Failure) -> String {
    let rank = if it.root { "FAILURE" } else { "follows" };
    [
        format!("{rank} {}", word(it.class)),
        some(it.name.as_ref(), "", |name| format!(" {}", versioned(name, it.version.as_deref()))),
        some(it.unit.as_ref(), "", |unit| format!(" {unit}")),
        some(it.exit_code, "", |code| format!(", exit {code}")),
        some(it.caused_by.as_ref(), "", |cause| format!(", because of {}", short(cause))),
        format!("{}\n  {}\n", at(&it.lines), it.message.replace('\n', "\n  ")),
        details(&it.details),
        excerpt(it),
        if it.output.0.is_empty() {
            String::new()
        } else {
            format!("  output{}\n", at(&it.output))
        },
    ]
    .concat()
}

fn excerpt(it: &Failure) -> String {
    let numbered: Vec<_> = it.excerpt_lines.iter().zip(&it.excerpt).collect();
    let mark = |line: &u32| if it.error_line == Some(*line) { '!' } else { '>' };
    listed(&numbered, |(line, text)| format!("  {} {line}: {text}\n", mark(line)))
}

fn details(it: &FailureDetails) -> String {
    [
        field("  specified", it.specified.as_deref()),
        field("  got", it.got.as_deref()),
        field("  signal", it.signal.as_deref()),
        field("  at", it.position.as_deref()),
        some(it.dependencies, "", |n| format!("  dependencies: {n}\n")),
    ]
    .concat()
}

fn warning(it: &Warning) -> String {
    let text = it.message.replace('\n', "\n  ");
    format!("warning {} x{}{}: {text}\n", word(it.class), it.count, at(&it.lines))
}

fn change(it: &Change) -> String {
    [
        format!("change {}: {}", it.name, word(it.kind)),
        some(it.level, "", |level| format!(" {}", word(level))),
        format!(" {} -> {}", side(&it.old, it.old_count), side(&it.new, it.new_count)),
        some(it.nix_order, "", |order| format!(", {}", word(order))),
        some(it.size_delta_bytes, "", |delta| format!(", {delta:+} bytes")),
        if it.selected == Some(true) { ", selected" } else { "" }.to_owned(),
        some(it.family.as_ref().filter(|family| **family != it.name), "", |family| {
            format!(", family {family}")
        }),
        some(it.renamed_from.as_ref(), "", |old| format!(", was {old}")),
        format!(", {}{}\n", word(it.source), at(&it.lines)),
    ]
    .concat()
}

fn side(versions: &[String], count: Option<u32>) -> String {
    let count = some(count, "", |count| format!(" ({count} paths)"));
    let versions = if versions.is_empty() { "none".to_owned() } else { versions.join(", ") };
    versions + &count
}

fn closure(it: &Closure) -> String {
    let parts = [
        it.old_bytes.map(|n| format!("old {n}")),
        it.new_bytes.map(|n| format!("new {n}")),
        it.delta_bytes.map(|n| format!("delta {n:+}")),
        it.paths_added.map(|n| format!("{n} paths added")),
        it.paths_removed.map(|n| format!("{n} paths removed")),
    ];
    format!("closure: {}{}\n", joined(parts, ", "), at(&it.lines))
}

fn activation(it: &Activation) -> String {
    let (units, places) = (&it.units, &it.unit_lines);
    let bootloader = |name| format!("  boot loader: {name}{}\n", at(&it.bootloader_lines));
    [
        format!("activation:{}\n", at(&it.lines)),
        unit_list("stopped", &units.stopped, &places.stopped),
        unit_list("started", &units.started, &places.started),
        unit_list("restarted", &units.restarted, &places.restarted),
        unit_list("reloaded", &units.reloaded, &places.reloaded),
        unit_list("not restarted", &units.not_restarted, &places.not_restarted),
        unit_list("new", &units.new, &places.new),
        unit_list("failed", &units.failed, &places.failed),
        some(it.bootloader.as_deref(), "", bootloader),
    ]
    .concat()
}

fn unit_list(name: &str, units: &[String], place: &Lines) -> String {
    if units.is_empty() {
        return String::new();
    }
    format!("  {name}: {}{}\n", units.join(", "), at(place))
}

fn system(it: &System) -> String {
    let path = it.path.as_deref().map(|path| short(path).to_owned());
    let generation = it.generation.map(|number| format!("generation {number}"));
    format!("system: {}{}\n", joined([path, it.label.clone(), generation], ", "), at(&it.lines))
}

fn reboot(it: &Reboot) -> String {
    let reasons = each(&it.reasons, |reason| format!("  {}{}\n", reason.what, at(&reason.lines)));
    format!("reboot: {}\n{reasons}", word(it.verdict))
}

fn garbage(it: &Garbage) -> String {
    let bytes = it.freed_bytes.map(|n| format!("{n} bytes"));
    let paths = it.paths_deleted.map(|n| format!("{n} paths"));
    format!("garbage: {}{}\n", joined([bytes, paths], ", "), at(&it.lines))
}

fn finding(it: &Finding) -> String {
    let article = some(it.article.as_ref(), "", |article| format!(" ({article})"));
    format!("{} {}{}: {}{article}\n", word(it.severity), it.id, at(&it.lines), it.text)
}

/// `DryRun` is `dry_run`, as in JSON.
fn word(value: impl Debug) -> String {
    let mut out = String::new();
    for letter in format!("{value:?}").chars() {
        if letter.is_uppercase() && !out.is_empty() {
            out.push('_');
        }
        out.extend(letter.to_lowercase());
    }
    out
}

fn seconds(value: f64) -> String {
    format!("{value:.3} s")
}

fn versioned(name: &str, version: Option<&str>) -> String {
    some(version, name, |version| format!("{name} {version}"))
}

/// A store path without the store and its hash.
fn short(path: &str) -> &str {
    const PREFIX_LEN: usize = "/nix/store/".len() + 33;
    if path.starts_with("/nix/store/") { path.get(PREFIX_LEN..).unwrap_or(path) } else { path }
}

fn lines(it: &Lines) -> String {
    let ranges =
        it.0.iter().map(
            |[first, last]| {
                if first == last { first.to_string() } else { format!("{first}-{last}") }
            },
        );
    format!("[{}]", ranges.collect::<Vec<_>>().join(" "))
}

/// The lines after what they prove, or nothing.
fn at(it: &Lines) -> String {
    if it.0.is_empty() { String::new() } else { format!(" {}", lines(it)) }
}

fn field(name: &str, value: Option<&str>) -> String {
    some(value, "", |value| format!("{name}: {value}\n"))
}

fn names(name: &str, all: &[String]) -> String {
    field(name, Some(all.join(" ")).filter(|it| !it.is_empty()).as_deref())
}

fn some<T>(value: Option<T>, otherwise: &str, show: impl FnOnce(T) -> String) -> String {
    value.map_or_else(|| otherwise.to_owned(), show)
}

fn joined<const N: usize>(parts: [Option<String>; N], separator: &str) -> String {
    parts.into_iter().flatten().collect::<Vec<_>>().join(separator)
}

fn each<'a, T: 'a>(all: impl IntoIterator<Item = &'a T>, show: impl Fn(&T) -> String) -> String {
    all.into_iter().map(show).collect()
}

fn grouped<T>(all: &[T], group: impl Fn(&T) -> String) -> Vec<(String, Vec<&T>)> {
    let mut groups: BTreeMap<String, Vec<&T>> = BTreeMap::new();
    for it in all {
        groups.entry(group(it)).or_default().push(it);
    }
    groups.into_iter().collect()
}

fn listed<T>(all: &[T], show: impl Fn(&T) -> String) -> String {
    match all {
        [first, .., last] if all.len() > LISTED => format!("{}  ...\n{}", show(first), show(last)),
        _ => all.iter().map(show).collect(),
    }
}
