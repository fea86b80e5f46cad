//! xz: streams of blocks, with padding between them.

use xz4rust::{DICT_SIZE_MIN, XzDecoder, XzError, XzNextBlockResult};

use crate::error::Problem;
use crate::input::Input;
use crate::output::Output;
use crate::unpacker::{Decode, MAX_WINDOW_BYTES};

/// The file, stream by stream.
pub(crate) struct Xz {
    decoder: Box<XzDecoder<'static>>,
    state: State,
    buffer: Vec<u8>,
}

/// What comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// The first stream.
    Start,
    /// More of a stream.
    Stream,
    /// Zeros, so many of which came, another stream, or the end.
    Padding(u64),
}

/// Decoded bytes that are handed over at once.
const BUFFER_LEN: usize = 64 << 10;

/// The decoder does not say how much it has decoded when it finds a fault. It gets its input in
/// pieces so small that little is lost, and the same however the chunks are cut.
const PIECE_LEN: usize = 1;

/// Padding comes in multiples of this many bytes.
const PADDING_UNIT: u64 = 4;

impl Default for Xz {
    fn default() -> Self {
        Self {
            decoder: XzDecoder::in_heap_with_alloc_dict_size(DICT_SIZE_MIN, MAX_WINDOW_BYTES),
            state: State::Start,
            buffer: vec![0; BUFFER_LEN],
        }
    }
}

impl Decode for Xz {
    fn feed(&mut self, input: &mut Input<'_>, out: &mut Output<'_>) -> Result<(), Problem> {
        while !input.rest.is_empty() {
            match self.state {
                State::Padding(n_zeros) if input.rest[0] == 0 => {
                    input.take(1);
                    self.state = State::Padding(n_zeros + 1);
                }
                State::Padding(n_zeros) if n_zeros % PADDING_UNIT != 0 => {
                    return Err(Problem::Trailing);
                }
                State::Padding(_) if input.rest[0] != 0xFD => return Err(Problem::Trailing),
                State::Padding(_) | State::Start => {
                    self.decoder.reset();
                    self.state = State::Stream;
                }
                State::Stream => self.piece(input, out)?,
            }
        }
        Ok(())
    }

    fn is_complete(&self) -> bool {
        matches!(self.state, State::Padding(n_zeros) if n_zeros % PADDING_UNIT == 0)
    }
}

impl Xz {
    fn piece(&mut self, input: &mut Input<'_>, out: &mut Output<'_>) -> Result<(), Problem> {
        let piece = &input.rest[..PIECE_LEN.min(input.rest.len())];
        let result = self.decoder.decode(piece, &mut self.buffer);
        let result = result.map_err(|error| problem(&error))?;
        input.take(result.input_consumed());
        out.write(&self.buffer[..result.output_produced()])?;
        match result {
            XzNextBlockResult::EndOfStream(..) => self.state = State::Padding(0),
            XzNextBlockResult::NeedMoreData(0, 0) => return Err(Problem::Damaged),
            XzNextBlockResult::NeedMoreData(..) => {}
        }
        Ok(())
    }
}

fn problem(error: &XzError) -> Problem {
    match error {
        XzError::DictionaryTooLarge(_) => Problem::WindowTooLarge,
        // Filters for programs and a rare checksum, which no log needs.
        XzError::BcjFilterNotSupported
        | XzError::DeltaFilterUnsupported
        | XzError::Sha256NotSupported => Problem::Method,
        _ => Problem::Damaged,
    }
}
