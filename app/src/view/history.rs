//! The reports that the person keeps on this device.

mod trends;

use std::sync::Arc;
use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::files::{self, Input};
use crate::browser::storage;
use crate::browser::{address, document};
use crate::component::grade::grade;
use crate::component::icon::{Icon, icon_in};
use crate::component::markup::{Child, Markup, element, quoted, soft, spoken};
use crate::component::table::{Column, ColumnKind, Row as TableRow, Table, table};
use crate::format;
use crate::keeping;
use crate::kept::Kept;
use crate::kept::facts::Facts;
use crate::kept::file;
use crate::kept::list::{Host, Row, Stored, by_host};
use crate::link;
use crate::summary::verdict::Mood;
use crate::view::context::{ViewContext, use_view};
use crate::view_state::{Page, Side, SideOrder, ViewState};

/// The list of kept reports.
#[component]
pub fn History() -> impl IntoView {
    document::set_title("History · Rebuildscope");
    let shelf = Shelf::new();
    shelf.refresh();
    view! {
        <div class="history" on:click=move |click| shelf.take(&click)>
            <h1>"Reports kept on this device"</h1>
            <p class="history__intro">{INTRO}</p>
            <div class="history__actions">{shelf.actions()}</div>
            <p class="history__said" role="status">{move || shelf.said()}</p>
            {move || shelf.list()}
            <section class="history__stored" inner_html=STORED></section>
        </div>
    }
}

const INTRO: &str = "Every report has a button to keep it. What you keep stays here for later: \
                     to look at again, to compare, and to know old versions that a log leaves out.";

/// What is stored, and how to check it.
const STORED: &str = include_str!("history/stored.html");

/// What the person does with the list, and what stands in it.
#[derive(Clone, Copy)]
struct Shelf {
    view: ViewContext,
    content: RwSignal<Content>,
    /// The reports that are to be compared, by their numbers.
    chosen: RwSignal<Vec<u32>>,
    done: RwSignal<Done>,
}

/// What is known of the list.
#[derive(Clone, PartialEq)]
enum Content {
    Loading,
    Reports(Vec<Stored>),
    /// It cannot be had, for this reason.
    Unknown(String),
}

/// What was done last.
#[derive(Clone, Default)]
struct Done {
    sentence: String,
    /// What was deleted.
    deleted: Vec<String>,
}

/// Where a button says what it does.
const DOES: &str = "data-does";

/// How long the browser may take to begin with a file.
const SAVED: Duration = Duration::from_mins(1);

const SAVED_AS: &str = "rebuildscope-reports.txt";

impl Shelf {
    fn new() -> Self {
        Self {
            view: use_view(),
            content: RwSignal::new(Content::Loading),
            chosen: RwSignal::default(),
            done: RwSignal::default(),
        }
    }

    /// Reads again what is kept.
    fn refresh(self) {
        spawn_local(async move {
            let content = match keeping::all().await {
                Ok(reports) => Content::Reports(reports),
                Err(error) => Content::Unknown(error.to_string()),
            };
            self.chosen.set(Vec::new());
            self.content.set(content);
        });
    }

    /// Takes a click anywhere in the list.
    fn take(self, click: &ev::MouseEvent) {
        let Some(action) = document::clicked(click, DOES) else { return };
        let (verb, id) = action.split_once(' ').unwrap_or((&action, ""));
        let id = id.parse().unwrap_or(0);
        match verb {
            "choose" => self.chosen.update(|chosen| toggle(chosen, id)),
            "compare" => self.compare(),
            "delete" => self.delete(move |stored| stored.id == id),
            "clear" => self.delete(|_| true),
            "undo" => self.undo(),
            "save" => self.save(),
            _ => {}
        }
    }

    fn reports(self) -> Vec<Stored> {
        match self.content.get_untracked() {
            Content::Reports(reports) => reports,
            Content::Loading | Content::Unknown(_) => Vec::new(),
        }
    }

    fn delete(self, is_meant: impl Fn(&Stored) -> bool) {
        let (gone, left): (Vec<_>, Vec<_>) = self.reports().into_iter().partition(is_meant);
        spawn_local(async move {
            let deleted = match gone.as_slice() {
                [one] => storage::remove(one.id).await,
                _ if left.is_empty() => storage::clear().await,
                _ => Ok(()),
            };
            let n = gone.len() as u64;
            self.done.set(match deleted {
                Ok(()) => Done {
                    sentence: format::counted(n, "report is deleted.", "reports are deleted."),
                    deleted: gone.iter().map(|stored| stored.kept.to_text()).collect(),
                },
                Err(error) => Done { sentence: error.to_string(), deleted: Vec::new() },
            });
            self.refresh();
        });
    }

    fn undo(self) {
        let deleted = self.done.with_untracked(|done| done.deleted.clone());
        self.add(async move {
            let n = deleted.len() as u64;
            let back = storage::add(&deleted).await.map_err(|error| error.to_string());
            back.map(|()| format::counted(n, "report is back.", "reports are back."))
        });
    }

    fn import(self, input: Input) {
        self.done.set(Done { sentence: "Reading the file.".to_owned(), deleted: Vec::new() });
        self.add(async move {
            let text = input.text().await.map_err(|_| UNREADABLE.to_owned())?;
            keeping::import(&text).await.map(|imported| imported.sentence())
        });
    }

    /// Waits for reports to be added, and says what came of it.
    fn add(self, added: impl Future<Output = Result<String, String>> + 'static) {
        spawn_local(async move {
            let sentence = added.await.unwrap_or_else(|error| error);
            self.done.set(Done { sentence, deleted: Vec::new() });
            self.refresh();
        });
    }

    fn save(self) {
        let kept: Vec<Kept> = self.reports().into_iter().map(|stored| stored.kept).collect();
        let text = file::write(&kept, &address::base());
        if let Some(saving) = files::save(SAVED_AS, "text/plain", &text) {
            set_timeout(move || drop(saving), SAVED);
        }
    }

    fn compare(self) {
        // In the order in which they were chosen: the old one first.
        if let [old, new] = self.chosen.get_untracked()[..] {
            let sides = [old, new].map(Side::Kept);
            let side_order = SideOrder::Chosen;
            self.view.go(ViewState {
                page: Page::Compare,
                sides,
                side_order,
                ..ViewState::default()
            });
        }
    }
}

const UNREADABLE: &str = "The browser could not read the file. Choose it again.";

fn toggle(chosen: &mut Vec<u32>, id: u32) {
    let before = chosen.len();
    chosen.retain(|other| *other != id);
    if chosen.len() == before {
        chosen.push(id);
    }
}

// What stands on the page.
impl Shelf {
    /// Buttons for all reports together, and the one that brings reports in.
    fn actions(self) -> impl IntoView {
        let count = Memo::new(move |_| match self.content.get() {
            Content::Reports(reports) => reports.len(),
            Content::Loading | Content::Unknown(_) => 0,
        });
        let n_chosen = Memo::new(move |_| self.chosen.with(Vec::len));
        let import = move |inputs: Vec<Input>| {
            if let Some(input) = inputs.into_iter().next() {
                self.import(input);
            }
        };
        view! {
            <button class="button" type="button" data-does="compare" disabled=move || n_chosen.get() != 2>
                "Compare the two chosen"
            </button>
            <button class="button" type="button" data-does="save" disabled=move || count.get() == 0>
                "Save all as a file"
            </button>
            <label class="button history__import">
                <input
                    class="visually-hidden"
                    type="file"
                    on:change:target=move |event| import(Input::from_picker(&event.target()))
                />
                "Add from a file"
            </label>
            <button class="button" type="button" data-does="clear" disabled=move || count.get() == 0>
                "Delete all"
            </button>
        }
    }

    /// What was done last, with the way back.
    fn said(self) -> AnyView {
        let Done { sentence, deleted } = self.done.get();
        let undo = (!deleted.is_empty()).then(|| button("undo".to_owned(), "Undo", ""));
        let said: Child = (element("span", "").text(sentence), undo).into();
        said.into_any()
    }

    /// The reports by their hosts.
    fn list(self) -> AnyView {
        let list: Child = match self.content.get() {
            Content::Loading => Child::nothing(),
            Content::Unknown(why) => element("p", "danger").text(why).into(),
            Content::Reports(reports) if reports.is_empty() => {
                element("p", "panel__nothing").text(EMPTY).into()
            }
            Content::Reports(reports) => by_host(&reports).into_iter().map(host).collect(),
        };
        list.into_any()
    }
}

const EMPTY: &str = "No report is kept yet.";

const COLUMNS: [Column; 9] = [
    column("Report", ColumnKind::Text),
    column("When", ColumnKind::Text),
    column("Outcome", ColumnKind::Text),
    column("Time", ColumnKind::Number),
    column("Download", ColumnKind::Number),
    column("Closure", ColumnKind::Number),
    column("Versions changed", ColumnKind::Number),
    column("Compare", ColumnKind::Control),
    column("Delete", ColumnKind::Control),
];

const fn column(label: &'static str, kind: ColumnKind) -> Column {
    Column { label, kind }
}

/// The runs of a host.
fn host(host: Host) -> Child {
    let table_name = match &host.name {
        Some(name) => ["Kept reports of ", name].concat(),
        None => "Kept reports of logs that name no host".to_owned(),
    };
    let name: Child = match host.name {
        Some(name) => quoted(name).into(),
        None => "Logs that name no host".into(),
    };
    let charts = trends::charts(&host.rows);
    let (n_rows, rows) = (host.rows.len(), host.rows);
    let row = Arc::new(move |index: usize| TableRow::Cells(cells(&rows[index])));
    let columns = Arc::new(COLUMNS);
    let (class, n_at_first) = ("table", n_rows);
    let made = Table { name: table_name.into(), class, columns, n_rows, n_at_first, row };
    (element("h2", "").child(name), charts, table(made)).into()
}

/// What stands in each of [`COLUMNS`].
fn cells(row: &Row) -> Vec<Child> {
    let facts = &row.facts;
    let time = facts.time();
    let known = |text: Option<String>| text.map_or_else(|| soft("?").into(), Child::from);
    vec![
        report(row).into(),
        when(row),
        outcome(facts),
        (time.short, " ", grade(time.known)).into(),
        known(facts.download_bytes.map(format::size)),
        known(facts.closure_bytes.map(format::size)),
        known(facts.changed.map(format::count)),
        choice(row).into(),
        button(["delete ", &row.id.to_string()].concat(), "Delete", &row.label).into(),
    ]
}

fn report(row: &Row) -> Markup {
    let label = if row.label.trim().is_empty() { "without a name" } else { &row.label };
    element("a", "quoted").attr("href", link::to_kept(row.id, row.run)).text(label.to_owned())
}

fn when(row: &Row) -> Child {
    match row.facts.from.as_deref().and_then(format::date_time) {
        Some(time) => time.into(),
        None => (soft("no clock; kept "), format::date(&row.at).unwrap_or_default()).into(),
    }
}

fn outcome(facts: &Facts) -> Child {
    let sign = match facts.mood {
        Mood::Good => icon_in("good", Icon::Good),
        Mood::Mixed => icon_in("warning", Icon::Warning),
        Mood::Bad => icon_in("danger", Icon::Failed),
        Mood::Neutral => icon_in("soft", Icon::Nothing),
    };
    (sign, " ", facts.word.trim_end_matches('.').to_owned()).into()
}

/// The field that puts a report among those to compare.
fn choice(row: &Row) -> Markup {
    element("input", "history__choice")
        .attr("type", "checkbox")
        .attr("aria-label", ["Compare ", &row.label].concat())
        .attr("autocomplete", "off")
        .attr(DOES, ["choose ", &row.id.to_string()].concat())
}

/// A button; `of` says what it is for to those who do not see where it stands.
fn button(does: String, label: &'static str, of: &str) -> Markup {
    element("button", "button button--small")
        .attr("type", "button")
        .attr(DOES, does)
        .text(label)
        .child(spoken([" ", of].concat()))
}
