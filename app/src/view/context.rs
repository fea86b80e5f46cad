//! What every part of the view shares: what is looked at, and how to look at something else.

use analyzer::report::LinkLevel;
use leptos::prelude::*;

use crate::browser::address::{self, Address};
use crate::browser::document::{self, HtmlElement};
use crate::view_state::{NewerVersion, Page, ViewState};

/// What the person looks at. There is one, and the address bar shows it.
#[derive(Clone, Copy)]
pub struct ViewContext {
    state: RwSignal<ViewState>,
    /// Counts the times that the person asked to be taken to a place in the page.
    visits: RwSignal<u32>,
    /// Whether the person was taken to where they are, so that Back leads to where they were.
    came_by_link: RwSignal<bool>,
    /// Whether the dialog that shares the report was opened by a step of its own, so that Back
    /// closes it.
    has_share_step: StoredValue<bool>,
    /// What had the focus when the person was taken away.
    left: StoredValue<Option<HtmlElement>, LocalStorage>,
    fault: RwSignal<Option<AddressFault>>,
}

/// Why an address shows nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressFault {
    /// It was made by a newer version of the site.
    Newer(NewerVersion),
    /// The site has no such page.
    NoSuchPage,
}

/// The context of this view.
///
/// # Panics
///
/// Outside of [`App`](crate::view::App).
pub fn use_view() -> ViewContext {
    expect_context()
}

impl ViewContext {
    /// Reads the address bar.
    pub fn start() -> Self {
        let view = Self {
            state: RwSignal::default(),
            visits: RwSignal::new(0),
            came_by_link: RwSignal::new(false),
            has_share_step: StoredValue::new(false),
            left: StoredValue::new_local(None),
            fault: RwSignal::new(None),
        };
        view.read_address();
        view
    }

    /// What is looked at.
    pub fn state(self) -> Signal<ViewState> {
        self.state.into()
    }

    /// Grows by one each time the person asks to be taken to a place in the page, even to the
    /// same one again.
    pub fn visits(self) -> Signal<u32> {
        self.visits.into()
    }

    /// Whether the person was taken to where they are, so that Back leads to where they were.
    pub fn came_by_link(self) -> Signal<bool> {
        self.came_by_link.into()
    }

    /// Why the address shows nothing, if it does not.
    pub fn fault(self) -> Signal<Option<AddressFault>> {
        self.fault.into()
    }

    /// Looks at something else; Back leads back here.
    pub fn go(self, state: ViewState) {
        if self.state.with_untracked(|now| *now == state) {
            return;
        }
        address::push(&state.to_address());
        self.fault.set(None);
        self.state.set(state);
    }

    /// Changes what is looked at; Back leads back here.
    pub fn update(self, change: impl FnOnce(&mut ViewState)) {
        let mut state = self.state.get_untracked();
        change(&mut state);
        self.go(state);
    }

    /// Changes what is looked at without a step to come back to, as while typing.
    pub fn replace(self, change: impl FnOnce(&mut ViewState)) {
        let mut state = self.state.get_untracked();
        change(&mut state);
        address::replace(&state.to_address());
        self.fault.set(None);
        self.state.set(state);
    }

    /// Opens the dialog that shares the report; Back closes it.
    pub fn share(self) {
        self.update(|state| state.share = Some(LinkLevel::Changes));
        self.has_share_step.set_value(true);
    }

    /// Closes that dialog, so that Back does not open it again.
    pub fn end_share(self) {
        if self.state.with_untracked(|state| state.share.is_none()) {
            return;
        }
        if self.has_share_step.get_value() {
            address::back();
        } else {
            self.replace(|state| state.share = None);
        }
    }

    /// Looks at something else and takes the person to the place in the page.
    pub fn visit(self, state: ViewState) {
        self.left.set_value(document::focused());
        self.go(state);
        self.came_by_link.set(true);
        self.visits.update(|visits| *visits = visits.wrapping_add(1));
    }

    /// Follows a link to a page of the app. A link within a page is a change: what it does not
    /// name stays. Returns whether the app has such a page.
    pub fn follow(self, link: &Address) -> bool {
        let Some(page) = Page::from_path(&link.path) else { return false };
        let now = self.state.get_untracked();
        let start = if now.page == page { now } else { ViewState { page, ..ViewState::default() } };
        let Ok(state) = start.with_query(&link.query) else { return false };
        if link.query.contains("section=") {
            self.visit(state);
        } else {
            self.go(state);
        }
        true
    }

    /// Takes over what the address bar says after Back or Forward, and gives the focus back to
    /// the link that led away.
    pub fn come_back(self) {
        self.came_by_link.set(false);
        self.has_share_step.set_value(false);
        self.read_address();
        if let Some(link) = self.left.try_update_value(Option::take).flatten() {
            document::focus(&link);
        }
    }

    fn read_address(self) {
        let Some(address) = Address::read() else { return };
        let Some(page) = Page::from_path(&address.path) else {
            self.fault.set(Some(AddressFault::NoSuchPage));
            return;
        };
        match ViewState::from_query(page, &address.query) {
            Ok(state) => {
                let state = state.with_fragment(&address.fragment);
                self.fault.set(None);
                self.state.set(state);
            }
            Err(newer) => self.fault.set(Some(AddressFault::Newer(newer))),
        }
    }
}
