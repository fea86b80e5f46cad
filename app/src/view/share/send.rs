//! Ways to hand the report on: a link, a file, a text.

use std::time::Duration;

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::making::{Making, Phase};
use super::{button, live, part};
use crate::browser::{clipboard, crypto, document, files, share_sheet};
use crate::component::icon::{Icon, icon};
use crate::component::markup::{Child, Markup, element};

/// How long the browser may take to begin with a file.
const SAVED: Duration = Duration::from_mins(1);

/// A form of file: what it is called in the program, on its button, how its name ends, and its
/// media type.
type Form = (&'static str, &'static str, &'static str, &'static str);

const FORMS: [Form; 5] = [
    ("html", "One HTML page", "html", "text/html"),
    ("markdown", "Markdown", "md", "text/markdown"),
    ("json", "JSON", "json", "application/json"),
    ("csv", "CSV of versions", "csv", "text/csv"),
    ("trace", "Trace for Perfetto", "trace.json", "application/json"),
];

/// Lets the browser save a text as a file.
pub(super) fn save(name: &str, media_type: &str, text: &str) {
    if let Some(saving) = files::save(name, media_type, text) {
        set_timeout(move || drop(saving), SAVED);
    }
}

/// A field for a password, folded away.
pub(super) fn password(making: &'static Making) -> Markup {
    let field = view! {
        <label class="field share__password">
            "Password "
            <input
                class="field__input"
                type="password"
                autocomplete="new-password"
                on:input:target=move |event| making.type_password(event.target().value())
            />
        </label>
    };
    let (sentence, field) =
        if crypto::is_there() { (PASSWORD, Some(field.into_any())) } else { (NO_PASSWORD, None) };
    element("details", "fold")
        .child(element("summary", "").text("Protect the link with a password"))
        .child(element("p", "soft").text(sentence))
        .child(field)
}

const PASSWORD: &str = "The report is encrypted in this browser. Whoever opens the link is asked \
                        for the password, and nobody can restore it: send it by another way. \
                        Files are not encrypted.";

const NO_PASSWORD: &str = "Browsers encrypt only on pages that came by HTTPS. This one did not.";

/// Buttons for the report as a file or a text.
pub(super) fn files(making: &'static Making) -> Markup {
    let body = move || {
        if making.phase.with(|phase| *phase != Phase::Ready) {
            return Child::nothing();
        }
        let copy = small("Copy as Markdown", Box::new(move || copy_markdown(making)));
        let forms = FORMS.map(|form| small(form.1, Box::new(move || save_form(making, form))));
        let buttons = element("div", "share__buttons").child(copy).child(forms);
        (element("p", "soft").text(WHOLE), buttons).into()
    };
    part("share-files", "As a file").child(live(Box::new(body)))
}

const WHOLE: &str = "The whole report, masked in the same way, whatever the link carries. Never \
                     the log itself. The HTML page needs neither network nor script.";

fn small(label: &'static str, act: Box<dyn Fn()>) -> AnyView {
    button("button button--small", label.into(), act)
}

fn save_form(making: &'static Making, (form, _, end, media_type): Form) {
    spawn_local(async move {
        making.say("");
        match making.export(form).await {
            Ok(text) => making.say(&save_as(end, media_type, &text)),
            Err(sentence) => making.say(&sentence),
        }
    });
}

fn copy_markdown(making: &'static Making) {
    spawn_local(async move {
        making.say("");
        match making.export("markdown").await {
            Ok(text) if clipboard::copy(&text).await => making.say("Copied as Markdown."),
            Ok(text) => {
                let saved = save_as("md", "text/markdown", &text);
                making.say(&["This browser does not let the page copy. ", &saved].concat());
            }
            Err(sentence) => making.say(&sentence),
        }
    });
}

fn save_as(end: &str, media_type: &str, text: &str) -> String {
    let name = ["rebuild-report.", end].concat();
    save(&name, media_type, text);
    ["Saved as ", &name, "."].concat()
}

/// The link itself, with what can be done with it.
pub(super) fn link(making: &'static Making) -> Markup {
    let field = NodeRef::<html::Input>::new();
    let link = move || making.link.get().map(|link| link.to_string()).unwrap_or_default();
    let input = view! {
        <label class="field share__link">
            "Link "
            <input class="field__input" type="text" readonly node_ref=field prop:value=link/>
        </label>
    };
    let label = [Child::from(icon(Icon::Copy)), "Copy link".into()].into();
    let copy = button("button button--first", label, Box::new(move || copy_link(making, field)));
    let sheet = share_sheet::is_there()
        .then(|| small("Share by an app…", Box::new(move || hand_on(making))));
    let said = live(Box::new(move || making.said.get().into()));
    element("footer", "share__foot")
        .child(element("div", "share__buttons").child(input.into_any()).child(copy).child(sheet))
        .child(element("p", "share__said").attr("role", "status").child(said))
        .child(element("p", "soft").text(INSIDE))
}

const INSIDE: &str = "The report is inside the link. No server stores it; whoever has the link \
                      can read it.";

fn copy_link(making: &'static Making, field: NodeRef<html::Input>) {
    let Some(link) = making.link.get_untracked() else {
        making.say("The link is not ready yet.");
        return;
    };
    spawn_local(async move {
        making.say("");
        if clipboard::copy(&link).await {
            making.say("The link is copied.");
            return;
        }
        if let Some(field) = field.get_untracked() {
            // Focus first: a field without it shows no selection.
            document::focus(&field);
            field.select();
        }
        making.say("This browser does not let the page copy. The link is selected: press Ctrl C.");
    });
}

fn hand_on(making: &'static Making) {
    if let Some(link) = making.link.get_untracked() {
        share_sheet::open("A rebuild report", &link);
    }
}
