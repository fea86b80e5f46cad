//! The two sides of a comparison, from what the address names to what differs.

use std::sync::Arc;

use analyzer::report::LinkLevel;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::files::Input;
use crate::browser::task::{Program, TaskError, Tasks};
use crate::client::Client;
use crate::comparison::{Comparison, Extent};
use crate::intake::Intake;
use crate::keeping;
use crate::opening;
use crate::protocol;
use crate::sample::Sample;
use crate::session::{Origin, Session};
use crate::view_state::{Page, SharedLink, Side, SideOrder, ViewState};

/// The two sides, the old one first, and what differs.
#[derive(Clone, Copy)]
pub struct Pair {
    intake: Intake,
    clients: RwSignal<[Client; 2]>,
    /// What the clients read.
    opened: StoredValue<[Side; 2]>,
    outcome: RwSignal<Outcome>,
    /// Counts comparisons: the answer to an earlier one is too late.
    turn: StoredValue<u32>,
}

/// What came of comparing.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Outcome {
    /// Nothing yet: a side is missing.
    #[default]
    Waiting,
    /// Both are being compared.
    Working,
    /// What differs.
    Done(Arc<Comparison>),
    /// They could not be compared, for this reason.
    Failed(String),
}

impl Pair {
    /// Compares from now on what the address asks for.
    pub fn start(intake: Intake) -> Self {
        let pair = Self {
            intake,
            clients: RwSignal::new([Client::idle(), Client::idle()]),
            opened: StoredValue::default(),
            outcome: RwSignal::default(),
            turn: StoredValue::new(0),
        };
        let state = intake.view().state();
        // What was read stays while another page is looked at, so that Back shows it again.
        let wanted = Memo::new(move |before: Option<&[Side; 2]>| {
            state.with(|state| match before {
                Some(before) if state.page != Page::Compare => before.clone(),
                _ => state.sides.clone(),
            })
        });
        Effect::new(move || pair.open(wanted.get()));
        Effect::new(move || pair.compare_if_read());
        pair
    }

    /// What one of both reads. Starts at `0`, the old one.
    pub fn client(self, side: usize) -> Client {
        self.clients.with(|clients| clients[side])
    }

    /// What came of comparing.
    pub fn outcome(self) -> Signal<Outcome> {
        self.outcome.into()
    }

    /// Takes what was handed in, for the side that the person named, if any.
    pub fn hand_in(self, inputs: Vec<Input>, named: Option<usize>) {
        let mut came = inputs.into_iter().filter_map(|input| self.side(input));
        let Some(first) = came.next() else { return };
        let second = came.next();
        self.intake.view().update(|state| {
            if let Some(second) = second {
                state.sides = [first, second];
                state.side_order = SideOrder::ByDates;
                return;
            }
            let free = state.sides.iter().position(|side| *side == Side::Empty);
            put(state, named.or(free).unwrap_or(1), first, named.is_some());
        });
    }

    /// What was handed in, as the address names it.
    fn side(self, input: Input) -> Option<Side> {
        match input.link {
            Some(link) => Some(Side::Link(link)),
            None => self.intake.append(vec![input]).map(Side::File),
        }
    }

    /// Puts something else on a side, as the person chose.
    pub fn put(self, index: usize, side: Side) {
        self.intake.view().update(|state| put(state, index, side, true));
    }

    /// What a screen reader says on arrival; empty while there is nothing new to say.
    pub fn announcement(self) -> String {
        match self.outcome.get() {
            Outcome::Done(comparison) => {
                let sentences = comparison.sentences.iter().take(2).map(|it| it.text.as_str());
                ["Comparison ready."].into_iter().chain(sentences).collect::<Vec<_>>().join(" ")
            }
            Outcome::Failed(sentence) => sentence,
            Outcome::Waiting | Outcome::Working => self.refusals(),
        }
    }

    /// Why a side could not be read.
    fn refusals(self) -> String {
        let of = |client: Client| {
            client.session().with(|session| match session {
                Session::NotALog { .. } | Session::Failed { .. } => session.announcement(),
                _ => String::new(),
            })
        };
        self.clients.get().map(of).concat()
    }

    fn open(self, wanted: [Side; 2]) {
        let mut before = self.opened.get_value();
        if before == wanted {
            return;
        }
        self.opened.set_value(wanted.clone());
        before.reverse();
        if before == wanted {
            self.clients.update(|clients| clients.reverse());
            return;
        }
        before.reverse();
        let clients = self.clients.get_untracked();
        for (client, (before, side)) in clients.into_iter().zip(before.iter().zip(wanted)) {
            if *before != side {
                self.read(client, &side);
            }
        }
    }

    fn read(self, client: Client, side: &Side) {
        client.clear();
        match side {
            Side::Empty => {}
            Side::File(index) => match self.intake.input(*index) {
                Some(input) => client.read(&input),
                None => client.fail(GONE),
            },
            Side::Kept(id) => self.open_kept(client, *id),
            Side::Sample(id) => match Sample::find(id) {
                Some(sample) => client.fetch(sample.title, sample.address()),
                None => client.fail("There is no sample log of this name."),
            },
            Side::Link(link) => self.open_link(client, link.clone()),
        }
    }

    fn open_kept(self, client: Client, id: u32) {
        client.show(Session::Opening);
        spawn_local(async move {
            let (session, report) = keeping::open(id).await;
            if self.opened.with_value(|sides| sides.contains(&Side::Kept(id))) {
                client.show_report(session, &report);
            }
        });
    }

    fn open_link(self, client: Client, link: SharedLink) {
        client.show(Session::Opening);
        spawn_local(async move {
            let (session, bytes) = opening::open(&link).await;
            let is_wanted = self.opened.with_value(|sides| sides.contains(&Side::Link(link)));
            let waits = client.session().with_untracked(|now| *now == Session::Opening);
            if is_wanted && waits {
                client.show_report(session, &bytes);
            }
        });
    }

    fn compare_if_read(self) {
        let is_read = |client: Client| {
            client.session().with(|it| matches!(it, Session::Done { .. } | Session::Listing { .. }))
        };
        // Both are asked, so that a change of either is heard of.
        let both = self.clients.get().map(is_read);
        self.turn.update_value(|turn| *turn = turn.wrapping_add(1));
        if both == [true, true] {
            self.outcome.set(Outcome::Working);
            self.compare();
        } else {
            self.outcome.set(Outcome::Waiting);
        }
    }

    fn compare(self) {
        let turn = self.turn.get_value();
        let [old, new] = self.clients.get_untracked().map(side_of_request);
        let request = protocol::to_bytes(&(old, new)).unwrap_or_default();
        spawn_local(async move {
            let answer = match Tasks::start() {
                Ok(tasks) => tasks.run(Program::Compare, &request).await,
                Err(error) => Err(error),
            };
            if self.turn.get_value() == turn {
                self.take(answer);
            }
        });
    }

    fn take(self, answer: Result<Vec<u8>, TaskError>) {
        let read = |bytes: Vec<u8>| {
            let comparison: Option<Comparison> = protocol::from_bytes(&bytes);
            let comparison = comparison.ok_or(TaskError::NotLoaded)?;
            Ok(Comparison { bytes: bytes.into(), ..comparison })
        };
        match answer.and_then(read) {
            Ok(comparison) => self.show(comparison),
            Err(error) => self.outcome.set(Outcome::Failed(error.to_string())),
        }
    }

    /// Shows what differs; first puts the older one first where that is left open.
    fn show(self, comparison: Comparison) {
        let is_open = self
            .intake
            .view()
            .state()
            .with_untracked(|state| state.side_order == SideOrder::ByDates);
        if comparison.is_reversed && is_open {
            self.intake.view().replace(ViewState::swap_sides);
        } else {
            self.outcome.set(Outcome::Done(Arc::new(comparison)));
        }
    }
}

/// The bytes of a report, and how much of it they are.
fn side_of_request(client: Client) -> (Vec<u8>, Extent) {
    let is_whole = |session: &Session| match session {
        Session::Done { origin: Origin::Link { level, warning }, .. } => {
            *level == LinkLevel::Full && warning.is_none()
        }
        _ => true,
    };
    let is_whole = client.session().with_untracked(is_whole);
    let extent = if is_whole { Extent::Whole } else { Extent::Part };
    (client.last_report().bytes.to_vec(), extent)
}

const GONE: &str = "This tab does not have that file any more: no address holds a file. \
                    Hand it in again.";

/// Puts something on a side; `is_chosen` if the person said which.
fn put(state: &mut ViewState, index: usize, side: Side, is_chosen: bool) {
    state.sides[index] = side;
    state.side_order = if is_chosen { SideOrder::Chosen } else { SideOrder::ByDates };
}
