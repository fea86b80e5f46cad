//! The versions in the plan of a log that compares nothing, with the old ones from a kept report.

use analyzer::report::{Change, ChangeSource};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Reports, arrow, empty, piece, table_of};
use crate::client::Client;
use crate::component::markup::{Child, Markup, element, soft};
use crate::format;
use crate::keeping;
use crate::kept::list::Row;
use crate::planned::{self, Planned};
use crate::summary::versions;
use crate::view::context::ViewContext;
use crate::view::report::panel::{ShownRun, lede};
use crate::view_state::Since;

/// What is known of the plan.
#[derive(Clone)]
enum Plan {
    /// It was not asked for.
    Unasked,
    OnItsWay,
    Found(Planned),
    /// It cannot be had, for this reason.
    Unknown(String),
}

/// What the person asks for.
#[derive(Clone, PartialEq)]
enum Asked {
    Nothing,
    /// The versions of the plan.
    New,
    /// Also the old ones, from a kept report.
    Since(Box<Row>),
}

impl Asked {
    fn row(self) -> Option<Row> {
        match self {
            Self::Since(row) => Some(*row),
            Self::Nothing | Self::New => None,
        }
    }
}

/// The report that old versions are taken from, as the rows name it.
#[derive(Clone)]
struct TakenFrom(String);

/// The versions of the plan, if the person asks for them or has kept a report that tells the old
/// ones; else why there are none.
pub(super) fn planned(run: &ShownRun, view: ViewContext) -> Child {
    let earlier: RwSignal<Vec<Row>> = RwSignal::default();
    let plan = RwSignal::new_local(Plan::Unasked);
    let own = view.state().with_untracked(|state| state.kept);
    let shown = run.clone();
    spawn_local(async move {
        // Where nothing is kept, or nothing can be, there is nothing to choose from.
        let all = keeping::known().await;
        earlier.try_set(planned::earlier(&shown, &all, own));
    });
    let names_host = run.host.is_some();
    let asked = Memo::new(move |_| {
        let since = view.state().with(|state| state.since);
        earlier.with(|rows| asked(rows, since, names_host))
    });
    let (client, index) = (expect_context::<Client>(), run.index);
    Effect::new(move || {
        let now = asked.get();
        if now == Asked::Nothing {
            plan.set(Plan::Unasked);
            return;
        }
        plan.set(Plan::OnItsWay);
        let report = client.last_report().bytes.to_vec();
        spawn_local(async move {
            let found = find(&report, index, now.clone().row().as_ref()).await;
            if asked.try_get_untracked() == Some(now) {
                plan.set(found.map_or_else(Plan::Unknown, Plan::Found));
            }
        });
    });
    let run = run.clone();
    let made = move || match plan.get() {
        Plan::Unasked if run.changes.is_empty() => (empty(&run), ask(view)).into(),
        Plan::Unasked => of_plan(&run, view, Reports::Shown, None),
        Plan::OnItsWay => soft("Looking for the versions in the plan.").into(),
        Plan::Unknown(why) => Child::from((element("p", "danger").text(why), empty(&run))),
        Plan::Found(found) => {
            let run = ShownRun { report: found.report, index: run.index };
            of_plan(&run, view, Reports::Made(found.bytes), asked.get_untracked().row())
        }
    };
    let made = move || Child::into_any(made());
    (source_field(view, earlier, asked), made.into_any()).into()
}

/// The versions of the plan with the old ones of a kept run.
async fn find(report: &[u8], run: usize, row: Option<&Row>) -> Result<Planned, String> {
    let earlier = match row {
        Some(row) => Some((row.run, keeping::report_bytes(row.id).await?)),
        None => None,
    };
    planned::planned(report, run, earlier).await
}

/// What is asked for. That a report without a host is of this one is not guessed.
fn asked(rows: &[Row], since: Since, names_host: bool) -> Asked {
    let row = match since {
        Since::Nowhere => return Asked::New,
        Since::SameHost if names_host => rows.first(),
        Since::SameHost => None,
        Since::Kept(id) => rows.iter().find(|row| row.id == id),
    };
    row.map_or(Asked::Nothing, |row| Asked::Since(Box::new(row.clone())))
}

fn of_plan(run: &ShownRun, view: ViewContext, of: Reports, row: Option<Row>) -> Child {
    if let Some(row) = &row {
        provide_context(TakenFrom(kept_on(row)));
    }
    let taken = versions::of_history(run);
    let from =
        row.map(|row| ["the report kept on ", &kept_on(&row), " (", &row.label, ")"].concat());
    (lede(Some(versions::plan_lede(run, taken, from.as_deref()))), table_of(run, view, of)).into()
}

/// The day on which a report was kept.
fn kept_on(row: &Row) -> String {
    format::date(&row.at).unwrap_or_else(|| "an unknown day".to_owned())
}

/// The button that asks for the plan.
fn ask(view: ViewContext) -> AnyView {
    view! {
        <p class="panel__after">
            <button
                class="button"
                type="button"
                on:click=move |_| view.update(|state| state.since = Since::Nowhere)
            >
                "List what was built and fetched"
            </button>
        </p>
    }
    .into_any()
}

/// Where the old versions come from; nothing where there is no choice.
fn source_field(view: ViewContext, earlier: RwSignal<Vec<Row>>, asked: Memo<Asked>) -> AnyView {
    let option = move |row: Row| {
        let is_chosen = asked.get_untracked().row().as_ref() == Some(&row);
        let option = element("option", "").attr("value", Since::Kept(row.id).to_value());
        let option = if is_chosen { option.attr("selected", "") } else { option };
        option.text([&kept_on(&row), ": ", &row.label].concat())
    };
    let choose = move |value: String| view.update(|state| state.since = Since::from_value(&value));
    let field = move || {
        let rows = earlier.get();
        (!rows.is_empty()).then(|| {
            let nothing = element("option", "").attr("value", Since::Nowhere.to_value());
            let options: Child =
                (nothing.text("no report"), rows.into_iter().map(option).collect::<Child>()).into();
            view! {
                <p class="panel__fields">
                    <label class="field">
                        "Old versions from a kept report "
                        <select
                            class="field__select"
                            on:change:target=move |event| choose(event.target().value())
                        >
                            {options}
                        </select>
                    </label>
                </p>
            }
        })
    };
    field.into_any()
}

/// What stands in a row whose old version comes from a kept report; `None` for all others.
pub(super) fn from_kept(change: &Change) -> Option<Markup> {
    if change.source != ChangeSource::History {
        return None;
    }
    let TakenFrom(day) = use_context()?;
    let steps = versions::steps(change);
    let side = |pieces: Vec<versions::Piece>| pieces.into_iter().map(piece).collect::<Child>();
    let (old, new): (Vec<Child>, Vec<Child>) =
        steps.into_iter().map(|step| (side(step.old), side(step.new))).unzip();
    let new = element("span", "version").child(arrow()).children(new);
    let old = element("span", "version").children(old);
    let was = soft("was ").child(old).text([" in the report kept on ", &day].concat());
    Some(element("span", "").child(new).text(" ").child(was))
}
