//! The forms of a document, by name.

use analyzer::Report;
use serde::{Deserialize, Serialize};

use super::{NoTimes, csv, html, markdown, nvd, trace};

/// A form of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Format {
    /// The report itself, for programs.
    Json,
    /// For a forum or a pull request.
    Markdown,
    /// A row for each version change.
    Csv,
    /// A row for each derivation.
    CsvBuilds,
    /// A row for each store path that was copied.
    CsvCopies,
    /// The version changes as nvd prints them.
    Nvd,
    /// Trace events of Chrome, which open in Perfetto.
    Trace,
    /// One page that needs nothing else.
    Html,
}

/// The name of a format, how its files end, and their media type.
type Row = (Format, &'static str, &'static str, &'static str);

const ROWS: [Row; 8] = [
    (Format::Json, "json", "json", "application/json"),
    (Format::Markdown, "markdown", "md", "text/markdown"),
    (Format::Csv, "csv", "csv", "text/csv"),
    (Format::CsvBuilds, "csv-builds", "csv", "text/csv"),
    (Format::CsvCopies, "csv-copies", "csv", "text/csv"),
    (Format::Nvd, "nvd", "txt", "text/plain"),
    (Format::Trace, "trace", "trace.json", "application/json"),
    (Format::Html, "html", "html", "text/html"),
];

impl Format {
    /// All formats.
    pub fn all() -> impl Iterator<Item = Self> {
        ROWS.iter().map(|row| row.0)
    }

    /// The format of that name, as a person types it.
    pub fn named(name: &str) -> Option<Self> {
        ROWS.iter().find(|row| row.1 == name).map(|row| row.0)
    }

    /// Its name, as a person types it.
    pub fn name(self) -> &'static str {
        self.row().1
    }

    /// How the name of a file of it ends, without the dot before.
    pub fn extension(self) -> &'static str {
        self.row().2
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        self.row().3
    }

    fn row(self) -> &'static Row {
        ROWS.iter().find(|row| row.0 == self).unwrap_or(&ROWS[0])
    }
}

/// The report as a document.
///
/// # Errors
///
/// The format is a trace, and the report has no times.
pub fn export(report: &Report, format: Format) -> Result<String, NoTimes> {
    Ok(match format {
        Format::Json => json(report),
        Format::Markdown => markdown(report),
        Format::Csv => csv::changes(report),
        Format::CsvBuilds => csv::builds(report),
        Format::CsvCopies => csv::copies(report),
        Format::Nvd => nvd(report),
        Format::Trace => trace(report)?,
        Format::Html => html(report),
    })
}

/// The value as JSON; that of a report cannot fail.
fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default() + "\n"
}
