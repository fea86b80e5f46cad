//! What the dialog knows: what was found, what is masked, and the links that come of it.

use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use analyzer::report::LinkLevel;
use leptos::prelude::*;
use leptos::task::spawn_local;
use share::link::seal::{ITERATIONS, Sealed};
use share::making::{Found, Link, Made, Packed};

use crate::browser::crypto::{self, Parameters};
use crate::browser::task::TaskError;
use crate::browser::{address, files};
use crate::client::Client;
use crate::session::Session;
use crate::sharing::Sharing;
use crate::view::context::ViewContext;

/// Characters of the longest link that every browser keeps: Firefox ends at 1,048,576.
pub(super) const MAX_LINK_LEN: usize = 1_000_000;

/// Without a pause as long, a password is still being typed.
const TYPING: Duration = Duration::from_millis(400);

/// The dialog's state. There is one, for as long as the page.
pub(super) struct Making {
    pub(super) view: ViewContext,
    client: Client,
    sharing: StoredValue<Option<Rc<Sharing>>, LocalStorage>,
    /// Counts what was asked for: what comes for an earlier one is too late.
    turn: StoredValue<u32>,
    /// Counts the links that were to be made, as for each letter of a password.
    link_turn: StoredValue<u32>,
    pub(super) phase: RwSignal<Phase>,
    pub(super) found: RwSignal<Arc<Found>>,
    /// What is not masked, by group and place in it.
    shown: RwSignal<Vec<(usize, usize)>>,
    /// Links without what is private; `None` while they are made.
    pub(super) made: RwSignal<Option<Arc<Made>>>,
    pub(super) password: RwSignal<String>,
    /// The link of this moment; `None` while it is made.
    pub(super) link: RwSignal<Option<Arc<str>>>,
    /// Its QR code.
    pub(super) code: RwSignal<Code>,
    /// What was done last, for those who do not see it.
    pub(super) said: RwSignal<String>,
}

/// How far the dialog has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// The log is being looked through.
    Scanning {
        /// Bytes that were looked at.
        done: u64,
        /// Bytes of the log.
        total: u64,
    },
    /// The report is being looked through.
    Looking,
    /// What is private is known.
    Ready,
    /// It cannot be known, for the reason in this sentence.
    Failed(String),
}

/// The QR code of the link.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Code {
    /// It is being drawn.
    #[default]
    Pending,
    /// The link is too long for one.
    TooLong,
    /// It is this SVG file.
    Drawn(Arc<str>),
}

/// One private thing, or all of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Choice {
    /// All of the kind with this index.
    Group(usize),
    /// The kind, and the thing among those of the kind.
    Item(usize, usize),
}

/// How much of a choice is masked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Masked {
    All,
    Some,
    None,
}

impl Making {
    pub(super) fn new(view: ViewContext, client: Client) -> &'static Self {
        let making: &Self = Box::leak(Box::new(Self {
            view,
            client,
            sharing: StoredValue::new_local(None),
            turn: StoredValue::new(0),
            link_turn: StoredValue::new(0),
            phase: RwSignal::new(Phase::Looking),
            found: RwSignal::default(),
            shown: RwSignal::default(),
            made: RwSignal::default(),
            password: RwSignal::default(),
            link: RwSignal::default(),
            code: RwSignal::default(),
            said: RwSignal::default(),
        }));
        Effect::new(move || {
            let level = making.level();
            let made = making.made.get();
            let password = making.password.get();
            making.finish(made.as_deref(), level, &password);
        });
        making
    }

    /// How much the link is to carry.
    pub(super) fn level(&'static self) -> LinkLevel {
        self.view.state().with(|state| state.share).unwrap_or(LinkLevel::Changes)
    }

    /// Looks for what is private, and makes the links without it.
    pub(super) fn start(&'static self) {
        self.stop();
        let turn = self.next_turn();
        spawn_local(async move {
            let found = self.look(turn).await;
            if !self.is_turn(turn) {
                return;
            }
            match found {
                Ok(found) => {
                    self.found.set(Arc::new(found));
                    self.phase.set(Phase::Ready);
                    self.make();
                }
                Err(error) => self.fail(&error),
            }
        });
    }

    /// Forgets everything, and ends what is on its way.
    pub(super) fn stop(&'static self) {
        self.next_turn();
        self.sharing.set_value(None);
        self.phase.set(Phase::Looking);
        self.found.set(Arc::default());
        self.shown.set(Vec::new());
        self.made.set(None);
        self.password.set(String::new());
        self.said.set(String::new());
    }

    /// What is loaded.
    pub(super) fn session(&'static self) -> Signal<Session> {
        self.client.session()
    }

    /// Characters of the link of a level, without a password; `None` while it is made.
    pub(super) fn length(&'static self, level: LinkLevel) -> Option<usize> {
        let base_len = address::base().len() + "#".len();
        self.made
            .with(|made| Some(base_len + made.as_ref()?.links.get(level as usize)?.fragment.len()))
    }

    /// How much the link carries; `None` while it is made.
    pub(super) fn carried(&'static self) -> Option<LinkLevel> {
        let level = self.level();
        self.made.with(|made| Some(made.as_ref()?.links.get(level as usize)?.level))
    }

    /// Characters by which the link is longer for its password.
    pub(super) fn added_len(&'static self) -> usize {
        let plain = self.length(self.level()).unwrap_or_default();
        let len = self.link.with(|link| link.as_ref().map_or(0, |link| link.len()));
        len.saturating_sub(plain)
    }

    /// Takes what is typed as a password. The link of before is gone at once.
    pub(super) fn type_password(&'static self, password: String) {
        let turn = self.forget_link();
        let take = move || {
            if self.link_turn.try_get_value() == Some(turn) {
                self.password.set(password);
            }
        };
        set_timeout(take, TYPING);
    }

    /// How much of a choice is masked.
    pub(super) fn masked(&'static self, choice: Choice) -> Masked {
        let (n_items, n_shown) = match choice {
            Choice::Item(group, item) => (1, usize::from(self.is_shown(group, item))),
            Choice::Group(group) => {
                let n_items = self.found.with(|found| found.groups[group].items.len());
                (n_items, self.shown.with(|shown| shown.iter().filter(|it| it.0 == group).count()))
            }
        };
        match n_shown {
            0 => Masked::All,
            n if n < n_items => Masked::Some,
            _ => Masked::None,
        }
    }

    /// Masks what is not masked whole, and shows what is.
    pub(super) fn toggle(&'static self, choice: Choice) {
        let is_masked = self.masked(choice) == Masked::All;
        let (group, items) = match choice {
            Choice::Item(group, item) => (group, item..item + 1),
            Choice::Group(group) => (group, 0..self.found.with(|it| it.groups[group].items.len())),
        };
        self.shown.update(|shown| {
            shown.retain(|it| it.0 != group || !items.contains(&it.1));
            if is_masked {
                shown.extend(items.map(|item| (group, item)));
            }
        });
        self.make();
    }

    /// Says what was done. An empty sentence in between lets the same one be heard again.
    pub(super) fn say(&'static self, sentence: &str) {
        self.said.set(sentence.to_owned());
    }

    /// The report as a document of that form, without what is masked.
    pub(super) async fn export(&'static self, form: &str) -> Result<String, String> {
        let not_yet = || TaskError::NotLoaded.to_string();
        let sharing = self.sharing.get_value().ok_or_else(not_yet)?;
        let masked = self.to_mask().ok_or_else(not_yet)?;
        let exported = sharing.export(form, masked).await;
        exported.map_err(|error| error.to_string())?
    }

    fn is_shown(&'static self, group: usize, item: usize) -> bool {
        self.shown.with(|shown| shown.contains(&(group, item)))
    }

    async fn look(&'static self, turn: u32) -> Result<Found, TaskError> {
        let last = self.client.last_report();
        let sharing = Rc::new(Sharing::start(last.bytes.to_vec())?);
        self.sharing.set_value(Some(sharing.clone()));
        let mut names = Vec::new();
        if let Some(text) = last.text {
            let total = files::size(&text);
            let tell = move |done| {
                if self.is_turn(turn) {
                    self.phase.set(Phase::Scanning { done, total });
                }
            };
            names = sharing.names(&text, Rc::new(tell)).await?;
        }
        if self.is_turn(turn) {
            self.phase.set(Phase::Looking);
        }
        sharing.find(names).await
    }

    /// Makes the links anew. Until they are there, there are none: those of before may show what
    /// is masked now.
    fn make(&'static self) {
        let (Some(sharing), Some(masked)) = (self.sharing.get_value(), self.to_mask()) else {
            return;
        };
        self.made.set(None);
        let turn = self.next_turn();
        spawn_local(async move {
            let made = sharing.make(masked).await;
            if !self.is_turn(turn) {
                return;
            }
            match made {
                Ok(made) => self.made.set(Some(Arc::new(made))),
                Err(error) => self.fail(&error),
            }
        });
    }

    /// The link of the level, encrypted if there is a password, and its code.
    fn finish(&'static self, made: Option<&Made>, level: LinkLevel, password: &str) {
        let turn = self.forget_link();
        let Some(link) = made.and_then(|made| made.links.get(level as usize)) else { return };
        if password.is_empty() {
            self.put(&link.fragment);
            return;
        }
        let (link, password) = (link.clone(), password.to_owned());
        spawn_local(async move {
            let sealed = sealed(&link, &password).await;
            match sealed {
                _ if self.link_turn.get_value() != turn => {}
                Some(fragment) => self.put(&fragment),
                None => self.say("The browser refused to encrypt the link."),
            }
        });
    }

    /// Until another is there, there is no link.
    fn forget_link(&'static self) -> u32 {
        self.link.set(None);
        self.code.set(Code::Pending);
        let turn = self.link_turn.get_value().wrapping_add(1);
        self.link_turn.set_value(turn);
        turn
    }

    fn put(&'static self, fragment: &str) {
        let link: Arc<str> = [&address::base(), "#", fragment].concat().into();
        self.link.set(Some(link.clone()));
        let Some(sharing) = self.sharing.get_value() else { return };
        spawn_local(async move {
            let code = sharing.draw(link.to_string()).await;
            // Another link may have come since.
            let is_same = self.link.with_untracked(|now| now.as_ref() == Some(&link));
            if let (true, Ok(code)) = (is_same, code) {
                self.code.set(code.map_or(Code::TooLong, |svg| Code::Drawn(svg.into())));
            }
        });
    }

    /// What to mask; `None` before it is known.
    fn to_mask(&'static self) -> Option<Vec<Packed>> {
        if self.phase.with_untracked(|phase| *phase != Phase::Ready) {
            return None;
        }
        let found = self.found.get_untracked();
        let shown = self.shown.get_untracked();
        let mut masked = Vec::new();
        for (group, it) in found.groups.iter().enumerate() {
            for (item, private) in it.items.iter().enumerate() {
                if !shown.contains(&(group, item)) {
                    masked.push(private.packed.clone());
                }
            }
        }
        Some(masked)
    }

    fn fail(&'static self, error: &TaskError) {
        self.phase.set(Phase::Failed(error.to_string()));
    }

    fn next_turn(&'static self) -> u32 {
        let turn = self.turn.get_value().wrapping_add(1);
        self.turn.set_value(turn);
        turn
    }

    fn is_turn(&'static self, turn: u32) -> bool {
        self.turn.get_value() == turn
    }
}

/// The fragment of a link that needs a password; `None` if the browser refuses.
async fn sealed(link: &Link, password: &str) -> Option<String> {
    let with = Parameters::random(ITERATIONS)?;
    let ciphertext = crypto::encrypt(password, &with, &link.frame).await?;
    let Parameters { iterations, salt, nonce } = with;
    Some(Sealed { level: link.level, iterations, salt, nonce, ciphertext }.to_fragment())
}
