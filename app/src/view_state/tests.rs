//! Addresses that were ever made, and the round trip of all others.

use analyzer::report::LinkLevel;

use super::*;
use proptest::prelude::*;

#[track_caller]
fn check(query: &str, expected: &ViewState) {
    assert_eq!(ViewState::from_query(Page::Report, query).as_ref(), Ok(expected));
}

fn report() -> ViewState {
    ViewState { page: Page::Report, ..ViewState::default() }
}

#[test]
fn addresses_of_version_1_stay_readable() {
    check("", &report());
    check("?v=1", &report());
    check(
        "v=1&sample=ollama-upgrade",
        &ViewState { sample: Some("ollama-upgrade".to_owned()), ..report() },
    );
    check("v=1&file=2&run=1", &ViewState { file: 2, run: 1, ..report() });
    check(
        "v=1&section=log&line=446",
        &ViewState {
            section: Some(Section::Log),
            lines: Some(LineRange { first: 446, last: 446 }),
            ..report()
        },
    );
    check(
        "v=1&section=versions&q=python%203%26&sort=-size",
        &ViewState {
            section: Some(Section::Versions),
            search: "python 3&".to_owned(),
            sort: "-size".to_owned(),
            ..report()
        },
    );
    check(
        "v=1&article=nix-store%23why",
        &ViewState { article: Some("nix-store#why".to_owned()), ..report() },
    );
    check(
        "v=1&open=python,new.qt&letters=nvd",
        &ViewState { open: "python,new.qt".to_owned(), nvd_letters: NvdLetters::Shown, ..report() },
    );
    let window = Some(Window { from: 160_000, to: 704_000 });
    check(
        "v=1&section=time&window=160000-704000",
        &ViewState { section: Some(Section::Time), window, ..report() },
    );
    check(
        "v=1&old=sample.a&new=file.1&order=chosen",
        &ViewState {
            sides: [Side::Sample("a".to_owned()), Side::File(1)],
            side_order: SideOrder::Chosen,
            ..report()
        },
    );
    let share = Some(LinkLevel::Full);
    check("v=1&share=full", &ViewState { share, ..report() });
    check("v=1&since=kept.7", &ViewState { since: Since::Kept(7), ..report() });
    check("v=1&since=nothing", &ViewState { since: Since::Nowhere, ..report() });
    check("v=1&kept=7&run=1", &ViewState { kept: Some(7), run: 1, ..report() });
    check("v=1&wrap=off", &ViewState { line_wrap: LineWrap::Unwrapped, ..report() });
}

#[test]
fn two_links_are_compared_by_an_address_that_holds_both() {
    let compared = ViewState { page: Page::Compare, ..ViewState::default() };
    for (address, sides) in [
        ("compare/?v=1#r1abc~r1def", ["r1abc", "r1def"]),
        ("compare/?v=1#~r1def", ["", "r1def"]),
        ("compare/?v=1#r1abc~", ["r1abc", ""]),
    ] {
        let side = |text: &str| SharedLink::in_fragment(text).map_or(Side::Empty, Side::Link);
        let state = compared.clone().with_fragment(address.split_once('#').unwrap().1);
        assert_eq!(state.sides, sides.map(side));
        assert_eq!(state.to_address(), address);
    }
    let mut mixed = compared.with_query("new=file.1").unwrap().with_fragment("r1abc~");
    assert_eq!(mixed.to_address(), "compare/?v=1&new=file.1#r1abc~");
    mixed.swap_sides();
    assert_eq!(mixed.to_address(), "compare/?v=1&old=file.1&order=chosen#~r1abc");
}

#[test]
fn folded_rows_open_and_close_by_themselves() {
    let mut state = report();
    for (key, expected) in
        [("python", "python"), ("new.qt", "python,new.qt"), ("python", "new.qt"), ("new.qt", "")]
    {
        state.toggle_open(key);
        assert_eq!(state.open, expected);
    }
    assert!(!state.is_open("qt"));
}

#[test]
fn every_upgrader_is_for_one_version() {
    assert_eq!(UPGRADERS.len() + 1, VERSION as usize);
}

#[test]
fn unknown_keys_and_values_are_passed_over() {
    check(
        "v=1&colour=red&old=file.x&new=link&section=nowhere&line=0&line=9-3&file=-1&&=",
        &report(),
    );
}

#[test]
fn newer_version_is_named() {
    assert_eq!(ViewState::from_query(Page::Report, "v=7&line=1"), Err(NewerVersion(7)));
}

#[test]
fn change_keeps_what_it_does_not_name() {
    let before =
        ViewState { search: "linux".to_owned(), article: Some("nix-store".to_owned()), ..report() };
    let after = before.with_query("section=log&line=3-4&article=").unwrap();
    assert_eq!(after.to_query(), "v=1&section=log&line=3-4&q=linux");
}

#[test]
fn state_that_is_all_default_is_a_short_address() {
    assert_eq!(report().to_address(), "report/?v=1");
    assert_eq!(ViewState::default().to_address(), "?v=1");
}

#[test]
fn pages_are_found_by_any_spelling_of_their_address() {
    for path in ["report", "report/", "report/index.html"] {
        assert_eq!(Page::from_path(path), Some(Page::Report));
    }
    assert_eq!(Page::from_path("compare/"), Some(Page::Compare));
    assert_eq!(Page::from_path("history/"), Some(Page::History));
    for path in ["", "/", "index.html"] {
        assert_eq!(Page::from_path(path), Some(Page::Analyze));
    }
    assert_eq!(Page::from_path("learn/nix-store/"), None);
}

#[test]
fn a_shared_report_keeps_its_link_until_something_else_is_loaded() {
    let link = SharedLink::in_fragment("r1abc");
    let shared = ViewState { sample: Some("a".to_owned()), ..ViewState::default() }.with_link(link);
    assert_eq!(shared.to_address(), "report/?v=1#r1abc");
    let moved = shared.with_query("section=time").unwrap();
    assert_eq!(moved.to_address(), "report/?v=1&section=time#r1abc");
    let other = moved.with_query("sample=b").unwrap();
    assert_eq!(other.to_address(), "report/?v=1&sample=b&section=time");
    assert_eq!(ViewState::default().with_link(None), ViewState::default());
}

fn any_lines() -> impl Strategy<Value = Option<LineRange>> {
    proptest::option::of((1..u32::MAX, 0..1000_u32)).prop_map(|range| {
        range.map(|(first, more)| LineRange { first, last: first.saturating_add(more) })
    })
}

prop_compose! {
    fn any_state()(
        (kept, sample) in (any::<Option<u32>>(), proptest::option::of(".{1,20}")),
        (file, run) in any::<(u32, u32)>(),
        section in proptest::option::of(proptest::sample::select(Section::ALL.to_vec())),
        lines in any_lines(),
        (search, sort) in (".{0,30}", "-?[a-z]{1,8}"),
        article in proptest::option::of("[a-z#-]{1,20}"),
        open in "[a-z.,]{0,20}",
        since in proptest::sample::select(vec![Since::SameHost, Since::Nowhere, Since::Kept(3)]),
        (unwrapped, lettered, chosen) in any::<(bool, bool, bool)>(),
        (file_side, sample_side) in (any::<u32>(), ".{1,20}"),
        window in proptest::option::of((any::<u32>(), any::<u32>())),
        share in proptest::option::of(proptest::sample::select(LinkLevel::ALL.to_vec())),
    ) -> ViewState {
        let line_wrap = if unwrapped { LineWrap::Unwrapped } else { LineWrap::Wrapped };
        let nvd_letters = if lettered { NvdLetters::Shown } else { NvdLetters::Hidden };
        let window = window.filter(|(from, to)| from < to).map(|(from, to)| Window { from, to });
        let page = Page::Report;
        let sides = [Side::File(file_side), Side::Sample(sample_side)];
        let side_order = if chosen { SideOrder::Chosen } else { SideOrder::ByDates };
        let kind = if lettered { FindKind::Regex } else { FindKind::Plain };
        let in_log = Box::new(InLog { find: sort.clone(), kind, alone: unwrapped.then_some((run, file)), fold: open.clone() });
        ViewState { page, link: None, kept, sample, file, run, section, lines, search, sort, open, window, nvd_letters, since, article, in_log, line_wrap, sides, side_order, share }
    }
}

proptest! {
    #[test]
    fn address_gives_the_state_back(state in any_state()) {
        prop_assert_eq!(ViewState::from_query(Page::Report, &state.to_query()), Ok(state));
    }

    #[test]
    fn any_query_is_read_without_panic(query in ".*") {
        let _ = ViewState::from_query(Page::Report, &query);
    }
}
