//! A chart that can be zoomed and moved, and that says more of what is pointed at.
//!
//! It draws the part that is in view anew with each step, from plain data: what is too close
//! together to be told apart becomes so by coming closer.

mod control;

use std::sync::Arc;

use leptos::prelude::*;

use super::markup::{Child, Markup, element};
use crate::browser::document;
use crate::chart::{Extent, Percent};
use crate::view_state::Window;
use control::Control;

/// A chart that can be zoomed and moved.
pub struct Zoom {
    /// What it is, for those who do not see it.
    pub name: &'static str,
    /// All that it can show.
    pub extent: Extent,
    /// What is in view; nothing for all of it. Whoever draws it takes it into view.
    pub chosen: Signal<Option<Window>>,
    /// Takes over what is in view now.
    pub on_choose: Callback<Option<Window>>,
    /// Says what is in view.
    pub words: fn(Extent, Window) -> String,
    /// Draws what is in view.
    pub draw: Arc<dyn Fn(Window) -> Drawn + Send + Sync>,
}

/// A part of a chart.
pub struct Drawn {
    /// The drawing; each mark in it has its index in `data-mark`.
    pub drawing: Markup,
    /// What can be pointed at.
    pub marks: Vec<Mark>,
    /// What is said of the mark of an index.
    pub detail: Box<dyn Fn(usize) -> Child + Send + Sync>,
}

/// Something in a chart that can be pointed at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mark {
    /// Where it begins.
    pub x: Percent,
    /// How wide it is.
    pub width: Percent,
    /// Its upper edge, in CSS pixels.
    pub top: usize,
    /// Its height, in CSS pixels.
    pub height: usize,
    /// What to look at to see it as a whole.
    pub window: Window,
}

/// The buttons: what they do, their sign and their name.
const BUTTONS: [(&str, &str, &str); 5] = [
    ("in", "+", "Zoom in"),
    ("out", "−", "Zoom out"),
    ("earlier", "←", "Move to the left"),
    ("later", "→", "Move to the right"),
    ("all", "All", "Show all"),
];

/// The chart with its buttons and with what it says of the mark that is pointed at.
pub fn zoom(zoom: Zoom) -> AnyView {
    let control = Control::start(&zoom);
    let Zoom { name, extent, words, draw, .. } = zoom;
    let drawing = move || {
        let Drawn { drawing, marks, detail } = draw(control.shown.get());
        control.take(marks, detail);
        drawing.view()
    };
    let label = [name, ": plus and minus zoom, arrows move and go through what is drawn"].concat();
    let length = |part: fn(&Mark) -> String| {
        move || control.current_mark().map_or_else(String::new, |mark| part(&mark))
    };
    view! {
        <div class="zoom" on:click=move |event| {
            if let Some(action) = document::clicked(&event, "data-zoom") {
                control.act(&action);
            }
        }>
            <div class="zoom__tools" role="group" aria-label=[name, ", what is in view"].concat()>
                {buttons().into_any()}
                <span class="zoom__words" role="status">
                    {move || words(extent, control.shown.get())}
                </span>
            </div>
            <div class="zoom__stage">
                <div
                    class="zoom__frame"
                    class:zoom__frame--part=move || control.shown.get() != extent.whole
                    role="application"
                    aria-label=label
                    tabindex="0"
                    on:pointerdown=move |event| control.put_down(&event)
                    on:pointermove=move |event| control.drag(&event)
                    on:pointerup=move |event| control.lift(&event)
                    on:pointercancel=move |event| control.lift(&event)
                    on:pointerover=move |event| control.point_at(&event)
                    on:click=move |event| control.tap(&event)
                    on:wheel=move |event| control.turn(&event)
                    on:keydown=move |event| control.press(&event)
                >
                    {drawing}
                </div>
                <div
                    class="zoom__current"
                    hidden=move || control.current.get().is_none()
                    style:left=length(|mark| mark.x.attribute())
                    style:width=length(|mark| mark.width.attribute())
                    style:top=length(|mark| pixels(mark.top))
                    style:height=length(|mark| pixels(mark.height))
                ></div>
            </div>
            <div class="zoom__detail" aria-live="polite">
                {move || control.detail().unwrap_or_else(hint).into_any()}
            </div>
        </div>
    }
    .into_any()
}

fn buttons() -> Child {
    let button = |(action, sign, name)| {
        element("button", "button button--small")
            .attr("type", "button")
            .attr("data-zoom", action)
            .attr("aria-label", name)
            .attr("title", name)
            .text(sign)
    };
    BUTTONS.map(button).into()
}

fn hint() -> Child {
    element("p", "zoom__hint")
        .text(
            "Point at a bar, or tap it, to read more of it. Dragging moves; the wheel with Ctrl, \
             or two fingers, zoom. With the keyboard: + and − zoom, ← and → move, ↑ and ↓ go \
             through the bars, Enter zooms to one, 0 shows all.",
        )
        .into()
}

fn pixels(length: usize) -> String {
    length.to_string() + "px"
}
