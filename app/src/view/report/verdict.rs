//! How the run ended, and the sentences that a person should read first.

use analyzer::report::Finding;

use super::keep::Keep;
use super::panel::ShownRun;
use crate::component::evidence::evidence;
use crate::component::icon::{Icon, icon_in};
use crate::component::markup::{Child, Markup, element, quoted, spoken};
use crate::component::sentence::with_code;
use crate::format;
use crate::link;
use crate::session::Origin;
use crate::summary::verdict::{self, Mood};
use crate::view::share::share_button;

/// The headline with its sentences.
pub(super) fn verdict(run: &ShownRun) -> Child {
    let headline = verdict::verdict(run);
    let sign = match headline.mood {
        Mood::Good => icon_in("good", Icon::Good),
        Mood::Mixed => icon_in("warning", Icon::Warning),
        Mood::Bad => icon_in("danger", Icon::Failed),
        Mood::Neutral => icon_in("soft", Icon::Nothing),
    };
    let unbroken = |text: &'static str| element("span", "unbroken").text(text);
    let words = element("span", "")
        .child(unbroken(headline.word))
        .text(" ")
        .child(headline.then.map(unbroken));
    [
        element("h1", "verdict__title").child(sign).child(words),
        element("ul", "verdict__sentences")
            .children(verdict::findings(&run.report, run.index).map(sentence)),
    ]
    .into()
}

fn sentence(finding: &Finding) -> Markup {
    element("li", "").child(with_code(&finding.text)).text(" ").child(
        element("span", "verdict__proof").child(evidence(&finding.lines)).child(article(finding)),
    )
}

fn article(finding: &Finding) -> Child {
    let named = finding.article.as_deref().and_then(content::place);
    let Some(place) = named.or_else(|| content::for_code(&finding.id)) else {
        return Child::nothing();
    };
    let Some(article) = content::article(place.slug) else { return Child::nothing() };
    let reference = match place.heading {
        Some(heading) => [place.slug, heading].join("#"),
        None => place.slug.to_owned(),
    };
    let link = element("a", "verdict__article")
        .attr("href", link::to_article(&reference))
        .text("Explained")
        .child(spoken([": ", article.title].concat()));
    (" ", link).into()
}

/// What was read: name, lines, clock; of a link, how much it carries.
pub(super) fn source_bar(name: &str, run: &ShownRun, origin: &Origin, keep: Keep) -> Markup {
    let source = &run.report.source;
    let lines = format::counted(source.lines.into(), "line", "lines");
    let understood = format::percent(source.understood_lines.into(), source.lines.into());
    let clock = run.time.from.as_deref().and_then(format::date_time);
    let (name, of, again) = match origin {
        Origin::Link { .. } if keep.is_kept => (quoted(name.to_owned()), "from ", "Read a log"),
        Origin::Log => (quoted(name.to_owned()), "", "Read another log"),
        Origin::Link { level, .. } => (
            element("strong", "").text(verdict::shared(*level)),
            "from ",
            "Make your own: drop a log",
        ),
    };
    let again = element("a", "button").attr("href", "./").text(again);
    let facts = element("div", "source__facts")
        .child(element("span", "source__name").child(name))
        .child(element("span", "").text([of, &lines, ", ", &understood, " understood"].concat()))
        .child(element("span", "").text(clock.unwrap_or_else(|| "no clock".into())))
        .child(run.command.clone().map(quoted));
    element("div", "source").child(facts).child(
        element("span", "source__actions").child(keep.view).child(again).child(share_button()),
    )
}
