//! Keeps reports on this device when the person asks for it, and brings them back.

use std::sync::Arc;

use analyzer::Report;
use analyzer::report::LinkLevel;

use crate::browser::clock;
use crate::browser::storage::{self, Record, StorageError};
use crate::format;
use crate::kept::Kept;
use crate::kept::file::{self, Entry};
use crate::kept::list::Stored;
use crate::opening;
use crate::planned;
use crate::session::{Origin, Session};
use crate::sharing::Sharing;
use crate::view_state::SharedLink;

/// All reports that are kept, in the order in which they came.
///
/// # Errors
///
/// The browser keeps nothing for this site.
pub async fn all() -> Result<Vec<Stored>, StorageError> {
    let read = |Record { id, text }| Some(Stored { id, kept: Kept::from_text(&text)? });
    Ok(storage::all().await?.into_iter().filter_map(read).collect())
}

/// All reports that are kept, for a look beside another one: nothing where the browser keeps
/// nothing, and nothing is made for it.
pub async fn known() -> Vec<Stored> {
    if storage::is_there().await { all().await.unwrap_or_default() } else { Vec::new() }
}

/// From what a report is kept.
#[derive(Clone, Debug)]
pub enum Form {
    /// From the link that it was opened by, and how much that carries.
    Link(SharedLink, LinkLevel),
    /// From its bytes, as programs beside the page take them.
    Bytes(Arc<[u8]>),
}

/// Keeps a report, unless it is kept already, and says how much of it is kept: all, unless the
/// link has less or the report is larger than links can be.
///
/// # Errors
///
/// A sentence that says why it is not kept.
pub async fn keep(report: &Report, label: String, form: Form) -> Result<LinkLevel, String> {
    let (link, level) = match form {
        Form::Link(link, level) => (link.as_str().to_owned(), level),
        Form::Bytes(bytes) => full_link(&with_plan(report, bytes).await?).await?,
    };
    let known = all().await.map_err(sentence)?;
    if known.iter().any(|stored| stored.kept.link == link) {
        return Ok(level);
    }
    let kept = Kept::new(clock::now(), label, link, report);
    storage::add(&[kept.to_text()]).await.map_err(sentence)?;
    Ok(level)
}

/// The report with the versions of its plan, where its log compares nothing: they are what a later
/// log may ask for.
async fn with_plan(report: &Report, mut bytes: Arc<[u8]>) -> Result<Arc<[u8]>, String> {
    for (index, run) in report.runs.iter().enumerate() {
        if planned::is_for(run) {
            bytes = planned::planned(&bytes, index, None).await?.bytes;
        }
    }
    Ok(bytes)
}

/// The link that holds all of a report, with nothing masked: it stays on this device.
async fn full_link(report: &[u8]) -> Result<(String, LinkLevel), String> {
    let sharing = Sharing::start(report.to_vec()).map_err(sentence)?;
    let made = sharing.make(Vec::new()).await.map_err(sentence)?;
    made.links
        .into_iter()
        .last()
        .map(|link| (link.fragment, link.level))
        .ok_or_else(|| NOT_MADE.to_owned())
}

const NOT_MADE: &str = "This report could not be put into the form in which reports are kept.";

/// Opens the kept report with this number; gives also its bytes, for programs beside the page.
pub async fn open(id: u32) -> (Session, Vec<u8>) {
    let (label, link) = match find(id).await {
        Ok(found) => found,
        Err(error) => return (Session::failed(error), Vec::new()),
    };
    match opening::open(&link).await {
        (Session::Done { report, origin, .. }, bytes) => {
            (Session::Done { name: label, report, origin }, bytes)
        }
        other => other,
    }
}

/// The bytes of the kept report with this number.
///
/// # Errors
///
/// A sentence that says why it cannot be had.
pub async fn report_bytes(id: u32) -> Result<Vec<u8>, String> {
    let (_, link) = find(id).await?;
    whole(&link).await.map(|(_, bytes)| bytes)
}

/// The report that a link holds, and its bytes; a link of which something is missing has none.
async fn whole(link: &SharedLink) -> Result<(Arc<Report>, Vec<u8>), String> {
    match opening::open(link).await {
        (Session::Done { report, origin: Origin::Link { warning: None, .. }, .. }, bytes) => {
            Ok((report, bytes))
        }
        (Session::Done { origin: Origin::Link { warning: Some(why), .. }, .. }, _) => {
            Err(why.to_string())
        }
        (Session::Failed { message, .. }, _) => Err(message),
        (Session::Locked { .. }, _) => Err(LOCKED.to_owned()),
        _ => Err(NOT_MADE.to_owned()),
    }
}

/// The label and the link of the kept report with this number.
async fn find(id: u32) -> Result<(String, SharedLink), String> {
    let text = storage::get(id).await.map_err(sentence)?;
    let kept = text.and_then(|text| Kept::from_text(&text)).ok_or(NOT_HERE)?;
    let link = SharedLink::in_fragment(&kept.link).ok_or(NOT_HERE)?;
    Ok((kept.label, link))
}

const NOT_HERE: &str = "This address is that of a report that was kept on a device, and this \
                        browser keeps none under it, or no longer. A link for others is made by \
                        Share.";

/// What came of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Reports that are kept now and were not before.
    pub added: u64,
    /// Reports that were kept already.
    pub known: u64,
    /// Links that could not be read.
    pub refused: u64,
    /// Why the first of them could not be read.
    pub why: Option<String>,
}

/// Keeps the reports of a file that was saved on this page, or of any text with links in it.
///
/// # Errors
///
/// A sentence that says why none of them is kept.
pub async fn import(text: &str) -> Result<Imported, String> {
    let mut links: Vec<String> =
        all().await.map_err(sentence)?.into_iter().map(|stored| stored.kept.link).collect();
    let (mut imported, mut texts) = (Imported::default(), Vec::new());
    for entry in file::read(text) {
        if links.contains(&entry.link) {
            imported.known += 1;
            continue;
        }
        links.push(entry.link.clone());
        match read(entry).await {
            Ok(kept) => texts.push(kept.to_text()),
            Err(why) => {
                imported.refused += 1;
                imported.why.get_or_insert(why);
            }
        }
    }
    storage::add(&texts).await.map_err(sentence)?;
    imported.added = texts.len() as u64;
    Ok(imported)
}

/// Reads what an entry of a file holds.
async fn read(Entry { at, label, link }: Entry) -> Result<Kept, String> {
    let shared = SharedLink::in_fragment(&link).ok_or_else(|| NOT_MADE.to_owned())?;
    let (report, _) = whole(&shared).await?;
    if report.runs.is_empty() {
        return Err(NO_RUN.to_owned());
    }
    let at = if at.is_empty() { clock::now() } else { at };
    let label = if label.is_empty() { "a link".to_owned() } else { label };
    Ok(Kept::new(at, label, link, &report))
}

const LOCKED: &str = "It is encrypted: open it, and keep the report from there.";
const NO_RUN: &str = "There is no rebuild in it.";

impl Imported {
    /// What came of it, in a sentence or more.
    pub fn sentence(&self) -> String {
        let mut text = match (self.added, self.known, self.refused) {
            (0, 0, 0) => return NO_LINK.to_owned(),
            (n, ..) => format::counted(n, "report was added.", "reports were added."),
        };
        if self.known > 0 {
            text += " ";
            text += &format::counted(self.known, "was kept already.", "were kept already.");
        }
        if let Some(why) = &self.why {
            text += " ";
            text += &format::counted(self.refused, "could not be read:", "could not be read:");
            text += " ";
            text += why;
        }
        text
    }
}

const NO_LINK: &str = "There is no link with a report in this file.";

#[expect(clippy::needless_pass_by_value, reason = "It is what `map_err` gives.")]
fn sentence(error: impl ToString) -> String {
    error.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_of_a_file_is_said() {
        let said = |added, known, refused| {
            let why = (refused > 0).then(|| "It was cut.".to_owned());
            Imported { added, known, refused, why }.sentence()
        };
        assert_eq!(said(0, 0, 0), NO_LINK);
        assert_eq!(said(1, 0, 0), "1 report was added.");
        assert_eq!(
            said(12, 2, 1),
            "12 reports were added. 2 were kept already. 1 could not be read: It was cut."
        );
    }
}
