//! Links and what they lead to, as boxes below each other.

use super::Facts;
use super::svg::{Ink, Svg, WIDTH, shortened};

const HEIGHT: u32 = 44;
const STEP: u32 = 66;
/// Characters of code that fit a box.
const MAX_CODE: usize = 42;

/// How the system leads to a program; `None` where no package is known.
pub(super) fn store(facts: &Facts) -> Option<String> {
    let package = facts.package.as_ref()?;
    let system = facts.system.as_deref().unwrap_or("nixos-system");
    let program = format!("/nix/store/…-{}-{}", package.name, package.new);
    let rows = [
        ("the system that is active, a link", "/run/current-system".to_owned()),
        ("one path in the store, mostly links", format!("/nix/store/…-{system}")),
        ("the program, in a path of its own", program.clone()),
    ];
    let mut svg = Svg::default();
    for (index, (label, code)) in (0..).zip(&rows) {
        row(&mut svg, "box", index, label, (Ink::Code, code));
        if index > 0 {
            svg.arrow(WIDTH / 2, index * STEP - STEP + HEIGHT, index * STEP - 2);
        }
    }
    let old = format!("/nix/store/…-{}-{}", package.name, package.old);
    row(&mut svg, "old", 3, "the version before, until it is collected", (Ink::Code, &old));
    let words = format!(
        "The link /run/current-system leads to the system {system}, and its links lead to \
         {program}. Beside it lies {old}, until it is collected."
    );
    Some(svg.finish(3 * STEP + HEIGHT, &words))
}

/// Which generation is active, and which are kept.
pub(super) fn generations(facts: &Facts) -> String {
    let link = |back: u64| match facts.generation.and_then(|number| number.checked_sub(back)) {
        Some(number) => format!("system-{number}-link"),
        None => UNNUMBERED[usize::try_from(back).unwrap_or(0)].to_owned(),
    };
    let rows = [
        ("box", "says which one the next start takes", "/nix/var/nix/profiles/system".to_owned()),
        ("box", "the new generation", link(0)),
        ("old", "the one before, in the boot menu", link(1)),
        ("old", "an older one, in the boot menu", link(2)),
    ];
    let mut svg = Svg::default();
    for (index, (class, label, link)) in (0..).zip(&rows) {
        let is_quoted = index == 0 || facts.generation.is_some();
        let style = if is_quoted { Ink::Code } else { Ink::Plain };
        row(&mut svg, class, index, label, (style, link));
    }
    svg.arrow(WIDTH / 2, HEIGHT, STEP - 2);
    let words = format!(
        "The link of the profile leads to {}, the new generation. {} and {} are kept and stand \
         in the boot menu.",
        rows[1].2, rows[2].2, rows[3].2
    );
    svg.finish(3 * STEP + HEIGHT, &words)
}

/// The links of the newest generations where the log does not tell their numbers.
const UNNUMBERED: [&str; 3] = [
    "a link with the next free number",
    "a link with a lower number",
    "a link with a lower number still",
];

fn row(svg: &mut Svg, class: &str, index: u32, label: &str, (ink, text): (Ink, &str)) {
    let y = index * STEP;
    svg.bar(class, [1, y + 1, WIDTH - 2, HEIGHT - 2]);
    svg.text(Ink::Soft, 12, y + 18, label);
    svg.text(ink, 12, y + 35, &shortened(text, MAX_CODE));
}
