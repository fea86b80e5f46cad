//! Passwords of links: where they stand, and what is encrypted with them.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use analyzer::report::LinkLevel;
use share::link::{OpenError, seal::Sealed};

/// Why a password does not help.
#[derive(Debug)]
#[non_exhaustive]
pub(crate) enum PasswordError {
    /// The file that holds it cannot be read.
    File(PathBuf, io::Error),
    /// There is nothing in the first line of the file.
    Empty(PathBuf),
    /// The system gave no random numbers.
    Random(getrandom::Error),
    /// The cipher does not take as much.
    TooLarge,
}

impl fmt::Display for PasswordError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path, error) => write!(out, "cannot read {}: {error}", path.display()),
            Self::Empty(path) => {
                write!(out, "expected a password in the first line of {}", path.display())
            }
            Self::Random(error) => write!(out, "cannot encrypt without random numbers: {error}"),
            Self::TooLarge => out.write_str("the report is too large to be encrypted"),
        }
    }
}

/// The password in the first line of a file.
///
/// # Errors
///
/// The file cannot be read, or has no such line.
pub(crate) fn read(file: &Path) -> Result<String, PasswordError> {
    let text =
        fs::read_to_string(file).map_err(|error| PasswordError::File(file.to_owned(), error))?;
    let password = text.lines().next().unwrap_or_default();
    if password.is_empty() {
        return Err(PasswordError::Empty(file.to_owned()));
    }
    Ok(password.to_owned())
}

/// The fragment of a link that only the password opens.
///
/// # Errors
///
/// There are no random numbers, or the frame is too large.
pub(super) fn seal(
    frame: &[u8],
    level: LinkLevel,
    password: &str,
) -> Result<String, PasswordError> {
    let (mut salt, mut nonce) = ([0; 16], [0; 12]);
    getrandom::fill(&mut salt).map_err(PasswordError::Random)?;
    getrandom::fill(&mut nonce).map_err(PasswordError::Random)?;
    let sealed = Sealed::seal(frame, level, password, salt, nonce);
    Ok(sealed.ok_or(PasswordError::TooLarge)?.to_fragment())
}

/// What was encrypted; `None` if the link needs no password.
///
/// # Errors
///
/// It is no link, or needs another password.
pub(super) fn unseal(link: &str, password: Option<&str>) -> Result<Option<Vec<u8>>, OpenError> {
    let Some(sealed) = Sealed::from_fragment(link)? else { return Ok(None) };
    sealed.open(password.ok_or(OpenError::NeedsPassword)?).map(Some)
}
