//! The changes of a run as text to take along: Markdown, CSV and JSON.

use std::fmt::Write;

use analyzer::report::{
    Change, ChangeKind, ChangeSource, DerivationKind, Level, Lines, NixOrder, Run,
};

use super::pins::Pins;
use super::{Group, Order, closure_sentence, lede, level_word, rows, side};
use crate::format;

/// Tables with more rows are folded in Markdown.
const FOLDED: usize = 15;

/// A form of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Tables for a forum or a pull request.
    Markdown,
    /// A row for each change, for a spreadsheet.
    Csv,
    /// The list of changes as it stands in the report.
    Json,
}

impl Form {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Markdown => "Markdown",
            Self::Csv => "CSV",
            Self::Json => "JSON",
        }
    }

    /// What a file of it is called.
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Markdown => "versions.md",
            Self::Csv => "versions.csv",
            Self::Json => "versions.json",
        }
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Markdown => "text/markdown",
            Self::Csv => "text/csv",
            Self::Json => "application/json",
        }
    }

    /// All changes of a run in this form.
    pub fn text(self, run: &Run) -> String {
        match self {
            Self::Markdown => markdown(run),
            Self::Csv => csv(&run.changes),
            Self::Json => json(&run.changes),
        }
    }
}

/// A heading, a sentence, and a table for each group; long ones behind a click. What has the same
/// versions and what is of the configuration is only counted.
fn markdown(run: &Run) -> String {
    let mut text = "### Versions\n\n".to_owned();
    let closure = closure_sentence(run).map(|sentence| ["Closure: ", &sentence, "."].concat());
    let sentences: Vec<String> = [lede(run), closure].into_iter().flatten().collect();
    text += &sentences.join(" ");
    text += "\n";
    let rows = rows(run, "", Order::Matters, &Pins::default());
    for of_group in rows.chunk_by(|a, b| a.0 == b.0) {
        let changes: Vec<&Change> = of_group.iter().map(|row| &run.changes[row.1]).collect();
        text.push('\n');
        add_group(&mut text, of_group[0].0, &changes);
    }
    text
}

fn add_group(text: &mut String, group: Group, changes: &[&Change]) {
    let count = group.counted(changes.len() as u64);
    if group.is_apart() {
        *text += &["Besides: ", &count, ".\n"].concat();
        return;
    }
    *text += &["#### ", group.title(), "\n\n"].concat();
    // The blank lines make forums read what is between them as Markdown.
    if changes.len() > FOLDED {
        *text += &["<details><summary>", &count, "</summary>\n\n"].concat();
    }
    add_table(text, changes);
    if changes.len() > FOLDED {
        *text += "\n</details>\n";
    }
}

fn add_table(text: &mut String, changes: &[&Change]) {
    let is_sized = changes.iter().any(|change| change.size_delta_bytes.is_some());
    *text += "| Package | Old | New | Change |";
    *text += if is_sized { " Size |\n|---|---|---|---|--:|\n" } else { "\n|---|---|---|---|\n" };
    for change in changes {
        let before = change.renamed_from.as_deref().map(code);
        let before = before.map(|before| [" (was ", &before, ")"].concat());
        let name = code(&change.name) + &before.unwrap_or_default();
        let (old, new) = (&change.old, &change.new);
        let (old, new) = (side(old, change.old_count), side(new, change.new_count));
        let mut cells = vec![name, code(&old), code(&new), level_word(change).0.to_owned()];
        if is_sized {
            cells.push(change.size_delta_bytes.map(format::size_delta).unwrap_or_default());
        }
        *text += &["| ", &cells.join(" | "), " |\n"].concat();
    }
}

/// Text of a log as code in a cell, whatever it holds: a bar ends a cell even inside of code, and
/// code needs more backticks around it than are in it.
fn code(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let (mut run, mut longest) = (0, 0);
    for letter in text.chars() {
        run = if letter == '`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    let ticks = "`".repeat(longest + 1);
    let blank = if longest > 0 { " " } else { "" };
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    [&ticks, blank, &line.replace('|', "\\|"), blank, &ticks].concat()
}

/// The fields of a change, named as in the JSON form of the report.
const FIELDS: [&str; 15] = [
    "name",
    "subject",
    "kind",
    "level",
    "old",
    "new",
    "old_count",
    "new_count",
    "size_delta_bytes",
    "selected",
    "family",
    "renamed_from",
    "nix_order",
    "source",
    "lines",
];

/// What stands in a field.
enum Value<'a> {
    /// Text of a log.
    Text(&'a str),
    /// A word of this program.
    Word(&'static str),
    /// A number or a truth value, as both forms write it.
    Plain(String),
    /// Texts of a log.
    Texts(&'a [String]),
    /// Lines of the log.
    Lines(&'a Lines),
    /// Nothing that is known.
    Unknown,
}

impl<T: Into<Self>> From<Option<T>> for Value<'_> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Unknown, Into::into)
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text)
    }
}

/// What stands in each of [`FIELDS`].
fn values(change: &Change) -> [Value<'_>; 15] {
    use Value::{Lines, Plain, Text, Texts, Word};
    let count = |count: Option<u32>| Value::from(count.map(|count| Plain(count.to_string())));
    [
        Text(&change.name),
        Word(subject(change.subject)),
        Word(kind(change.kind)),
        change.level.map(|it| Word(level(it))).into(),
        Texts(&change.old),
        Texts(&change.new),
        count(change.old_count),
        count(change.new_count),
        change.size_delta_bytes.map(|it| Plain(it.to_string())).into(),
        change.selected.map(|it| Plain(it.to_string())).into(),
        change.family.as_ref().into(),
        change.renamed_from.as_ref().into(),
        change.nix_order.map(|it| Word(nix_order(it))).into(),
        Word(source(change.source)),
        Lines(&change.lines),
    ]
}

/// Rows as of RFC 4180.
fn csv(changes: &[Change]) -> String {
    let mut text = FIELDS.join(",");
    text += "\r\n";
    for change in changes {
        text += &values(change).map(cell).join(",");
        text += "\r\n";
    }
    text
}

fn cell(value: Value<'_>) -> String {
    match value {
        Value::Text(text) => field(text),
        Value::Word(word) => word.to_owned(),
        Value::Plain(text) => text,
        Value::Texts(texts) => field(&texts.join(" ")),
        Value::Lines(lines) => ranges(lines),
        Value::Unknown => String::new(),
    }
}

/// Text of a log as a field. An apostrophe keeps spreadsheets from taking it for a formula.
fn field(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if is_formula { ["'", text].concat() } else { text.to_owned() };
    if !text.contains(['"', ',', '\n', '\r']) {
        return text;
    }
    ["\"", &text.replace('"', "\"\""), "\""].concat()
}

/// `20 24-26`
fn ranges(lines: &Lines) -> String {
    let range = |[first, last]: &[u32; 2]| {
        if first == last {
            return first.to_string();
        }
        [first.to_string(), last.to_string()].join("-")
    };
    lines.0.iter().map(range).collect::<Vec<_>>().join(" ")
}

/// The list of changes as in the JSON form of the report.
fn json(changes: &[Change]) -> String {
    let objects: Vec<String> = changes.iter().map(object).collect();
    ["[\n", &objects.join(",\n"), "\n]\n"].concat()
}

fn object(change: &Change) -> String {
    let mut text = String::new();
    for (key, value) in FIELDS.iter().zip(values(change)) {
        text += if text.is_empty() { "{\"" } else { ",\"" };
        text += &[key, "\":", &json_value(value)].concat();
    }
    text + "}"
}

fn json_value(value: Value<'_>) -> String {
    match value {
        Value::Text(text) | Value::Word(text) => string(text),
        Value::Plain(text) => text,
        Value::Texts(texts) => list(&texts.iter().map(|text| string(text)).collect::<Vec<_>>()),
        Value::Lines(lines) => {
            let range = |[first, last]: &[u32; 2]| list(&[first.to_string(), last.to_string()]);
            list(&lines.0.iter().map(range).collect::<Vec<_>>())
        }
        Value::Unknown => "null".to_owned(),
    }
}

fn list(items: &[String]) -> String {
    ["[", &items.join(","), "]"].concat()
}

fn string(text: &str) -> String {
    let mut quoted = "\"".to_owned();
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            // Writing to a string does not fail.
            '\0'..' ' => drop(write!(quoted, "\\u{:04x}", u32::from(letter))),
            _ => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

fn kind(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Upgraded => "upgraded",
        ChangeKind::Downgraded => "downgraded",
        ChangeKind::Changed => "changed",
        ChangeKind::Added => "added",
        ChangeKind::Removed => "removed",
        ChangeKind::Rebuilt => "rebuilt",
        ChangeKind::Deduplicated => "deduplicated",
        ChangeKind::Duplicated => "duplicated",
    }
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Major => "major",
        Level::Minor => "minor",
        Level::Patch => "patch",
        Level::Prerelease => "prerelease",
        Level::Date => "date",
        Level::Revision => "revision",
        Level::Scheme => "scheme",
    }
}

fn subject(subject: DerivationKind) -> &'static str {
    match subject {
        DerivationKind::Software => "software",
        DerivationKind::Configuration => "configuration",
        DerivationKind::Source => "source",
        DerivationKind::Patch => "patch",
        DerivationKind::KernelOrInitrd => "kernel_or_initrd",
        DerivationKind::System => "system",
        DerivationKind::Other => "other",
    }
}

fn nix_order(order: NixOrder) -> &'static str {
    match order {
        NixOrder::Greater => "greater",
        NixOrder::Less => "less",
        NixOrder::Equal => "equal",
    }
}

fn source(source: ChangeSource) -> &'static str {
    match source {
        ChangeSource::Nvd => "nvd",
        ChangeSource::Dix => "dix",
        ChangeSource::DiffClosures => "diff_closures",
        ChangeSource::Compared => "compared",
        ChangeSource::History => "history",
        ChangeSource::Plan => "plan",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;

    fn run_of(changes: Vec<Change>) -> Run {
        Run { changes, ..testing::run() }
    }

    fn hostile() -> Change {
        Change {
            old: vec!["1.0\"\\\u{1b}|".to_owned(), "2,0".to_owned()],
            renamed_from: Some("=cmd()".to_owned()),
            selected: Some(false),
            size_delta_bytes: Some(-5),
            lines: Lines(vec![[20, 20], [24, 26]]),
            ..testing::change("a`|b", "", "3\n0")
        }
    }

    /// Every value of every enumeration, at least once.
    fn all_values() -> Vec<Change> {
        use ChangeKind::{Added, Changed, Deduplicated, Downgraded, Duplicated, Rebuilt, Removed};
        let kinds = [Added, Changed, Deduplicated, Downgraded, Duplicated, Rebuilt, Removed];
        let levels = [
            Level::Major,
            Level::Minor,
            Level::Patch,
            Level::Prerelease,
            Level::Date,
            Level::Revision,
            Level::Scheme,
        ];
        let subjects = [
            DerivationKind::Software,
            DerivationKind::Configuration,
            DerivationKind::Source,
            DerivationKind::Patch,
            DerivationKind::KernelOrInitrd,
            DerivationKind::System,
            DerivationKind::Other,
        ];
        let sources = [
            ChangeSource::Nvd,
            ChangeSource::Dix,
            ChangeSource::DiffClosures,
            ChangeSource::Compared,
            ChangeSource::History,
            ChangeSource::Plan,
        ];
        let orders = [NixOrder::Greater, NixOrder::Less, NixOrder::Equal];
        let change = |index: usize| Change {
            kind: kinds[index],
            level: Some(levels[index]),
            subject: subjects[index],
            source: sources[index % sources.len()],
            nix_order: Some(orders[index % orders.len()]),
            old_count: Some(2),
            family: Some("python".to_owned()),
            ..testing::change("a", "1", "2")
        };
        (0..kinds.len()).map(change).collect()
    }

    #[test]
    fn json_is_that_of_the_report() {
        let mut changes = all_values();
        changes.push(hostile());
        let read: Vec<Change> = serde_json::from_str(&json(&changes)).unwrap();
        assert_eq!(read, changes);
        let keys = |value: serde_json::Value| -> Vec<String> {
            value[0].as_object().unwrap().keys().cloned().collect()
        };
        let written = keys(serde_json::from_str(&json(&changes)).unwrap());
        assert_eq!(written, keys(serde_json::to_value(&changes).unwrap()));
    }

    #[test]
    fn a_list_without_changes_is_empty_json() {
        assert_eq!(serde_json::from_str::<Vec<Change>>(&json(&[])).unwrap(), []);
    }

    #[test]
    fn csv_has_a_row_for_each_change_and_no_formula() {
        let text = csv(&[testing::change("zlib", "1.3", "1.3.1"), hostile()]);
        let expected = "name,subject,kind,level,old,new,old_count,new_count,size_delta_bytes,\
                        selected,family,renamed_from,nix_order,source,lines\r\n\
                        zlib,software,upgraded,,1.3,1.3.1,,,,,,,,nvd,20\r\n\
                        a`|b,software,upgraded,,\"1.0\"\"\\\u{1b}| 2,0\",\"3\n0\",,,-5,false,,\
                        '=cmd(),,nvd,20 24-26\r\n";
        assert_eq!(text, expected);
    }

    #[test]
    fn markdown_has_a_table_for_each_group() {
        let mut zlib = testing::change("zlib", "1.3", "1.3.1");
        zlib.renamed_from = Some("zlib-ng".to_owned());
        let same = Change { kind: ChangeKind::Rebuilt, ..testing::change("bash", "5.2", "5.2") };
        let new = Change { kind: ChangeKind::Added, ..testing::change("uv", "", "0.6.6") };
        let expected = "### Versions\n\n\
            1 version changed: 1 up. Besides: 1 new.\n\n\
            #### Changed\n\n\
            | Package | Old | New | Change |\n|---|---|---|---|\n\
            | `zlib` (was `zlib-ng`) | `1.3` | `1.3.1` | changed |\n\n\
            #### New\n\n\
            | Package | Old | New | Change |\n|---|---|---|---|\n\
            | `uv` |  | `0.6.6` | new |\n\n\
            Besides: 1 package with the same version.\n";
        assert_eq!(markdown(&run_of(vec![zlib, same, new])), expected);
    }

    #[test]
    fn long_tables_are_folded_in_markdown() {
        let names = (0..=FOLDED).map(|n| testing::change(&format!("p{n}"), "1", "2"));
        let text = markdown(&run_of(names.collect()));
        assert!(text.contains("<details><summary>16 packages</summary>\n\n| Package |"));
        assert!(text.ends_with(" |\n\n</details>\n"));
    }

    #[test]
    fn text_of_a_log_stays_in_its_cell() {
        for (text, expected) in [
            ("a|b", "`a\\|b`"),
            ("a`b", "`` a`b ``"),
            ("<b>", "`<b>`"),
            ("two\nlines", "`two lines`"),
            ("", ""),
        ] {
            assert_eq!(code(text), expected);
        }
    }
}
