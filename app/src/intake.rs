//! Decides which log is to be read, by what is looked at and what was handed in.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use share::link::seal::Sealed;

use crate::browser::files::Input;
use crate::client::Client;
use crate::keeping;
use crate::opening;
use crate::sample::Sample;
use crate::session::{Origin, Session};
use crate::tab::{Restored, Tab, TabState, Together};
use crate::view::context::ViewContext;
use crate::view_state::{Page, SharedLink, Side, ViewState};

/// The logs that can be read.
#[derive(Clone, Copy)]
pub struct Intake {
    view: ViewContext,
    client: Client,
    inputs: StoredValue<Vec<Input>, LocalStorage>,
    batch: RwSignal<Batch>,
    opened: StoredValue<Wanted>,
}

/// Files that were handed in together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Batch {
    /// Counts the times that something was handed in.
    number: u32,
    /// What the person knows the files by.
    pub names: Vec<String>,
}

/// Which log the address asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Wanted {
    /// None: the start page is looked at.
    #[default]
    Nothing,
    /// A report that somebody shared.
    Link(SharedLink),
    /// A report that is kept on this device, by its number.
    Kept(u32),
    /// A sample, by its id.
    Sample(String),
    /// One of the files that were handed in.
    Own {
        /// [`Batch::number`].
        batch: u32,
        /// Index of the file.
        file: usize,
    },
    /// One of the person's own, which this tab does not have.
    Missing,
}

impl Intake {
    /// Reads from now on what the address asks for.
    pub fn start(view: ViewContext, client: Client) -> Self {
        let intake = Self {
            view,
            client,
            inputs: StoredValue::new_local(Vec::new()),
            batch: RwSignal::default(),
            opened: StoredValue::default(),
        };
        let wanted =
            Memo::new(move |_| intake.batch.with(|batch| wanted(&view.state().get(), batch)));
        Effect::new(move || intake.open(wanted.get()));
        Effect::new(move || intake.keep_in_tab());
        intake
    }

    /// What is looked at.
    pub fn view(self) -> ViewContext {
        self.view
    }

    /// Keeps a log of the person's own when it was read.
    fn keep_in_tab(self) {
        let name = self.client.session().with(|session| match session {
            Session::Done { name, origin: Origin::Log, .. } => Some(name.clone()),
            _ => None,
        });
        let tab = expect_context::<Tab>();
        match (name, self.opened.get_value()) {
            // What was restored is kept already.
            (Some(_), Wanted::Missing) => {}
            (Some(_), Wanted::Own { .. }) if tab.state().get_untracked() == TabState::Kept => {}
            (Some(name), Wanted::Own { batch, file }) => {
                let files = self.inputs.get_value();
                tab.keep(name, Together { batch, shown: file, files });
            }
            _ => tab.leave(),
        }
    }

    /// Shows what this tab had before the page was loaded again.
    fn restore(self) {
        let tab = expect_context::<Tab>();
        self.client.show(Session::Opening);
        spawn_local(async move {
            let restored = tab.restored().await;
            let batch = self.batch.with_untracked(|batch| batch.number) + 1;
            let together = tab.restored_files(batch).await;
            if self.opened.get_value() != Wanted::Missing {
                return;
            }
            match restored {
                Some(Restored::Report { session, last }) => {
                    self.client.show_restored(session, last);
                    tab.stays_kept(together.as_ref());
                    self.take_back(together);
                }
                Some(Restored::Log(input)) => self.client.read(&input),
                None => self.client.clear(),
            }
        });
    }

    /// Has the files again that were handed in together with what is shown.
    fn take_back(self, together: Option<Together>) {
        let Some(Together { batch: number, shown: file, files }) = together else { return };
        // The report on this one is there already.
        self.opened.set_value(Wanted::Own { batch: number, file });
        let names = files.iter().map(|input| input.name.clone()).collect();
        self.inputs.set_value(files);
        self.batch.set(Batch { number, names });
    }

    /// The files that were handed in last.
    pub fn batch(self) -> Signal<Batch> {
        self.batch.into()
    }

    /// Takes logs of the person's own and shows the report on the first; two of which one is a
    /// listing are compared.
    pub fn hand_in(self, inputs: Vec<Input>) {
        let [first, second] = inputs.as_slice() else { return self.show(inputs, FIRST) };
        let both = [first.clone(), second.clone()];
        spawn_local(async move {
            let [first, second] = &both;
            let is_listing = first.is_listing().await || second.is_listing().await;
            self.show(both.into(), if is_listing { BOTH } else { FIRST });
        });
    }

    fn show(self, inputs: Vec<Input>, page: Page) {
        if inputs.is_empty() {
            return;
        }
        if let [Input { link: Some(link), .. }] = inputs.as_slice() {
            self.view.go(ViewState::default().with_link(Some(link.clone())));
            return;
        }
        self.batch.update(|batch| {
            batch.number += 1;
            batch.names.clear();
        });
        self.inputs.set_value(Vec::new());
        self.append(inputs);
        let sides = match page {
            Page::Compare => [Side::File(0), Side::File(1)],
            Page::Analyze | Page::Report | Page::History => Default::default(),
        };
        self.view.go(ViewState { page, sides, ..ViewState::default() });
    }

    /// Adds logs to those that there are, and gives the index of the first; `None` if none came.
    pub fn append(self, inputs: Vec<Input>) -> Option<u32> {
        let first = u32::try_from(self.batch.with_untracked(|batch| batch.names.len())).ok()?;
        let names: Vec<String> = inputs.iter().map(|input| input.name.clone()).collect();
        let is_any = !names.is_empty();
        self.inputs.update_value(|all| all.extend(inputs));
        self.batch.update(|batch| batch.names.extend(names));
        is_any.then_some(first)
    }

    /// One of the files that were handed in, by its index.
    pub fn input(self, index: u32) -> Option<Input> {
        self.inputs.with_value(|inputs| inputs.get(index as usize).cloned())
    }

    /// Gives up what is being read, and goes back to the start.
    pub fn cancel(self) {
        self.view.replace(|state| *state = ViewState::default());
    }

    fn open(self, wanted: Wanted) {
        if wanted == self.opened.get_value() {
            return;
        }
        // For a link alone the worker is not waited for, nor loaded.
        if !matches!(wanted, Wanted::Link(_) | Wanted::Kept(_)) {
            self.client.warm_up();
        }
        match &wanted {
            Wanted::Nothing => {
                // A report stays, so that Forward shows it again.
                if self.client.session().with_untracked(|now| matches!(now, Session::Done { .. })) {
                    return;
                }
                self.client.clear();
            }
            Wanted::Link(link) => self.open_link(link.clone()),
            Wanted::Kept(id) => self.open_kept(*id),
            Wanted::Sample(id) => self.open_sample(id),
            Wanted::Own { file, .. } => self.inputs.with_value(|inputs| {
                if let Some(input) = inputs.get(*file) {
                    self.client.read(input);
                }
            }),
            Wanted::Missing => self.restore(),
        }
        self.opened.set_value(wanted);
    }

    fn open_link(self, link: SharedLink) {
        self.client.show(Session::Opening);
        spawn_local(async move {
            let opened = opening::open(&link).await;
            self.take(Some(link), opened);
        });
    }

    /// Opens what is shown as locked.
    pub fn unlock(self, sealed: Arc<Sealed>, password: String) {
        let link = self.view.state().with_untracked(|state| state.link.clone());
        self.client.show(Session::Opening);
        spawn_local(async move {
            let opened = opening::unlock(sealed, password).await;
            self.take(link, opened);
        });
    }

    /// Takes over what came of a link, unless something else is wanted by now.
    fn take(self, link: Option<SharedLink>, (session, report): (Session, Vec<u8>)) {
        if link.is_some_and(|link| self.opened.get_value() == Wanted::Link(link)) {
            self.client.show_report(session, &report);
        }
    }

    fn open_kept(self, id: u32) {
        self.client.show(Session::Opening);
        spawn_local(async move {
            let (session, report) = keeping::open(id).await;
            if self.opened.get_value() == Wanted::Kept(id) {
                self.client.show_report(session, &report);
            }
        });
    }

    fn open_sample(self, id: &str) {
        let Some(sample) = Sample::find(id) else {
            self.client.fail("There is no sample log of this name.");
            return;
        };
        self.client.fetch(sample.title, sample.address());
    }
}

/// What is shown of files that were handed in together.
const FIRST: Page = Page::Report;
const BOTH: Page = Page::Compare;

fn wanted(state: &ViewState, batch: &Batch) -> Wanted {
    if let Some(link) = &state.link {
        return Wanted::Link(link.clone());
    }
    if state.page != Page::Report {
        return Wanted::Nothing;
    }
    if let Some(id) = state.kept {
        return Wanted::Kept(id);
    }
    if let Some(id) = &state.sample {
        return Wanted::Sample(id.clone());
    }
    let Some(last) = batch.names.len().checked_sub(1) else { return Wanted::Missing };
    Wanted::Own { batch: batch.number, file: (state.file as usize).min(last) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(address: (Page, &str), n_files: usize, expected: &Wanted) {
        let state = ViewState::from_query(address.0, address.1).unwrap();
        let batch = Batch { number: 3, names: vec!["a.log".to_owned(); n_files] };
        assert_eq!(&wanted(&state, &batch), expected);
    }

    #[test]
    fn start_page_reads_nothing() {
        check((Page::Analyze, "sample=ollama-upgrade"), 1, &Wanted::Nothing);
    }

    #[test]
    fn sample_of_the_address_comes_before_own_files() {
        check((Page::Report, "sample=a"), 1, &Wanted::Sample("a".to_owned()));
    }

    #[test]
    fn link_of_the_address_comes_before_all_else() {
        let link = SharedLink::in_fragment("r1abc");
        let state = ViewState::default().with_link(link.clone());
        assert_eq!(wanted(&state, &Batch::default()), Wanted::Link(link.unwrap()));
    }

    #[test]
    fn list_of_kept_reports_reads_nothing() {
        check((Page::History, ""), 1, &Wanted::Nothing);
    }

    #[test]
    fn kept_report_of_the_address_comes_before_own_files() {
        check((Page::Report, "kept=7"), 1, &Wanted::Kept(7));
    }

    #[test]
    fn file_that_does_not_exist_is_the_last_one() {
        check((Page::Report, "file=9"), 2, &Wanted::Own { batch: 3, file: 1 });
    }

    #[test]
    fn own_log_is_missing_in_another_tab() {
        check((Page::Report, ""), 0, &Wanted::Missing);
    }
}
