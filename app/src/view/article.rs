//! Articles beside the report: the margin note of a section, and the pane with a whole article.

use content::{Mentions, Note, Run, Style, fill};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::document::{self, HtmlElement};
use crate::browser::files;
use crate::browser::fragment::{self, Filling};
use crate::client::Client;
use crate::component::markup::{Child, Markup, element};
use crate::component::term::{mentions, with_terms};
use crate::figures;
use crate::link;
use crate::values::Values;
use crate::view::context::use_view;
use crate::view_state::Section;

/// The heart of an article beside the section that it explains, with the reader's own numbers;
/// nothing for a section that no article explains.
#[component]
pub fn MarginNote(
    /// The section that it stands beside.
    section: Section,
    /// The reader's own numbers.
    values: Values,
) -> impl IntoView {
    content::for_section(section.slug()).map(|note| margin_note(note, values).into_any())
}

fn margin_note(note: &'static Note, values: Values) -> impl IntoView {
    let level = move |paragraphs| {
        let filled = fill(paragraphs, &|name| values.get(name));
        let mut mentions = mentions();
        let paragraphs = filled.into_iter().map(|runs| paragraph(runs, &mut mentions));
        paragraphs.collect::<Child>().into_any()
    };
    let reference = match note.heading {
        Some(heading) => [note.article, heading].join("#"),
        None => note.article.to_owned(),
    };
    view! {
        <aside class="margin-note" aria-label=["Explained: ", note.title].concat()>
            // On a narrow screen it stands below its section and opens on demand.
            <details class="fold" open=document::is_wide()>
                <summary>"What does this mean?"</summary>
                <div class="margin-note__body">
                    <h3>{note.title}</h3>
                    <div class="level level--new">{level(note.new)}</div>
                    <div class="level level--knows">{level(note.knows)}</div>
                    <p><a href=link::to_article(&reference)>"Read the article"</a></p>
                </div>
            </details>
        </aside>
    }
}

/// Chooses the reading level of the whole page. `theme.js` listens to these buttons, since
/// pages without this program have them too.
pub(super) fn level_switch() -> impl IntoView {
    let knows = document::root_data("level").as_deref() == Some("knows");
    let button = |level, label, is_pressed: bool| {
        view! {
            <button type="button" data-set-level=level aria-pressed=is_pressed.to_string()>
                {label}
            </button>
        }
    };
    view! {
        <div class="level-switch" role="group" aria-label="Reading level">
            {button("new", "New to Nix", !knows)} {button("knows", "Knows Nix", knows)}
        </div>
    }
}

fn paragraph(runs: Vec<Run>, mentions: &mut Mentions<'_>) -> Markup {
    let run = |run: Run| -> Child {
        match run.style {
            Style::Plain => with_terms(&run.text, mentions),
            Style::Code => element("code", "").text(run.text).into(),
            Style::Strong => element("strong", "").text(run.text).into(),
            Style::Own => element("b", "margin-note__own").text(run.text).into(),
        }
    };
    element("p", "").children(runs.into_iter().map(run))
}

/// The article that the address names, whole, beside the report or over it on a narrow screen.
#[component]
pub fn ArticlePane(
    /// The reader's own numbers; `None` while no report is shown.
    #[prop(into)]
    values: Signal<Option<Values>>,
) -> impl IntoView {
    let view = use_view();
    let opened = Memo::new(move |_| {
        let article = view.state().with(|state| state.article.clone())?;
        values.with(Option::is_some).then_some(article)
    });
    return_focus(opened);
    move || {
        let place = content::place(&opened.get()?)?;
        let article = content::article(place.slug)?;
        let values = values.get_untracked()?;
        Some(view! { <Pane title=article.title place values/> }.into_any())
    }
}

/// Gives the focus back to what had it before the article was opened.
fn return_focus(opened: Memo<Option<String>>) {
    let before = StoredValue::new_local(None::<HtmlElement>);
    Effect::new(move |was_open: Option<bool>| {
        let is_open = opened.with(Option::is_some);
        match (was_open.unwrap_or(false), is_open) {
            (false, true) => before.set_value(document::focused()),
            (true, false) => {
                if let Some(element) = before.try_update_value(Option::take).flatten() {
                    document::focus(&element);
                }
            }
            _ => {}
        }
        is_open
    });
}

#[component]
fn Pane(title: &'static str, place: content::Place, values: Values) -> impl IntoView {
    let view = use_view();
    let body = NodeRef::<html::Div>::new();
    let missing = RwSignal::new(false);
    let client = expect_context::<Client>();
    spawn_local(async move {
        let address = ["learn/", place.slug, "/fragment.html"].concat();
        let fetched = files::fetch_text(&address).await;
        // The pane may have been closed meanwhile.
        let Some(body) = body.try_get_untracked().flatten() else { return };
        match fetched {
            Ok(text) => show(&body, &text, place.heading, &values),
            Err(_) => missing.set(true),
        }
        let figures = fragment::figures(&body);
        if !figures.is_empty() {
            let report = client.last_report().bytes.to_vec();
            fragment::draw(&body, figures::drawn(&report, values.run(), figures).await);
        }
    });
    view! {
        <aside class="article-pane" aria-label=title>
            <div class="article-pane__bar">
                <a href=["learn/", place.slug, "/"].concat() target="_blank">"Open as a page"</a>
                <button
                    class="button button--small"
                    type="button"
                    on:click=move |_| view.update(|state| state.article = None)
                >
                    "Close the article"
                </button>
            </div>
            <Show when=move || missing.get()>
                <p role="alert">"The article could not be fetched."</p>
            </Show>
            <div class="article" node_ref=body></div>
        </aside>
    }
}

fn show(body: &HtmlElement, html: &str, heading: Option<&str>, values: &Values) {
    let get = |name: &str| values.get(name);
    let filling = Filling {
        text: &|place| {
            let value = values.get(&place.value)?;
            Some(content::fill_value(&value, &place.zero, &place.one, &place.many))
        },
        applies: &|condition| content::applies(condition, &get),
        link: &link::to_article,
    };
    fragment::show(body, html, &filling);
    fragment::go_to(body, heading);
}
