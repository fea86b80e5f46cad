//! What was built, and why here.

use analyzer::report::{Derivation, DerivationStatus};

use super::panel::{FoldState, RowChoice, ShownRun, fold, lede, nothing};
use super::rows::{FEW, Field, List, field, field_if, items_of};
use crate::component::evidence::evidence;
use crate::component::grade::grade;
use crate::component::icon::{Icon, icon};
use crate::component::markup::{Child, Markup, element, quoted, soft};
use crate::component::table::ColumnKind;
use crate::format;
use crate::summary::builds::{self, Order};
use crate::summary::evidence::beyond_plan;
use crate::summary::time::{TimeText, derivation_label};
use crate::view::context::ViewContext;
use crate::view_state::Section;

const FIELDS: &[Field<Derivation>] = &[
    field("Derivation", ColumnKind::Text, |_, derivation| name(derivation)),
    field("Status", ColumnKind::Word, |_, derivation| status(derivation).into()),
    field_if(|it| it.why_built.is_some(), "Why here", ColumnKind::Text, |_, it| why(it)),
    field_if(|it| it.time.is_some(), "Time", ColumnKind::Number, |_, it| time(it)),
    field_if(|it| it.log_lines > 0, "Output", ColumnKind::Number, |_, it| output(it)),
    field_if(
        |it| it.lines.first().is_some(),
        "Line",
        ColumnKind::Lines,
        |run, it| evidence(&beyond_plan(&it.lines, run.plan.as_ref())),
    ),
];

/// How many names stand beside a folded list.
const SAMPLE: usize = 3;

/// Where the builds were announced.
pub(super) fn source(run: &ShownRun) -> Child {
    let plan = run.plan.as_ref().filter(|plan| plan.builds.is_some());
    plan.map(|plan| Child::from(["planned at ".into(), evidence(&plan.lines)])).into()
}

/// Software first, files made from the configuration folded below.
pub(super) fn body(run: &ShownRun, view: ViewContext) -> Child {
    if run.derivations.is_empty() {
        return nothing(
            "Nothing was built",
            "The log names no derivation. Either everything was there already, or the log has no \
             line of it.",
            None,
        )
        .into();
    }
    let choice = RowChoice::of(Section::Builds, view);
    let count = run.derivations.len() as u64;
    let placeholder = ["Filter ", &format::counted(count, "derivation", "derivations")].concat();
    let orders = Order::ALL.map(|order| (order.slug(), order.label()));
    let shown = run.clone();
    (
        lede(builds::lede(run)),
        choice.fields("Filter derivations", placeholder, &orders),
        choice.rows(move |search, sort| derivations(&shown, search, sort)),
    )
        .into()
}

fn derivations(run: &ShownRun, search: &str, sort: &str) -> Child {
    let order = Order::ALL.into_iter().find(|order| order.slug() == sort).unwrap_or_default();
    let (configuration, software): (Vec<usize>, Vec<usize>) = builds::rows(run, search, order)
        .into_iter()
        .partition(|index| builds::is_configuration(&run.derivations[*index]));
    if software.is_empty() && configuration.is_empty() {
        return soft("No derivation has this in its name.").attr("role", "status").into();
    }
    // What is searched for must not hide in a fold.
    let is_asked_for = !search.is_empty() || software.is_empty();
    let state = if is_asked_for { FoldState::Open } else { FoldState::Closed };
    let folded = (!configuration.is_empty()).then(|| {
        let table = rows("Configuration files", run, &configuration);
        fold(configuration_title(run, &configuration), table, state)
    });
    (rows("Software and sources", run, &software), folded).into()
}

fn configuration_title(run: &ShownRun, indices: &[usize]) -> Child {
    let count = indices.len() as u64;
    let title = format::counted(count, "configuration file ", "configuration files ");
    let first = indices.iter().take(SAMPLE);
    let sample: Vec<_> = first.map(|index| derivation_label(&run.derivations[*index])).collect();
    (title, element("span", "fold__sample quoted").text(sample.join(", "))).into()
}

fn rows(name: &'static str, run: &ShownRun, indices: &[usize]) -> Child {
    if indices.is_empty() {
        return Child::nothing();
    }
    List {
        name,
        class: "table",
        fields: FIELDS,
        items: |run| &run.derivations,
        lines: items_of(indices),
        n_at_first: FEW,
    }
    .table(run)
}

fn name(derivation: &Derivation) -> Child {
    let kind = builds::kind_word(derivation.kind).map(str::to_owned);
    let host = derivation.host.as_ref().map(|host| ["on ", host].concat());
    let words: Vec<String> = [kind, host].into_iter().flatten().collect();
    let kind = element("span", "derivation__kind soft").text(words.join(", "));
    (quoted(derivation_label(derivation)), " ", (!words.is_empty()).then_some(kind)).into()
}

/// How far a derivation came.
pub(super) fn status(derivation: &Derivation) -> Markup {
    let (sign, class) = match derivation.status {
        DerivationStatus::Built => (Icon::Good, "status good"),
        DerivationStatus::Failed => (Icon::Failed, "status danger"),
        DerivationStatus::Building => (Icon::Begun, "status"),
        DerivationStatus::Blocked | DerivationStatus::Planned | DerivationStatus::Unknown => {
            (Icon::Nothing, "status")
        }
    };
    let word = builds::status_word(derivation.status);
    element("span", class).child(icon(sign)).child(element("span", "status__word").text(word))
}

/// Why it was built here, with how sure that is.
pub(super) fn why(derivation: &Derivation) -> Child {
    let Some(why) = &derivation.why_built else { return Child::nothing() };
    let (reason, confidence) = builds::why_words(why);
    let cause = builds::cause_name(derivation).map(|name| quoted(name.to_owned()));
    let cause: Child = cause.map(|name| Child::from([": ".into(), Child::from(name)])).into();
    (reason, cause, " ", soft(["(", confidence, ")"].concat())).into()
}

fn time(derivation: &Derivation) -> Child {
    derivation.time.as_ref().map(|time| timed(TimeText::of(time))).into()
}

/// A time with its grade.
pub(super) fn timed(time: TimeText) -> Markup {
    element("span", "time").text(time.short).text(" ").child(grade(time.known))
}

fn output(derivation: &Derivation) -> Child {
    match derivation.log_lines {
        0 => Child::nothing(),
        n => format::counted(n.into(), "line", "lines").into(),
    }
}
