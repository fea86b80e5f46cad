//! Writes tables of a report for spreadsheets and scripts: RFC 4180, UTF-8, a row of names first.

use analyzer::Report;
use analyzer::report::{Change, Derivation, Fetch, Lines, Run, Span};

use super::words::word;

/// What stands in a field.
enum Cell<'a> {
    /// Text of a log.
    Text(&'a str),
    /// Texts of a log.
    Texts(&'a [String]),
    /// A number or a word of this program.
    Own(String),
    /// Nothing that is known.
    Unknown,
}

/// The name of a column and what stands in it.
type Column<T> = (&'static str, fn(&T) -> Cell<'_>);

const CHANGES: [Column<Change>; 15] = [
    ("name", |it| Cell::Text(&it.name)),
    ("subject", |it| Cell::Own(word(&it.subject))),
    ("kind", |it| Cell::Own(word(&it.kind))),
    ("level", |it| it.level.map(|level| word(&level)).into()),
    ("old", |it| Cell::Texts(&it.old)),
    ("new", |it| Cell::Texts(&it.new)),
    ("old_count", |it| number(it.old_count)),
    ("new_count", |it| number(it.new_count)),
    ("size_delta_bytes", |it| number(it.size_delta_bytes)),
    ("selected", |it| number(it.selected)),
    ("family", |it| text(it.family.as_ref())),
    ("renamed_from", |it| text(it.renamed_from.as_ref())),
    ("nix_order", |it| it.nix_order.map(|order| word(&order)).into()),
    ("source", |it| Cell::Own(word(&it.source))),
    ("lines", |it| Cell::Own(ranges(&it.lines))),
];

const BUILDS: [Column<Derivation>; 16] = [
    ("name", |it| Cell::Text(&it.name)),
    ("version", |it| text(it.version.as_ref())),
    ("kind", |it| Cell::Own(word(&it.kind))),
    ("planned", |it| Cell::Own(it.planned.to_string())),
    ("started", |it| Cell::Own(it.started.to_string())),
    ("status", |it| Cell::Own(word(&it.status))),
    ("builder", |it| text(it.host.as_ref())),
    ("from_s", |it| number(it.from_s)),
    ("total_s", |it| time(it, |span| span.total_s)),
    ("low_s", |it| time(it, |span| span.low_s)),
    ("high_s", |it| time(it, |span| span.high_s)),
    ("grade", |it| it.time.as_ref().map(|span| word(&span.grade)).into()),
    ("drag_s", |it| number(it.drag_s)),
    ("why_built", |it| it.why_built.as_ref().map(|why| word(&why.guess)).into()),
    ("drv", |it| text(it.drv.as_ref())),
    ("lines", |it| Cell::Own(ranges(&it.lines))),
];

const COPIES: [Column<Fetch>; 10] = [
    ("name", |it| Cell::Text(&it.name)),
    ("version", |it| text(it.version.as_ref())),
    ("output", |it| text(it.output.as_ref())),
    ("direction", |it| Cell::Own(word(&it.direction))),
    ("store", |it| text(it.store.as_ref())),
    ("bytes", |it| number(it.bytes)),
    ("retries", |it| Cell::Own(it.retries.to_string())),
    ("status", |it| Cell::Own(word(&it.status))),
    ("path", |it| text(it.path.as_ref())),
    ("lines", |it| Cell::Own(ranges(&it.lines))),
];

fn number<T: ToString>(value: Option<T>) -> Cell<'static> {
    value.map(|value| value.to_string()).into()
}

fn text(value: Option<&String>) -> Cell<'_> {
    value.map_or(Cell::Unknown, |text| Cell::Text(text))
}

fn time(derivation: &Derivation, of: impl Fn(&Span) -> Option<f64>) -> Cell<'static> {
    number(derivation.time.as_ref().and_then(of))
}

impl From<Option<String>> for Cell<'_> {
    fn from(own: Option<String>) -> Self {
        own.map_or(Self::Unknown, Self::Own)
    }
}

/// A row for each version change of a report. The columns are the fields of the JSON form, after
/// the number of the run, from 1, and the machine that it was for.
///
/// Several versions have a blank between them, lines are `20 24-26`, sizes are in bytes, and what
/// is not known is empty.
pub fn changes(report: &Report) -> String {
    of_runs(report, &CHANGES, |run| &run.changes)
}

/// A row for each derivation, in the form of [`changes`]; times are in seconds.
pub fn builds(report: &Report) -> String {
    of_runs(report, &BUILDS, |run| &run.derivations)
}

/// A row for each store path that was copied or planned to be, in the form of [`changes`].
pub fn copies(report: &Report) -> String {
    of_runs(report, &COPIES, |run| &run.fetches)
}

/// A row for each of some changes, in the form of [`changes`] without run and machine.
pub fn selected<'a>(changes: impl IntoIterator<Item = &'a Change>) -> String {
    let rows = changes.into_iter().map(|change| row(&CHANGES, change));
    head(&CHANGES) + &rows.map(|cells| line(&cells)).collect::<String>()
}

fn of_runs<T>(report: &Report, columns: &[Column<T>], items: fn(&Run) -> &[T]) -> String {
    let mut out = ["run,host,", &head(columns)].concat();
    for (index, run) in report.runs.iter().enumerate() {
        let host = field(text(run.host.as_ref()));
        for item in items(run) {
            let mut cells = vec![(index + 1).to_string(), host.clone()];
            cells.extend(row(columns, item));
            out += &line(&cells);
        }
    }
    out
}

fn head<T>(columns: &[Column<T>]) -> String {
    line(&columns.iter().map(|(name, _)| (*name).to_owned()).collect::<Vec<_>>())
}

fn row<T>(columns: &[Column<T>], item: &T) -> Vec<String> {
    columns.iter().map(|(_, cell)| field(cell(item))).collect()
}

fn line(cells: &[String]) -> String {
    cells.join(",") + "\r\n"
}

fn field(cell: Cell<'_>) -> String {
    match cell {
        Cell::Text(text) => harmless(text),
        Cell::Texts(texts) => harmless(&texts.join(" ")),
        Cell::Own(own) => own,
        Cell::Unknown => String::new(),
    }
}

/// Text of a log as a field. An apostrophe keeps spreadsheets from taking it for a formula; quotes
/// keep it in one field, also where a spreadsheet parts fields at something else than commas.
fn harmless(text: &str) -> String {
    const FORMULA: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];
    let guard = if text.starts_with(FORMULA) { "'" } else { "" };
    let text = [guard, text].concat();
    if !text.contains(['"', ',', ';', '\t', '\n', '\r']) {
        return text;
    }
    ["\"", &text.replace('"', "\"\""), "\""].concat()
}

/// `20 24-26`
pub(super) fn ranges(lines: &Lines) -> String {
    let range = |[first, last]: &[u32; 2]| match last.saturating_sub(*first) {
        0 => first.to_string(),
        _ => format!("{first}-{last}"),
    };
    lines.0.iter().map(range).collect::<Vec<_>>().join(" ")
}
