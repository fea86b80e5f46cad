//! Where decoded bytes go: through the limit, and through a tar archive if they are one.

use crate::error::Problem;
use crate::format;
use crate::format::Format;
use crate::tar::Tar;

/// Counts what comes out, and takes it out of a tar archive.
#[derive(Debug)]
pub(crate) struct Plain {
    max_bytes: u64,
    n_bytes: u64,
    kind: Kind,
}

/// What the decoded bytes are.
#[derive(Debug)]
enum Kind {
    /// Too few came to tell.
    Unknown(Vec<u8>),
    /// What the caller wants.
    File,
    /// An archive, whose first file the caller wants.
    Tar(Tar),
}

/// [`Plain`] together with who takes the bytes.
pub(crate) struct Output<'a> {
    pub(crate) plain: &'a mut Plain,
    pub(crate) sink: &'a mut dyn FnMut(&[u8]),
}

impl Plain {
    pub(crate) fn new(max_bytes: u64) -> Self {
        Self { max_bytes, n_bytes: 0, kind: Kind::Unknown(Vec::new()) }
    }

    /// The tar archive that came out, if it was one.
    pub(crate) fn tar(&self) -> Option<&Tar> {
        match &self.kind {
            Kind::Tar(tar) => Some(tar),
            _ => None,
        }
    }
}

impl Output<'_> {
    /// Hands over decoded bytes, as far as the limit allows.
    pub(crate) fn write(&mut self, bytes: &[u8]) -> Result<(), Problem> {
        let Plain { max_bytes, n_bytes, .. } = *self.plain;
        let allowed = usize::try_from(max_bytes - n_bytes).unwrap_or(usize::MAX);
        let fitting = &bytes[..bytes.len().min(allowed)];
        self.plain.n_bytes += fitting.len() as u64;
        self.pass(fitting)?;
        if fitting.len() < bytes.len() { Err(Problem::TooLarge(max_bytes)) } else { Ok(()) }
    }

    /// Hands over what was held back to see what it is.
    pub(crate) fn finish(&mut self) -> Result<(), Problem> {
        match &mut self.plain.kind {
            Kind::Unknown(head) => {
                let head = std::mem::take(head);
                self.plain.kind = Kind::File;
                (self.sink)(&head);
                Ok(())
            }
            Kind::File => Ok(()),
            Kind::Tar(tar) => tar.finish(),
        }
    }

    fn pass(&mut self, bytes: &[u8]) -> Result<(), Problem> {
        match &mut self.plain.kind {
            Kind::File => {
                (self.sink)(bytes);
                Ok(())
            }
            Kind::Tar(tar) => tar.feed(bytes, self.sink),
            Kind::Unknown(head) => {
                let missing = Format::HEAD_LEN.saturating_sub(head.len());
                let (start, rest) = bytes.split_at(missing.min(bytes.len()));
                head.extend_from_slice(start);
                if head.len() < Format::HEAD_LEN {
                    return Ok(());
                }
                let head = std::mem::take(head);
                let is_tar = format::is_tar(&head);
                self.plain.kind = if is_tar { Kind::Tar(Tar::default()) } else { Kind::File };
                self.pass(&head)?;
                self.pass(rest)
            }
        }
    }
}
