//! Decodes a file of any format.

use crate::archive::Archive;
use crate::error::{Problem, UnpackError};
use crate::format::Format;
use crate::input::Input;
use crate::output::{Output, Plain};

/// The most that a file may ask the decoder to remember, in bytes: what the packers use at their
/// highest levels. More is asked for by `--long=28` and the like alone.
pub const MAX_WINDOW_BYTES: usize = 128 << 20;

/// Decodes one file.
pub struct Unpacker {
    format: Format,
    decoder: Box<dyn Decode>,
    plain: Plain,
    /// Bytes of the packed file that were taken.
    offset: u64,
    failed: Option<UnpackError>,
}

/// Decodes one format.
pub(crate) trait Decode {
    /// Takes all of `input`, unless it has a problem; `input` then begins where it lies.
    fn feed(&mut self, input: &mut Input<'_>, out: &mut Output<'_>) -> Result<(), Problem>;

    /// Whether the file may end here.
    fn is_complete(&self) -> bool;

    /// What is known of an archive of this format.
    fn archive(&self) -> Option<&Archive> {
        None
    }
}

impl Unpacker {
    /// A decoder for a file of this format that hands over at most `max_bytes`; `None` if the
    /// format is not built in.
    pub fn new(format: Format, max_bytes: u64) -> Option<Self> {
        let decoder: Box<dyn Decode> = match format {
            #[cfg(feature = "inflate")]
            Format::Gzip => Box::new(crate::gzip::Gzip::default()),
            #[cfg(feature = "inflate")]
            Format::Zip => Box::new(crate::zip::Zip::default()),
            #[cfg(feature = "zstd")]
            Format::Zstd => Box::new(crate::zstd::Zstd::default()),
            #[cfg(feature = "bzip2")]
            Format::Bzip2 => Box::new(crate::bzip2::Bzip2::default()),
            #[cfg(feature = "xz")]
            Format::Xz => Box::new(crate::xz::Xz::default()),
            Format::Tar => Box::new(Stored),
            #[cfg(not(all(
                feature = "inflate",
                feature = "zstd",
                feature = "bzip2",
                feature = "xz"
            )))]
            _ => return None,
        };
        Some(Self { format, decoder, plain: Plain::new(max_bytes), offset: 0, failed: None })
    }

    /// Takes the next bytes of the file, and hands over what they decode to.
    ///
    /// # Errors
    ///
    /// What is wrong with the file. Nothing more can be decoded then.
    pub fn feed(&mut self, chunk: &[u8], sink: &mut dyn FnMut(&[u8])) -> Result<(), UnpackError> {
        if let Some(error) = self.failed {
            return Err(error);
        }
        let mut input = Input { rest: chunk, offset: self.offset };
        let mut out = Output { plain: &mut self.plain, sink };
        let result = self.decoder.feed(&mut input, &mut out);
        self.offset = input.offset;
        result.map_err(|problem| {
            let has_place = !matches!(problem, Problem::TooLarge(_));
            let error = UnpackError { problem, byte: if has_place { self.offset } else { 0 } };
            self.failed = Some(error);
            // What was held back to tell its kind is all there will be.
            let _ = Output { plain: &mut self.plain, sink }.finish();
            error
        })
    }

    /// Takes the end of the file, and hands over the rest.
    ///
    /// # Errors
    ///
    /// The file is not complete, or [`Unpacker::feed`] failed before.
    pub fn finish(&mut self, sink: &mut dyn FnMut(&[u8])) -> Result<(), UnpackError> {
        if let Some(error) = self.failed {
            return Err(error);
        }
        let rest = Output { plain: &mut self.plain, sink }.finish();
        let whole = if self.decoder.is_complete() { rest } else { Err(Problem::CutOff) };
        whole.map_err(|problem| UnpackError { problem, byte: self.offset })
    }

    /// The archive that the file is or holds, once its first file was found.
    pub fn archive(&self) -> Option<&Archive> {
        self.plain.tar().map_or_else(|| self.decoder.archive(), |tar| tar.archive.as_ref())
    }

    /// What the file is, from the outside to the inside: `gzip`, or `gzip, tar`.
    pub fn description(&self) -> String {
        let outer = self.format.name();
        let has_tar = self.plain.tar().is_some() && self.format != Format::Tar;
        if has_tar { format!("{outer}, tar") } else { outer.to_owned() }
    }
}

/// What is not compressed at all.
struct Stored;

impl Decode for Stored {
    fn feed(&mut self, input: &mut Input<'_>, out: &mut Output<'_>) -> Result<(), Problem> {
        out.write(input.take(usize::MAX))
    }

    fn is_complete(&self) -> bool {
        true
    }
}
