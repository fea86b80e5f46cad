//! What the table shows, for the program that writes it as text.

use analyzer::report::Run;
use share::exporting::{Section, Selection};

use super::pins::Pins;
use super::{Group, Order, closure_sentence, lede, rows};

/// The changes that are shown: those in folded families too, but of what stands apart only what is
/// open, or found. `is_open` says it of the name of a group.
pub fn of(
    run: &Run,
    search: &str,
    sort: &str,
    pins: &Pins,
    is_open: impl Fn(&str) -> bool,
) -> Selection {
    let order = Order::from_slug(sort);
    let is_found = !search.trim().is_empty();
    let mut sections: Vec<Section> = Vec::new();
    for (group, index) in rows(run, search, order, pins) {
        if group.is_apart() && !is_found && !is_open(group.slug()) {
            continue;
        }
        let has_title = order == Order::Matters || group.is_apart();
        let title = if has_title { group.title() } else { "" };
        let index = u32::try_from(index).unwrap_or(u32::MAX);
        match sections.iter_mut().find(|section| section.title == title) {
            Some(section) => section.changes.push(index),
            None => sections.push(Section { title: title.to_owned(), changes: vec![index] }),
        }
    }
    // What stands apart comes last on the page, in whichever order.
    let (apart, mut main): (Vec<_>, Vec<_>) = sections.into_iter().partition(is_apart);
    main.extend(apart);
    Selection { run: 0, intro: intro(run, search), sections: main }
}

/// How many changes are shown.
pub fn count(selection: &Selection) -> u64 {
    selection.sections.iter().map(|section| section.changes.len() as u64).sum()
}

fn is_apart(section: &Section) -> bool {
    Group::ALL.iter().any(|group| group.is_apart() && group.title() == section.title)
}

/// The sentences above the table.
fn intro(run: &Run, search: &str) -> String {
    let closure = closure_sentence(run).map(|sentence| ["Closure: ", &sentence, "."].concat());
    let search = search.trim();
    let found = (!search.is_empty())
        .then(|| ["Of these, only what has “", search, "” in its name."].concat());
    let sentences: Vec<String> = [lede(run), closure, found].into_iter().flatten().collect();
    sentences.join(" ")
}

#[cfg(test)]
mod tests {
    use analyzer::report::ChangeKind;

    use super::*;
    use crate::testing;

    #[track_caller]
    fn check(search: &str, sort: &str, open: &str, expected: &[(&str, &[u32])]) {
        let mut bash = testing::change("bash", "5.2", "5.2");
        bash.kind = ChangeKind::Rebuilt;
        let mut uv = testing::change("uv", "", "0.6.6");
        uv.kind = ChangeKind::Added;
        let zlib = testing::change("zlib", "1.3", "1.3.1");
        let acl = testing::change("acl", "2.3.1", "2.3.2");
        let run = Run { changes: vec![bash, uv, zlib, acl], ..testing::run() };
        let pins = Pins::from_text("zlib");
        let selection = of(&run, search, sort, &pins, |slug| slug == open);
        let found: Vec<_> =
            selection.sections.iter().map(|it| (it.title.as_str(), &it.changes[..])).collect();
        assert_eq!(found, expected);
        assert_eq!(count(&selection), expected.iter().map(|it| it.1.len() as u64).sum::<u64>());
    }

    #[test]
    fn it_is_what_the_table_shows() {
        let cared_for = Group::CaredFor.title();
        check("", "", "", &[(cared_for, &[2]), ("Changed", &[3]), ("New", &[1])]);
        check("", "name", "", &[("", &[3, 1, 2])]);
        check("L", "", "", &[(cared_for, &[2]), ("Changed", &[3])]);
        check("nothing", "", "", &[]);
    }

    #[test]
    fn what_stands_apart_is_shown_when_it_is_open_or_found() {
        check("", "name", "same", &[("", &[3, 1, 2]), ("Same versions", &[0])]);
        check("bash", "", "", &[("Same versions", &[0])]);
    }

    #[test]
    fn sentences_say_what_was_looked_for() {
        let run = Run { changes: vec![testing::change("zlib", "1.3", "1.3.1")], ..testing::run() };
        assert_eq!(intro(&run, ""), "1 version changed: 1 up.");
        let expected = "1 version changed: 1 up. Of these, only what has “lib” in its name.";
        assert_eq!(intro(&run, " lib "), expected);
    }
}
