//! What others will see: the verdict, and the code for a camera.

use leptos::prelude::*;

use super::making::{Code, Making};
use super::{button, live, part};
use crate::browser::files;
use crate::component::markup::{Child, Markup, element};
use crate::component::sentence::with_code;
use crate::session::Session;
use crate::summary::verdict;

/// More characters need a code whose modules are hard to tell apart on a screen.
const DENSE_LEN: usize = 900;

/// The verdict without what is masked.
pub(super) fn preview(making: &'static Making) -> Markup {
    let body = move || {
        making.made.with(|made| match made {
            None => Child::from(element("p", "soft").text("…")),
            Some(made) => {
                let (index, headline) = headline(making);
                let of_run = made.sentences.iter().filter(|it| it.0 == index);
                let sentences = of_run.map(|it| sentence(&it.1));
                (
                    element("p", "").child(element("strong", "").text(headline)),
                    element("ul", "").children(sentences),
                )
                    .into()
            }
        })
    };
    part("share-preview", "What they will read")
        .child(element("div", "share__preview").child(live(Box::new(body))))
}

/// The run that is looked at, and its headline, in which nothing is of the log.
fn headline(making: &'static Making) -> (u32, String) {
    let run = making.view.state().with(|state| state.run);
    making.session().with(|session| {
        let Session::Done { report, .. } = session else { return (run, String::new()) };
        let last = report.runs.len().saturating_sub(1);
        let index = (run as usize).min(last);
        let words = report.runs.get(index).map(verdict::verdict).map(|it| match it.then {
            Some(then) => [it.word, " ", then].concat(),
            None => it.word.to_owned(),
        });
        (u32::try_from(index).unwrap_or_default(), words.unwrap_or_default())
    })
}

fn sentence(text: &str) -> Markup {
    element("li", "").child(with_code(text))
}

/// The QR code of the link.
pub(super) fn code(making: &'static Making) -> Markup {
    let body = move || match making.code.get() {
        Code::Pending => Child::from(element("p", "soft").text("…")),
        Code::TooLong => element("p", "soft").text(TOO_LONG).into(),
        Code::Drawn(svg) => {
            let len = making.link.with_untracked(|link| link.as_ref().map_or(0, |it| it.len()));
            let hint = if len > DENSE_LEN { DENSE } else { FITS };
            let image = element("img", "share__code")
                .attr("alt", "QR code of the link")
                .attr("src", files::svg_address(&svg));
            let act = move || super::send::save("report-link.svg", "image/svg+xml", &svg);
            let save = button("button button--small", "Save the code as SVG".into(), Box::new(act));
            (image, element("div", "").child(element("p", "soft").text(hint)).child(save)).into()
        }
    };
    part("share-code", "By camera")
        .child(element("div", "share__camera").child(live(Box::new(body))))
}

const FITS: &str = "Point a phone at it to open the link there.";

const DENSE: &str = "The code is dense. If a phone does not read it, save it and show it larger, \
                     or choose a smaller level.";

const TOO_LONG: &str = "The link is too long for a QR code, which holds 2,953 characters. \
                        A smaller level may fit.";
