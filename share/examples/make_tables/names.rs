//! The table of names: which names, how common each is, and a version.

use std::collections::BTreeMap;

/// Beginnings and ends of names that are made of others, or of a configuration.
const MADE: [&str; 4] = ["vimplugin-", "hm_", "unit-", "X-Restart-Triggers-"];
const MADE_ENDS: [&str; 3] = ["-grammar", ".service", ".patch"];

/// Of a name: how many of the more common list stand before it, and a version.
#[derive(Default)]
struct About {
    rank: Option<usize>,
    version: String,
    is_seen: bool,
}

/// The lines of the table.
pub(crate) fn lines(ranked: &str, seen: &str) -> String {
    let mut names: BTreeMap<String, About> = BTreeMap::new();
    for (rank, name) in ranked.lines().enumerate() {
        names.entry(key(name)).or_default().rank.get_or_insert(rank);
    }
    for line in seen.lines().filter(|line| !line.starts_with('#')) {
        let mut fields = line.split('\t');
        let name = fields.next().unwrap_or_default();
        if is_made(name) {
            continue;
        }
        let about = names.entry(key(name)).or_default();
        about.is_seen = true;
        if let Some(version) = fields.skip(1).filter_map(plain_version).last() {
            version.clone_into(&mut about.version);
        }
    }
    front_coded(&names)
}

/// Whether it is made of another name, or of a configuration.
pub(crate) fn is_made(name: &str) -> bool {
    MADE.iter().any(|made| name.starts_with(made))
        || MADE_ENDS.iter().any(|made| name.ends_with(made))
}

/// `python3-requests` of `python3.12-requests`: the version of the interpreter is coded apart.
fn key(name: &str) -> String {
    for interpreter in ["python3", "perl5"] {
        let Some(rest) = name.strip_prefix(interpreter) else { continue };
        let Some((version, package)) = rest.split_once('-') else { continue };
        if version.bytes().all(|byte| byte == b'.' || byte.is_ascii_digit()) {
            return [interpreter, "-", package].concat();
        }
    }
    name.to_owned()
}

/// `2.39.2` of `2.39.2-bin`; none of `2.26.patch`.
pub(crate) fn plain_version(version: &str) -> Option<&str> {
    let plain = version.split('-').next()?;
    let is_plain = plain.starts_with(|c: char| c.is_ascii_digit())
        && plain.bytes().all(|byte| byte == b'.' || byte.is_ascii_alphanumeric())
        && !plain.contains("patch")
        && !plain.contains("tar");
    is_plain.then_some(plain)
}

fn front_coded(names: &BTreeMap<String, About>) -> String {
    let (mut lines, mut last) = (String::new(), "");
    for (name, about) in names {
        let shared = name.bytes().zip(last.bytes()).take_while(|(a, b)| a == b).count().min(25);
        lines.push(char::from(b'A' + u8::try_from(shared).unwrap_or(25)));
        lines += &name[shared..];
        lines.push(' ');
        lines.push(char::from(b'0' + rank(about)));
        lines += &about.version;
        lines.push('\n');
        last = name;
    }
    lines
}

/// 0 to 5 from the most common to the least; 6 if it is in the logs alone, 7 if it is in both.
fn rank(about: &About) -> u8 {
    match about.rank {
        None => 6,
        Some(_) if about.is_seen => 7,
        Some(..250) => 0,
        Some(..500) => 1,
        Some(..1000) => 2,
        Some(..2000) => 3,
        Some(..4000) => 4,
        Some(_) => 5,
    }
}
