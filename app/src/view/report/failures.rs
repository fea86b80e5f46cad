//! What failed, why, and what to do.

use analyzer::report::{Failure, Lines, Outcome};
use leptos::prelude::*;

use super::panel::{ShownRun, nothing};
use crate::component::command::command;
use crate::component::evidence::evidence;
use crate::component::icon::{Icon, icon};
use crate::format;
use crate::link;
use crate::summary::failures::{self, Cause, Dependant, ExcerptLine};
use crate::summary::remedy::{self, Step};

/// Longer lists of consequences are folded: they say little, and the next cause stands below.
const MANY: u64 = 8;

/// How many causes and consequences there are.
pub(super) fn source(run: &ShownRun) -> AnyView {
    let has_cause = run.failures.iter().any(|failure| failure.root);
    has_cause.then(|| failures::counts(run)).into_any()
}

/// One card for each cause.
pub(super) fn body(run: &ShownRun) -> AnyView {
    let causes = failures::causes(run);
    if causes.is_empty() {
        return empty(run);
    }
    causes.iter().enumerate().map(|(index, cause)| card(index, cause)).collect_view().into_any()
}

fn empty(run: &ShownRun) -> AnyView {
    if run.outcome != Outcome::Failed {
        return nothing("Nothing failed", "The log names no failure.", None);
    }
    nothing(
        "The cause is not in this log",
        "The run failed, and the lines that say why are missing. They stand above the end; a \
         longer piece of the log would have them.",
        None,
    )
}

fn card(index: usize, cause: &Cause) -> AnyView {
    let failure = cause.failure;
    let id = ["failure-", &(index + 1).to_string()].concat();
    let is_quoted = failures::is_label_quoted(failure);
    let name_class = if is_quoted { "failure__name quoted" } else { "failure__name" };
    view! {
        <article class="failure" aria-labelledby=id>
            <p class="failure__class">
                <b class="danger">{icon(Icon::Failed)} {remedy::class_name(failure.class)}</b>
                <span class="soft">{failures::aside(failure)}</span>
                {evidence(&failure.lines)}
            </p>
            <h3 class=name_class id=id.clone()>
                {failures::label(failure)}
            </h3>
            <p class="failure__meaning">{remedy::class_meaning(failure.class)}</p>
            {excerpt(failure)}
            {hashes(failure)}
            {steps(failure)}
            {dependants(&cause.dependants)}
        </article>
    }
    .into_any()
}

fn excerpt(failure: &Failure) -> AnyView {
    let lines = failures::excerpt(failure);
    view! {
        <h4>"What the log says"</h4>
        <div class="excerpt" role="region" aria-label="Lines that show the error" tabindex="0">
            <ol>{lines.iter().map(excerpt_line).collect_view()}</ol>
        </div>
    }
    .into_any()
}

fn excerpt_line(line: &ExcerptLine) -> AnyView {
    let class =
        if line.is_telling { "excerpt__line excerpt__line--telling" } else { "excerpt__line" };
    let number = line.number.map(|number| {
        let lines = Lines::one(number);
        view! {
            <a
                class="excerpt__number"
                href=link::to_lines(&lines)
                aria-label=format::lines_spoken(&lines)
            >
                {number}
            </a>
        }
    });
    view! {
        <li class=class>
            {number} <span class="excerpt__text">{line.text.to_owned()}</span>
        </li>
    }
    .into_any()
}

fn hashes(failure: &Failure) -> AnyView {
    let details = &failure.details;
    let (Some(specified), Some(got)) = (&details.specified, &details.got) else {
        return ().into_any();
    };
    view! {
        <dl class="failure__hashes">
            <dt>"specified"</dt>
            <dd class="quoted">{specified.clone()}</dd>
            <dt>"got"</dt>
            <dd class="quoted">{got.clone()}</dd>
        </dl>
    }
    .into_any()
}

fn steps(failure: &Failure) -> AnyView {
    let article = failure.remedy.as_deref().filter(|remedy| content::place(remedy).is_some());
    let article = article
        .map(|remedy| view! { <p><a href=link::to_article(remedy)>"More on what to do"</a></p> });
    let steps = remedy::steps(failure);
    if steps.is_empty() {
        return article.into_any();
    }
    view! {
        <h4>"What to do"</h4>
        <ol class="steps">{steps.into_iter().map(step).collect_view()}</ol>
        {article}
    }
    .into_any()
}

fn step(step: Step) -> AnyView {
    let text = step.command.map(|text| command(text, "this line"));
    view! { <li class="steps__step">{step.text} {text}</li> }.into_any()
}

fn dependants(dependants: &[Dependant]) -> AnyView {
    let count = dependants.len() as u64;
    if count == 0 {
        return ().into_any();
    }
    let title = format::counted(
        count,
        "more failed only because it needed this",
        "more failed only because they needed this",
    );
    view! {
        <details class="fold dependants" open=count <= MANY>
            <summary>
                <span>{title}</span>
            </summary>
            <ol class="dependants__list">{dependants.iter().map(dependant).collect_view()}</ol>
        </details>
    }
    .into_any()
}

fn dependant(dependant: &Dependant) -> AnyView {
    view! {
        <li class="dependants__item">
            <span class="quoted">{dependant.name.clone()}</span>
            {evidence(dependant.lines)}
        </li>
    }
    .into_any()
}
