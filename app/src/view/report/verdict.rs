//! How the run ended, and the sentences that a person should read first.

use analyzer::report::Finding;
use leptos::prelude::*;

use super::panel::ShownRun;
use crate::component::evidence::evidence;
use crate::component::icon::{Icon, icon};
use crate::format;
use crate::link;
use crate::summary::verdict::{self, Mood, Piece};

/// The headline with its sentences.
pub(super) fn verdict(run: &ShownRun) -> AnyView {
    let headline = verdict::verdict(run);
    let (class, sign) = match headline.mood {
        Mood::Good => ("good", Icon::Good),
        Mood::Mixed => ("warning", Icon::Warning),
        Mood::Bad => ("danger", Icon::Failed),
        Mood::Neutral => ("soft", Icon::Nothing),
    };
    let then = headline.then.map(|then| view! { " " <span class="unbroken">{then}</span> });
    view! {
        <h1 class="verdict__title">
            <span class=class>{icon(sign)}</span>
            <span>
                <span class="unbroken">{headline.word}</span>
                {then}
            </span>
        </h1>
        <ul class="verdict__sentences">
            {verdict::findings(&run.report, run.index).map(sentence).collect_view()}
        </ul>
    }
    .into_any()
}

fn sentence(finding: &Finding) -> AnyView {
    view! {
        <li>
            {verdict::pieces(&finding.text).map(piece).collect_view()} " "
            {evidence(&finding.lines)} {article(finding)}
        </li>
    }
    .into_any()
}

fn piece(piece: Piece) -> AnyView {
    match piece {
        Piece::Words(words) => words.to_owned().into_any(),
        Piece::Command(text) => view! { <code>{text.to_owned()}</code> }.into_any(),
    }
}

fn article(finding: &Finding) -> AnyView {
    let named = finding.article.as_deref().and_then(content::place);
    let Some(place) = named.or_else(|| content::for_code(&finding.id)) else {
        return ().into_any();
    };
    let Some(article) = content::article(place.slug) else { return ().into_any() };
    let reference = match place.heading {
        Some(heading) => [place.slug, heading].join("#"),
        None => place.slug.to_owned(),
    };
    view! {
        " "
        <a class="verdict__article" href=link::to_article(&reference)>
            "Explained"
            <span class="visually-hidden">": " {article.title}</span>
        </a>
    }
    .into_any()
}

/// What was read: name, lines, clock.
pub(super) fn source_bar(name: &str, run: &ShownRun) -> AnyView {
    let source = &run.report.source;
    let lines = format::counted(source.lines.into(), "line", "lines");
    let understood = format::percent(source.understood_lines.into(), source.lines.into());
    let clock = run.time.from.as_deref().and_then(format::date_time);
    view! {
        <div class="source">
            <span class="source__name quoted">{name.to_owned()}</span>
            <span>{lines} ", " {understood} " understood"</span>
            <span>{clock.unwrap_or_else(|| "no clock".into())}</span>
            {run.command.clone().map(|command| view! { <span class="quoted">{command}</span> })}
            <span class="source__actions">
                <a class="button" href="./">
                    "Read another log"
                </a>
            </span>
        </div>
    }
    .into_any()
}
