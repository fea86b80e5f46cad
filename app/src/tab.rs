//! Keeps a log of the person's own in this tab, so that loading the page again does not lose it.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::clock;
use crate::browser::files::Input;
use crate::browser::storage::StorageError;
use crate::browser::tab_store::{self, Stored};
use crate::client::{Client, LastReport};
use crate::protocol::lines::LineIndex;
use crate::protocol::report::take_in_turns;
use crate::protocol::{self, BUILD_ID};
use crate::session::Session;

/// What became of the log in this tab.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TabState {
    /// It is not one of the person's own, or not kept yet.
    #[default]
    Nothing,
    /// It is kept until the tab is closed.
    Kept,
    /// It was kept and is no more.
    Cleared,
    /// It is not kept.
    Failed(StorageError),
}

impl TabState {
    /// What is said of it.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Nothing => "",
            Self::Kept => "Kept in this tab until you close it.",
            Self::Cleared => "No longer kept: it is gone when this page is loaded again.",
            Self::Failed(StorageError::Denied) => {
                "This browser keeps nothing for this site: the report is gone when this page is \
                 loaded again."
            }
            Self::Failed(StorageError::Full) => {
                "There is no room to keep it: the report is gone when this page is loaded again."
            }
        }
    }
}

/// Files that were handed in together, of which one is shown.
#[derive(Clone, Debug)]
pub struct Together {
    /// Tells one handing in from another.
    pub batch: u32,
    /// Index of the file that is shown.
    pub shown: usize,
    /// All of them.
    pub files: Vec<Input>,
}

/// What is kept in this tab.
#[derive(Clone, Copy)]
pub struct Tab {
    client: Client,
    state: RwSignal<TabState>,
    /// Of which handing in files are kept, and how many.
    files: StoredValue<(u32, usize)>,
}

impl Tab {
    /// Keeps nothing yet.
    pub fn new(client: Client) -> Self {
        Self { client, state: RwSignal::default(), files: StoredValue::default() }
    }

    /// What became of the log.
    pub fn state(self) -> Signal<TabState> {
        self.state.into()
    }

    /// Says that another log is looked at.
    pub fn leave(self) {
        self.state.set(TabState::Nothing);
    }

    /// Keeps what was read, and what was handed in together with it.
    pub fn keep(self, name: String, together: Together) {
        let LastReport { bytes, text, index } = self.client.last_report();
        let Some(text) = text else { return };
        let about = protocol::to_bytes(&(BUILD_ID, name, index)).unwrap_or_default();
        spawn_local(async move {
            let is_same = || self.client.last_report().text.is_some_and(|now| now == text);
            let kept = tab_store::keep(&about, &bytes, &text).await;
            match kept {
                Ok(()) if is_same() => self.keep_together(together).await,
                Ok(()) => {}
                Err(_) => self.files.set_value(Default::default()),
            }
            if is_same() {
                self.state.set(kept.map_or_else(TabState::Failed, |()| TabState::Kept));
            }
        });
    }

    /// Keeps files beside the one that is shown; where they have no room, that one is kept alone.
    async fn keep_together(self, Together { batch, shown, files }: Together) {
        let (before, n_before) = self.files.get_value();
        let n_kept = if before == batch { n_before } else { 0 };
        if n_kept == 0 {
            tab_store::forget_files().await;
        }
        if files.len() < 2 {
            return;
        }
        let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
        let list = protocol::to_bytes(&(shown, names)).unwrap_or_default();
        let blobs: Vec<_> = files.iter().map(|file| file.blob.clone()).collect();
        let kept = tab_store::keep_files(&list, &blobs, n_kept).await;
        self.files.set_value((batch, if kept.is_ok() { blobs.len() } else { 0 }));
    }

    /// The files that were handed in together before the page was loaded again, as `batch` from
    /// now on.
    pub async fn restored_files(self, batch: u32) -> Option<Together> {
        let (list, blobs) = tab_store::restore_files().await?;
        let (shown, names): (usize, Vec<String>) = protocol::from_bytes(&list)?;
        let pairs = names.into_iter().zip(blobs);
        let files: Vec<_> = pairs.map(|(name, blob)| Input { name, blob, link: None }).collect();
        (shown < files.len()).then_some(Together { batch, shown, files })
    }

    /// Forgets it; what is shown stays.
    pub fn clear(self) {
        self.state.set(TabState::Cleared);
        self.files.set_value(Default::default());
        spawn_local(tab_store::forget());
    }

    /// What this tab kept before the page was loaded again.
    pub async fn restored(self) -> Option<Restored> {
        let Stored { about, report, text } = tab_store::restore().await?;
        let (build, name, index): (String, String, LineIndex) = protocol::from_bytes(&about)?;
        let is_ours = build == BUILD_ID;
        let read = if is_ours { take_in_turns(&report, clock::next_task).await } else { None };
        Some(match read {
            Some((read, _)) => {
                let session = Session::read(name, read);
                Restored::Report { session, last: LastReport::of(&report, text, index) }
            }
            // Another build has another form of reports, but the same logs.
            None => Restored::Log(Input { name, blob: text, link: None }),
        })
    }

    /// Says that what is shown was kept before, and the files that were handed in with it.
    pub fn stays_kept(self, together: Option<&Together>) {
        self.files
            .set_value(together.map_or_else(Default::default, |it| (it.batch, it.files.len())));
        self.state.set(TabState::Kept);
    }
}

/// What a tab had before.
pub enum Restored {
    /// The report.
    Report {
        /// What is shown.
        session: Session,
        /// Its bytes and its text.
        last: LastReport,
    },
    /// The log, whose report is to be made again.
    Log(Input),
}
