//! Makes links that hold a report, and opens them.

pub(crate) mod password;

use std::env;
use std::fmt;
use std::io::{self, Read};

use analyzer::Report;
use share::export::plain;
use share::link::{self, OpenError, Opened, Tables};
use share::mask::{Item, Kind, Names, Reach, find, mask};

use crate::args::{OpenOptions, ShareOptions};
use password::PasswordError;

/// Where the address of the page stands, if no option gives it.
const BASE: &str = "REBUILDSCOPE_BASE";

/// A link is no longer, so that more is not read for one.
const MAX_LINK_BYTES: u64 = 64 << 20;

/// As many masked things are listed one by one.
const MAX_LISTED: usize = 30;

/// A report inside a link, and what was masked in it.
pub(crate) struct Shared {
    /// The link, or the part of it from `#` on.
    pub(crate) link: String,
    masked: Vec<Item>,
    /// Words that were to allow something, and did not.
    unused: Vec<String>,
}

/// Puts a report into a link, with everything masked that the options do not allow.
///
/// # Errors
///
/// There is no password where there should be one, or nothing can be encrypted.
pub(crate) fn share(
    report: &Report,
    names: &Names,
    options: &ShareOptions,
) -> Result<Shared, LinkError> {
    let ShareOptions { base, level, allow, password_file, .. } = options;
    let tables = Tables::built_in().ok_or(LinkError::NoTables)?;
    let level = *level;
    let report = report.at_level(level);
    let found = find(&report, names);
    let unused = allow.iter().filter(|word| !found.iter().any(|it| is_named(it, word)));
    let unused = unused.filter(|word| Kind::from_slug(word).is_none()).cloned().collect();
    let is_masked = |item: &Item| !allow.iter().any(|word| is_named(item, word));
    let masked: Vec<Item> = found.iter().filter(|it| is_masked(it)).cloned().collect();
    let report = mask(&report, &masked);
    let fragment = match password_file {
        None => link::encode(&report, level, &tables),
        Some(file) => {
            let password = password::read(file)?;
            password::seal(&link::encode_frame(&report, level, &tables), level, &password)?
        }
    };
    Ok(Shared { link: whole(base.as_deref(), &fragment), masked, unused })
}

/// Whether a word names an item, by its kind or by itself.
fn is_named(item: &Item, word: &str) -> bool {
    Kind::from_slug(word) == Some(item.kind) || item.text.eq_ignore_ascii_case(word)
}

/// The link that leads to the page; without a page, what stands from `#` on.
fn whole(base: Option<&str>, fragment: &str) -> String {
    let of_environment = env::var(BASE).ok();
    let base = base.or(of_environment.as_deref()).unwrap_or_default().trim();
    let page = base.split('#').next().unwrap_or_default();
    format!("{page}#{fragment}")
}

impl fmt::Display for Shared {
    /// What a person should know before the link is sent.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "The link has {} characters.", self.link.chars().count())?;
        for word in &self.unused {
            writeln!(out, "`--allow {}` names nothing that was found.", plain(word))?;
        }
        if self.masked.is_empty() {
            return write!(out, "Nothing was found in it that is masked.");
        }
        writeln!(out, "Masked in it:")?;
        for item in self.masked.iter().take(MAX_LISTED) {
            writeln!(out, "  {}", Line(item))?;
        }
        let n_more = self.masked.len().saturating_sub(MAX_LISTED);
        if n_more > 0 {
            writeln!(out, "  and {n_more} more")?;
        }
        let kind = self.masked[0].kind.slug();
        write!(out, "To leave some as they are, name a kind or a text: `--allow {kind}`.")
    }
}

/// One masked thing.
struct Line<'a>(&'a Item);

impl fmt::Display for Line<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Item { kind, text, replacement, reach, count } = self.0;
        let times = if *count == 1 { "once".to_owned() } else { format!("{count} times") };
        let (kind_word, text) = (kind.one(), shown(*kind, text));
        write!(out, "{kind_word:<18} {text} → {replacement}, {times}")?;
        if *reach == Reach::Places {
            out.write_str(", only where its place tells what it is")?;
        }
        Ok(())
    }
}

/// What of a thing may stand on a terminal, whose output may be kept as well.
fn shown(kind: Kind, text: &str) -> String {
    let text = plain(text);
    match kind {
        Kind::Key | Kind::Token => text.chars().take(4).chain(['…']).collect(),
        Kind::Password => "…".to_owned(),
        _ => text,
    }
}

/// Opens the link of the options; without one, that on standard input.
///
/// # Errors
///
/// Standard input or the password cannot be read, or the link cannot.
pub(crate) fn open(options: &OpenOptions) -> Result<Opened, LinkError> {
    let link = match &options.link {
        Some(link) => link.clone(),
        None => standard_input().map_err(LinkError::Input)?,
    };
    let password = options.password_file.as_deref().map(password::read).transpose()?;
    read(&link, password.as_deref())
}

/// Reads what a link holds.
///
/// # Errors
///
/// It is no link, or needs another password.
pub(crate) fn read(link: &str, password: Option<&str>) -> Result<Opened, LinkError> {
    let tables = Tables::built_in().ok_or(LinkError::NoTables)?;
    let opened = match password::unseal(link.trim(), password)? {
        Some(frame) => link::decode_frame(&frame, &tables),
        None => link::decode(link.trim(), &tables),
    };
    Ok(opened?)
}

fn standard_input() -> io::Result<String> {
    let mut bytes = Vec::new();
    io::stdin().lock().take(MAX_LINK_BYTES).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Why there is no link, or nothing in one.
#[derive(Debug)]
pub(crate) enum LinkError {
    /// Standard input cannot be read.
    Input(io::Error),
    /// The link cannot be read.
    Open(OpenError),
    /// The password is missing or of no use.
    Password(PasswordError),
    /// The program was built without what links are written and read with.
    NoTables,
}

impl From<OpenError> for LinkError {
    fn from(error: OpenError) -> Self {
        Self::Open(error)
    }
}

impl From<PasswordError> for LinkError {
    fn from(error: PasswordError) -> Self {
        Self::Password(error)
    }
}

impl fmt::Display for LinkError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Input(error) => write!(out, "cannot read standard input: {error}"),
            // On the page, it is loaded again.
            Self::Open(OpenError::Newer(_)) => out.write_str(
                "This link was made by a newer version of rebuildscope. Install that one.",
            ),
            Self::Open(OpenError::NeedsPassword) => out.write_str(
                "This link needs a password. Name a file that holds it with `--password-file`.",
            ),
            Self::Open(error) => write!(out, "{error}"),
            Self::Password(error) => write!(out, "{error}"),
            Self::NoTables => out.write_str("this program lacks the tables that links need"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_leads_to_the_page_that_is_named() {
        assert_eq!(whole(Some("https://example.org/x/"), "r1"), "https://example.org/x/#r1");
        assert_eq!(whole(Some(" https://example.org/?a#old "), "r1"), "https://example.org/?a#r1");
        assert_eq!(whole(Some(""), "r1"), "#r1");
    }

    #[test]
    fn a_newer_link_needs_a_newer_program() {
        let error = LinkError::Open(OpenError::Newer(2)).to_string();
        assert!(error.ends_with("Install that one."), "{error}");
        let others = LinkError::Open(OpenError::NotALink).to_string();
        assert_eq!(others, OpenError::NotALink.to_string());
    }

    #[test]
    fn secrets_are_not_written_out() {
        assert_eq!(shown(Kind::Token, "ghp_secret"), "ghp_…");
        assert_eq!(shown(Kind::Password, "hunter2"), "…");
        assert_eq!(shown(Kind::User, "al\u{1b}ice"), "al␛ice");
    }
}
