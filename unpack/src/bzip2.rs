//! bzip2: streams of blocks.

use bzip2::{Decompress, Status};

use crate::error::Problem;
use crate::input::Input;
use crate::output::Output;
use crate::unpacker::Decode;

/// The file, stream by stream.
pub(crate) struct Bzip2 {
    /// `None` between two streams.
    stream: Option<Decompress>,
    buffer: Vec<u8>,
    n_streams: u32,
}

/// The decoder reads ahead as far as it can. It gets its input byte by byte, so that the place of
/// a fault is the same however the chunks are cut; that costs little beside the decoding.
const PIECE_LEN: usize = 1;

/// Decoded bytes that are handed over at once.
const BUFFER_LEN: usize = 64 << 10;

impl Default for Bzip2 {
    fn default() -> Self {
        Self { stream: None, buffer: vec![0; BUFFER_LEN], n_streams: 0 }
    }
}

impl Decode for Bzip2 {
    fn feed(&mut self, input: &mut Input<'_>, out: &mut Output<'_>) -> Result<(), Problem> {
        loop {
            if input.rest.is_empty() && self.stream.is_none() {
                return Ok(());
            }
            let stream = self.stream.get_or_insert_with(|| Decompress::new(false));
            let piece = &input.rest[..PIECE_LEN.min(input.rest.len())];
            let (n_in, n_out) = (stream.total_in(), stream.total_out());
            let status = stream.decompress(piece, &mut self.buffer);
            input.skip(stream.total_in() - n_in);
            let n_decoded = usize::try_from(stream.total_out() - n_out).unwrap_or(BUFFER_LEN);
            let n_taken = stream.total_in() - n_in;
            out.write(&self.buffer[..n_decoded])?;
            match status {
                Ok(Status::StreamEnd) => {
                    self.stream = None;
                    self.n_streams = self.n_streams.saturating_add(1);
                }
                Ok(_) if input.rest.is_empty() && n_decoded < BUFFER_LEN => return Ok(()),
                Ok(_) if n_taken > 0 || n_decoded > 0 => {}
                Err(bzip2::Error::DataMagic) if self.n_streams > 0 => {
                    return Err(Problem::Trailing);
                }
                Ok(_) | Err(_) => return Err(Problem::Damaged),
            }
        }
    }

    fn is_complete(&self) -> bool {
        self.stream.is_none() && self.n_streams > 0
    }
}
