//! The compressed part of gzip and zip.

use flate2::{Crc, Decompress, FlushDecompress, Status};

use crate::error::Problem;
use crate::input::Input;
use crate::output::Output;

/// Decoded bytes that are handed over at once. More than the window of 32 KiB, so that all that
/// was decoded before a fault is handed over.
const BUFFER_LEN: usize = 64 << 10;

/// One compressed part, with the checksum of what is in it.
pub(crate) struct Inflate {
    inner: Decompress,
    pub(crate) crc: Crc,
    buffer: Vec<u8>,
}

/// Whether the compressed part goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Inflated {
    /// All input was taken.
    More,
    /// The part ends before what is left of the input.
    End,
}

impl Default for Inflate {
    fn default() -> Self {
        Self { inner: Decompress::new(false), crc: Crc::new(), buffer: vec![0; BUFFER_LEN] }
    }
}

impl Inflate {
    /// Prepares for the next part.
    pub(crate) fn reset(&mut self) {
        self.inner.reset(false);
        self.crc.reset();
    }

    /// Decodes to the end of the part or of the input.
    pub(crate) fn feed(
        &mut self,
        input: &mut Input<'_>,
        out: &mut Output<'_>,
    ) -> Result<Inflated, Problem> {
        loop {
            let (n_in, n_out) = (self.inner.total_in(), self.inner.total_out());
            let none = FlushDecompress::None;
            let status = self.inner.decompress(input.rest, &mut self.buffer, none);
            input.skip(self.inner.total_in() - n_in);
            let n_decoded = self.inner.total_out() - n_out;
            let decoded = &self.buffer[..usize::try_from(n_decoded).unwrap_or(BUFFER_LEN)];
            self.crc.update(decoded);
            out.write(decoded)?;
            match status {
                Ok(Status::StreamEnd) => return Ok(Inflated::End),
                Ok(_) if input.rest.is_empty() && decoded.len() < BUFFER_LEN => {
                    return Ok(Inflated::More);
                }
                Ok(Status::BufError) if decoded.is_empty() => return Err(Problem::Damaged),
                Ok(_) => {}
                Err(_) => return Err(Problem::Damaged),
            }
        }
    }
}
