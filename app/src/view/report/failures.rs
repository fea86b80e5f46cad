//! What failed, why, and what to do.

use std::ops::Range;
use std::sync::Arc;

use analyzer::report::{Failure, Lines, Outcome};

use super::panel::{FoldState, RowChoice, ShownRun, fold, nothing};
use super::rows::Plain;
use crate::component::command::command;
use crate::component::evidence::evidence;
use crate::component::icon::{Icon, icon};
use crate::component::markup::{Child, Markup, element, quoted, soft};
use crate::component::steps::Steps;
use crate::component::term::explained;
use crate::format;
use crate::link;
use crate::summary::failures::{self, Cause, Dependant, ExcerptLine};
use crate::summary::remedy::{self, Step};
use crate::view::context::ViewContext;
use crate::view_state::Section;

/// Longer lists of consequences are folded: they say little, and the next cause stands below.
const MANY: u64 = 8;

/// Causes that are shown at first: what else the run did would be far below more of them.
const FEW: usize = 12;

/// Cards that are added at once: few enough for one frame on a slow machine.
const CARDS_PER_FRAME: usize = 4;

/// How many causes and consequences there are.
pub(super) fn source(run: &ShownRun) -> Child {
    let has_cause = run.failures.iter().any(|failure| failure.root);
    has_cause.then(|| failures::counts(run)).into()
}

const TABLE: Plain =
    Plain { name: "What failed", columns: &["What failed", "How", "Why"], rows: failures::rows };

/// One card for each cause, with fields to find and sort them where there are many.
pub(super) fn body(run: &ShownRun, view: ViewContext) -> Child {
    let causes = failures::causes(run);
    if causes.is_empty() {
        return empty(run).into();
    }
    let choice = RowChoice::of(Section::Failures, view);
    let n_rows = causes.iter().map(|cause| 1 + cause.dependants.len()).sum::<usize>();
    let fields = (causes.len() > 1 || n_rows as u64 > MANY).then(|| {
        let count = format::counted(n_rows as u64, "failure", "failures");
        choice.fields("Filter failures", ["Filter ", &count].concat(), &failures::ORDERS)
    });
    let as_table = (n_rows > 1).then(|| TABLE.folded(run, n_rows));
    let run = run.clone();
    (fields, choice.rows(move |search, sort| cards(&run, search, sort)), as_table).into()
}

fn cards(run: &ShownRun, search: &str, sort: &str) -> Child {
    let found = failures::found(run, search, sort);
    if found.is_empty() {
        return soft("No failure has this in its name or message.").attr("role", "status").into();
    }
    let is_asked_for = !search.is_empty();
    let steps = Steps::start(found.len(), FEW, CARDS_PER_FRAME);
    let rest = (found.len() > FEW).then(|| element("p", "").child(steps.button()));
    let (run, search, sort) = (run.clone(), search.to_owned(), sort.to_owned());
    let cards = move |range: Range<usize>| {
        let found = failures::found(&run, &search, &sort);
        range.map(|index| card(index, &found[index], is_asked_for)).collect()
    };
    (steps.items(Arc::new(cards)), rest).into()
}

fn empty(run: &ShownRun) -> Markup {
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

fn card(index: usize, cause: &Cause, is_asked_for: bool) -> Markup {
    let failure = cause.failure;
    let id = ["failure-", &(index + 1).to_string()].concat();
    let is_quoted = failures::is_label_quoted(failure);
    let name_class = if is_quoted { "failure__name quoted" } else { "failure__name" };
    let class = element("p", "failure__class")
        .child(
            element("b", "danger")
                .child(icon(Icon::Failed))
                .text(remedy::class_name(failure.class)),
        )
        .child(soft(failures::aside(failure)))
        .child(evidence(&failure.lines));
    element("article", "failure")
        .attr("aria-labelledby", id.clone())
        .child(class)
        .child(element("h3", name_class).attr("id", id).text(failures::label(failure)))
        .child(
            element("p", "failure__meaning").child(explained(remedy::class_meaning(failure.class))),
        )
        .child(excerpt(failure))
        .child(hashes(failure))
        .child(steps(failure))
        .child(dependants(&cause.dependants, is_asked_for))
}

fn excerpt(failure: &Failure) -> Child {
    let region = element("div", "excerpt")
        .attr("role", "region")
        .attr("aria-label", ["Lines that show the error of ", &failures::label(failure)].concat())
        .attr("tabindex", "0")
        .child(element("ol", "").children(failures::excerpt(failure).iter().map(excerpt_line)));
    [element("h4", "").text("What the log says"), region].into()
}

fn excerpt_line(line: &ExcerptLine) -> Markup {
    let class =
        if line.is_telling { "excerpt__line excerpt__line--telling" } else { "excerpt__line" };
    element("li", class)
        .child(line.number.map(line_number))
        .child(element("span", "excerpt__text").text(line.text.to_owned()))
}

fn line_number(number: u32) -> Markup {
    let lines = Lines::one(number);
    element("a", "excerpt__number")
        .attr("href", link::to_lines(&lines).unwrap_or_default())
        .attr("aria-label", format::lines_spoken(&lines).unwrap_or_default())
        .text(number.to_string())
}

fn hashes(failure: &Failure) -> Child {
    let details = &failure.details;
    let (Some(specified), Some(got)) = (&details.specified, &details.got) else {
        return Child::nothing();
    };
    if failure.excerpt.iter().any(|line| line.contains(got.as_str())) {
        return Child::nothing();
    }
    element("dl", "failure__hashes")
        .child(element("dt", "").text("specified"))
        .child(element("dd", "quoted").text(specified.clone()))
        .child(element("dt", "").text("got"))
        .child(element("dd", "quoted").text(got.clone()))
        .into()
}

fn steps(failure: &Failure) -> Child {
    let article = failure.remedy.as_deref().filter(|remedy| content::place(remedy).is_some());
    let article: Child = article
        .map(|remedy| {
            let link = element("a", "").attr("href", link::to_article(remedy));
            element("p", "failure__more").child(link.text("More on what to do"))
        })
        .into();
    let steps = remedy::steps(failure);
    if steps.is_empty() {
        return article;
    }
    let list: Child = steps.into_iter().map(step).collect();
    (element("h4", "").text("What to do"), element("ol", "steps").child(list), article).into()
}

fn step(step: Step) -> Markup {
    element("li", "steps__step")
        .child(explained(step.text))
        .child(step.command.map(|text| command(text, "this line")))
}

/// What is asked for must not hide in a fold.
fn dependants(dependants: &[Dependant], is_asked_for: bool) -> Child {
    let count = dependants.len() as u64;
    if count == 0 {
        return Child::nothing();
    }
    let title = format::counted(
        count,
        "more failed only because it needed this",
        "more failed only because they needed this",
    );
    let list: Child = dependants.iter().map(dependant).collect();
    let state = if count <= MANY || is_asked_for { FoldState::Open } else { FoldState::Closed };
    let list = element("ol", "dependants__list").child(list);
    element("div", "dependants").child(fold(title, list, state)).into()
}

fn dependant(dependant: &Dependant) -> Markup {
    element("li", "dependants__item")
        .child(quoted(dependant.name.clone()))
        .child(element("span", "").child(evidence(dependant.lines)))
}
