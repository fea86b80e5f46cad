//! Reads a log from a file or from standard input, while it grows.

use std::fmt;
use std::fs::File;
use std::io::{self, ErrorKind, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};

use analyzer::Reading;
use share::mask::Names;
use unpack::UnpackError;

use crate::args::Tee;
use crate::feed::{Feed, FeedError, Search};
use crate::interrupt;
use crate::kept::{self, KeptError};

/// Bytes asked for at once. A pipe gives less, as soon as it has anything.
const CHUNK_LEN: usize = 64 * 1024;

/// The reason why a log could not be read.
#[derive(Debug)]
#[non_exhaustive]
pub(crate) enum ReadError {
    /// The file cannot be opened or read.
    File(PathBuf, io::Error),
    /// Standard input cannot be read.
    StandardInput(io::Error),
    /// It is packed, and nothing of it can be unpacked.
    Packed(UnpackError),
    /// It is a report that was kept, and cannot be read.
    Kept(KeptError),
}

impl fmt::Display for ReadError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path, error) => write!(out, "cannot read {}: {error}", path.display()),
            Self::StandardInput(error) => write!(out, "cannot read standard input: {error}"),
            Self::Kept(error) => write!(out, "{error}"),
            Self::Packed(error) => write!(out, "cannot unpack the log. {error}"),
        }
    }
}

/// Reads `file`, or standard input where there is none, to its end.
///
/// # Errors
///
/// The file or standard input cannot be read, or not be unpacked.
pub(crate) fn read(file: Option<&Path>, tee: Tee) -> Result<Reading, ReadError> {
    Ok(read_for(Search::Nothing, file, tee)?.0)
}

/// As [`read`], with the names of users and machines that the log holds.
///
/// # Errors
///
/// The file or standard input cannot be read, or not be unpacked.
pub(crate) fn read_with_names(
    file: Option<&Path>,
    tee: Tee,
) -> Result<(Reading, Names), ReadError> {
    read_for(Search::Names, file, tee)
}

/// Reads one of two inputs that are compared: as [`read`], and a link in place of a file.
///
/// # Errors
///
/// As [`read`], or the link cannot be read.
pub(crate) fn read_side(file: Option<&Path>) -> Result<Reading, ReadError> {
    let link = file.filter(|path| !path.exists()).and_then(Path::to_str);
    let Some(link) = link.filter(|word| kept::is_link(word)) else {
        return read(file, Tee::Off);
    };
    let mut feed = Feed::new(Search::Nothing);
    feed.feed(link.as_bytes());
    Ok(finish(feed)?.0)
}

fn read_for(search: Search, file: Option<&Path>, tee: Tee) -> Result<(Reading, Names), ReadError> {
    let feed = Feed::new(search);
    let feed = match file {
        Some(path) => File::open(path)
            .and_then(|source| feed_all(feed, source, tee))
            .map_err(|error| ReadError::File(path.to_owned(), error)),
        None => standard_input(feed, tee).map_err(ReadError::StandardInput),
    };
    finish(feed?)
}

fn finish(feed: Feed) -> Result<(Reading, Names), ReadError> {
    feed.finish().map_err(|error| match error {
        FeedError::Packed(error) => ReadError::Packed(error),
        FeedError::Kept(error) => ReadError::Kept(error),
    })
}

fn standard_input(feed: Feed, tee: Tee) -> io::Result<Feed> {
    let stdin = io::stdin();
    if stdin.is_terminal() {
        // If nobody can be told, the person waits for nothing, but nothing is lost.
        let _ = writeln!(io::stderr(), "Paste a log, then press Ctrl-D.");
    } else {
        interrupt::outlive_the_first()?;
    }
    feed_all(feed, stdin.lock(), tee)
}

fn feed_all(feed: Feed, source: impl Read, tee: Tee) -> io::Result<Feed> {
    match tee {
        Tee::Off => analyze(feed, source, io::sink()),
        Tee::On => analyze(feed, source, io::stderr().lock()),
    }
}

/// Feeds all of `source` to an analyzer, and each piece to `echo` as it came, as soon as it is
/// there.
///
/// A rebuild must not stop because nobody listens any more: once `echo` fails, nothing
/// more is written to it, and reading goes on.
fn analyze(mut feed: Feed, mut source: impl Read, mut echo: impl Write) -> io::Result<Feed> {
    let mut buffer = vec![0; CHUNK_LEN];
    let mut echoing = true;
    loop {
        let chunk = match source.read(&mut buffer) {
            Ok(0) => return Ok(feed),
            Ok(length) => &buffer[..length],
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        echoing = echoing && echo.write_all(chunk).and_then(|()| echo.flush()).is_ok();
        feed.feed(chunk);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives one byte at a time, and an interruption before each.
    struct Slow<'a> {
        bytes: &'a [u8],
        interrupt: bool,
    }

    impl Read for Slow<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            self.interrupt = !self.interrupt;
            if self.interrupt {
                return Err(ErrorKind::Interrupted.into());
            }
            self.bytes.read(&mut buffer[..1])
        }
    }

    /// Takes a few bytes, then nobody listens.
    struct Closing {
        left: usize,
    }

    impl Write for Closing {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.left = self.left.checked_sub(bytes.len()).ok_or(ErrorKind::BrokenPipe)?;
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    const LOG: &[u8] = b"building the system configuration...\nno end";

    fn read_all(source: impl Read, echo: impl Write) -> analyzer::Report {
        analyze(Feed::new(Search::Nothing), source, echo).unwrap().finish().unwrap().0.report
    }

    #[test]
    fn interrupted_reads_are_tried_again() {
        let mut echo = Vec::new();
        let report = read_all(Slow { bytes: LOG, interrupt: false }, &mut echo);
        assert_eq!(echo, LOG);
        assert_eq!(report.source.bytes, LOG.len() as u64);
    }

    #[test]
    fn reading_goes_on_when_nobody_listens() {
        let report = read_all(Slow { bytes: LOG, interrupt: false }, Closing { left: 5 });
        assert_eq!(report.source.bytes, LOG.len() as u64);
    }
}
