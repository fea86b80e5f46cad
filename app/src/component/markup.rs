//! Parts of the page that never change once they are made, as data.
//!
//! `view!` makes a type of every element, with code to make, change and remove it. Most of a
//! report is made once: as data, it needs that code once, which saves a tenth of what loads
//! before anything can be read. What changes is a view, and can be a child of markup.

use std::borrow::Cow;

use leptos::prelude::*;
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::no_attrs;
use leptos::tachys::renderer::Rndr;
use leptos::tachys::renderer::types::{self as renderer, Element, Node};
use leptos::tachys::view::any_view::AnyViewState;
use leptos::tachys::view::{Mountable, Position, PositionState};

/// The class of what is for those who do not see the page.
const SPOKEN: &str = "visually-hidden";

/// Text that is part of the program or made from a report.
pub type Text = Cow<'static, str>;

/// An element with all that is in it. It is handed on with every call, so it is only a pointer.
#[derive(Debug)]
pub struct Markup(Box<Contents>);

#[derive(Debug)]
struct Contents {
    tag: &'static str,
    namespace: Option<&'static str>,
    attributes: Vec<(&'static str, Text)>,
    children: Vec<Child>,
}

/// What stands in an element.
#[derive(Debug)]
pub enum Child {
    /// Text; it never becomes markup.
    Text(Text),
    /// Another element.
    Element(Markup),
    /// Something that changes.
    View(Box<AnyView>),
    /// Several things, or nothing.
    Many(Vec<Child>),
}

/// An element of HTML; `class` is empty if it has none.
pub fn element(tag: &'static str, class: &'static str) -> Markup {
    Markup::new(tag, None, class)
}

/// An element of SVG; `class` is empty if it has none.
pub fn svg_element(tag: &'static str, class: &'static str) -> Markup {
    Markup::new(tag, Some("http://www.w3.org/2000/svg"), class)
}

/// Text that is quoted from the log.
pub fn quoted(text: impl Into<Text>) -> Markup {
    element("span", "quoted").text(text)
}

/// Text that stands back.
pub fn soft(text: impl Into<Text>) -> Markup {
    element("span", "soft").text(text)
}

/// Text for those who do not see the page.
pub fn spoken(text: impl Into<Text>) -> Markup {
    element("span", SPOKEN).text(text)
}

impl Markup {
    #[inline(never)]
    fn new(tag: &'static str, namespace: Option<&'static str>, class: &'static str) -> Self {
        let (attributes, children) = (Vec::new(), Vec::new());
        let mut made = Self(Box::new(Contents { tag, namespace, attributes, children }));
        if !class.is_empty() {
            made.add_attribute("class", class.into());
        }
        made
    }

    /// Adds an attribute.
    #[must_use]
    pub fn attr(mut self, name: &'static str, value: impl Into<Text>) -> Self {
        self.add_attribute(name, value.into());
        self
    }

    /// Adds something at the end of what stands in it.
    #[must_use]
    pub fn child(mut self, child: impl Into<Child>) -> Self {
        self.add(child.into());
        self
    }

    /// Adds several things at the end of what stands in it.
    #[must_use]
    pub fn children<T: Into<Child>>(mut self, children: impl IntoIterator<Item = T>) -> Self {
        for child in children {
            self.add(child.into());
        }
        self
    }

    /// Adds text at the end of what stands in it.
    #[must_use]
    pub fn text(mut self, text: impl Into<Text>) -> Self {
        self.add(Child::Text(text.into()));
        self
    }

    /// What stands in it.
    pub fn contents(&self) -> &[Child] {
        &self.0.children
    }

    /// Whether it is for those who do not see the page.
    pub fn is_only_spoken(&self) -> bool {
        self.0.attributes.iter().any(|(name, value)| *name == "class" && value == SPOKEN)
    }

    /// The same as a view.
    pub fn view(self) -> AnyView {
        Child::from(self).into_any()
    }

    // Never in line: each of hundreds of calls would be as large as this.
    #[inline(never)]
    fn add_attribute(&mut self, name: &'static str, value: Text) {
        self.0.attributes.push((name, value));
    }

    #[inline(never)]
    fn add(&mut self, child: Child) {
        self.0.children.push(child);
    }

    /// Makes the element; what changes in it is added to `views`, to be kept alive.
    fn make(self, views: &mut Vec<AnyViewState>) -> Element {
        let Contents { tag, namespace, attributes, children } = *self.0;
        let made = Rndr::create_element(tag, namespace);
        for (name, value) in &attributes {
            Rndr::set_attribute(&made, name, value);
        }
        let mut parts = Vec::new();
        for child in children {
            child.make(&mut parts, views);
        }
        for mut part in parts {
            part.mount(&made, None);
            if let Part::View(view) = part {
                views.push(view);
            }
        }
        made
    }
}

impl Child {
    /// Nothing.
    pub const fn nothing() -> Self {
        Self::Many(Vec::new())
    }

    /// Makes what stands beside each other, and keeps alive what changes further in.
    fn make(self, parts: &mut Vec<Part>, views: &mut Vec<AnyViewState>) {
        match self {
            Self::Text(text) => parts.push(Part::Text(Rndr::create_text_node(&text))),
            Self::Element(markup) => parts.push(Part::Element(markup.make(views))),
            Self::View(view) => parts.push(Part::View(view.build())),
            Self::Many(children) => {
                for child in children {
                    child.make(parts, views);
                }
            }
        }
    }
}

impl From<&'static str> for Child {
    fn from(text: &'static str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Child {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl From<Markup> for Child {
    fn from(markup: Markup) -> Self {
        Self::Element(markup)
    }
}

impl From<AnyView> for Child {
    fn from(view: AnyView) -> Self {
        Self::View(Box::new(view))
    }
}

impl<T: Into<Self>> From<Option<T>> for Child {
    fn from(child: Option<T>) -> Self {
        child.map_or_else(Self::nothing, Into::into)
    }
}

impl<T: Into<Self>> FromIterator<T> for Child {
    fn from_iter<I: IntoIterator<Item = T>>(children: I) -> Self {
        Self::Many(children.into_iter().map(Into::into).collect())
    }
}

impl<T: Into<Self>, const N: usize> From<[T; N]> for Child {
    fn from(children: [T; N]) -> Self {
        children.into_iter().collect()
    }
}

/// Things of different types beside each other.
macro_rules! child_from_tuple {
    ($($part:ident)+) => {
        impl<$($part: Into<Child>),+> From<($($part,)+)> for Child {
            #[allow(non_snake_case, reason = "A part is named as its type.")]
            fn from(($($part,)+): ($($part,)+)) -> Self {
                Self::Many(vec![$($part.into()),+])
            }
        }
    };
}

child_from_tuple!(A B);
child_from_tuple!(A B C);
child_from_tuple!(A B C D);
child_from_tuple!(A B C D E);
child_from_tuple!(A B C D E F);

/// Something that stands in the page.
enum Part {
    Text(renderer::Text),
    Element(Element),
    View(AnyViewState),
}

impl Part {
    fn as_mountable(&mut self) -> &mut dyn Mountable {
        match self {
            Self::Text(text) => text,
            Self::Element(element) => element,
            Self::View(view) => view,
        }
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        self.as_mountable().mount(parent, marker);
    }
}

/// What is kept of markup that stands in the page. There is always a part, so that its place is
/// known.
pub struct MarkupState {
    parts: Vec<Part>,
    /// What changes further in.
    views: Vec<AnyViewState>,
}

impl Render for Child {
    type State = MarkupState;

    fn build(self) -> MarkupState {
        let (mut parts, mut views) = (Vec::new(), Vec::new());
        self.make(&mut parts, &mut views);
        if parts.is_empty() {
            parts.push(Part::Text(Rndr::create_text_node("")));
        }
        MarkupState { parts, views }
    }

    fn rebuild(self, state: &mut MarkupState) {
        let mut new = self.build();
        state.insert_before_this(&mut new);
        state.unmount();
        *state = new;
    }
}

impl Mountable for MarkupState {
    fn unmount(&mut self) {
        for part in &mut self.parts {
            part.as_mountable().unmount();
        }
        self.views.clear();
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        for part in &mut self.parts {
            part.mount(parent, marker);
        }
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        match self.parts.first() {
            Some(Part::Text(text)) => text.insert_before_this(child),
            Some(Part::Element(element)) => element.insert_before_this(child),
            Some(Part::View(view)) => view.insert_before_this(child),
            None => false,
        }
    }

    fn elements(&self) -> Vec<Element> {
        let element = |part: &Part| match part {
            Part::Element(element) => vec![element.clone()],
            Part::View(view) => view.elements(),
            Part::Text(_) => Vec::new(),
        };
        self.parts.iter().flat_map(element).collect()
    }
}

no_attrs!(Child);

/// The page is only made in the browser: it is neither written as text nor taken over from text.
impl RenderHtml for Child {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(
        self,
        _buf: &mut String,
        _position: &mut Position,
        _escape: bool,
        _mark_branches: bool,
        _extra_attrs: Vec<AnyAttribute>,
    ) {
    }

    fn hydrate<const FROM_SERVER: bool>(
        self,
        _cursor: &Cursor,
        _position: &PositionState,
    ) -> MarkupState {
        self.build()
    }

    fn into_owned(self) -> Self {
        self
    }
}
