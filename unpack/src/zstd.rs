//! zstd: frames of blocks (RFC 8878).

use structured_zstd::decoding::errors::FrameDecoderError;
use structured_zstd::decoding::{FrameDecoder, frame_header_input_needed};

use crate::error::Problem;
use crate::gather::Gather;
use crate::input::Input;
use crate::output::Output;
use crate::unpacker::{Decode, MAX_WINDOW_BYTES};

/// The file, block by block: each is decoded once it is there as a whole, and its text handed
/// over at once.
pub(crate) struct Zstd {
    decoder: FrameDecoder,
    state: State,
    gather: Gather,
    buffer: Vec<u8>,
    n_frames: u32,
}

/// What comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// The header of a frame, or the end.
    FrameHeader,
    /// So many bytes of a frame that holds no text.
    Skip(u64),
    /// The header of a block.
    BlockHeader,
    /// A block of this header and length.
    Block { header: [u8; BLOCK_HEADER_LEN], len: usize },
    /// The checksum of the frame.
    Checksum,
}

const BLOCK_HEADER_LEN: usize = 3;
/// The most that a block holds, packed or not.
const MAX_BLOCK_LEN: usize = 128 << 10;
const SKIPPABLE_HEADER_LEN: usize = 8;

impl Default for Zstd {
    fn default() -> Self {
        let mut decoder = FrameDecoder::new();
        // It is refused only if it lies outside what the format allows.
        let _ = decoder.set_max_window_size(MAX_WINDOW_BYTES as u64);
        Self {
            decoder,
            state: State::FrameHeader,
            gather: Gather::default(),
            buffer: vec![0; MAX_BLOCK_LEN],
            n_frames: 0,
        }
    }
}

impl Decode for Zstd {
    fn feed(&mut self, input: &mut Input<'_>, out: &mut Output<'_>) -> Result<(), Problem> {
        while !input.rest.is_empty() {
            let start = input.offset - self.gather.bytes().len() as u64;
            let state = match self.state {
                State::FrameHeader => self.frame_header(input),
                State::Skip(0) => Ok(Some(State::FrameHeader)),
                State::Skip(left) => Ok(Some(State::Skip(left - input.skip(left)))),
                State::BlockHeader => self.block_header(input),
                State::Block { header, len } => self.block(header, len, input, out),
                State::Checksum => self.checksum(input),
            };
            // What is wrong lies in the part that was collected.
            let state = state.inspect_err(|_| input.offset = start)?;
            if let Some(state) = state {
                self.gather.clear();
                self.state = state;
            }
        }
        self.skip_empty_block(out)
    }

    fn is_complete(&self) -> bool {
        let is_between = matches!(self.state, State::FrameHeader | State::Skip(0));
        is_between && self.n_frames > 0 && self.gather.is_empty()
    }
}

/// The state after a part; `None` while the part is not complete.
type Next = Result<Option<State>, Problem>;

impl Zstd {
    fn frame_header(&mut self, input: &mut Input<'_>) -> Next {
        let wrong = if self.n_frames > 0 { Problem::Trailing } else { Problem::Damaged };
        loop {
            let have = self.gather.bytes().len();
            let needed = frame_header_input_needed(self.gather.bytes(), false);
            let needed = needed.map_err(|_| wrong)?;
            if have >= needed {
                break;
            }
            if self.gather.first(needed.min(have + 1), input).is_none() {
                return Ok(None);
            }
        }
        let header = self.gather.bytes();
        if is_skippable(header) {
            self.n_frames = self.n_frames.saturating_add(1);
            let len = u32::from_le_bytes([header[4], header[5], header[6], header[7]]);
            return Ok(Some(State::Skip(len.into())));
        }
        self.decoder.reset(header).map_err(|error| problem(&error))?;
        Ok(Some(State::BlockHeader))
    }

    fn block_header(&mut self, input: &mut Input<'_>) -> Next {
        let Some(bytes) = self.gather.first(BLOCK_HEADER_LEN, input) else { return Ok(None) };
        let header = [bytes[0], bytes[1], bytes[2]];
        let (len, _) = self.decoder.block_content_len(header).map_err(|error| problem(&error))?;
        Ok(Some(State::Block { header, len }))
    }

    fn block(
        &mut self,
        header: [u8; BLOCK_HEADER_LEN],
        len: usize,
        input: &mut Input<'_>,
        out: &mut Output<'_>,
    ) -> Next {
        let Some(content) = self.gather.first(len, input) else { return Ok(None) };
        let decoded = self.decoder.decode_block(header, content, &mut self.buffer);
        let n_bytes = decoded.map_err(|error| problem(&error))?;
        out.write(&self.buffer[..n_bytes])?;
        Ok(Some(self.after_block()))
    }

    fn after_block(&mut self) -> State {
        if self.decoder.awaits_checksum() {
            return State::Checksum;
        }
        if !self.decoder.is_finished() {
            return State::BlockHeader;
        }
        self.n_frames = self.n_frames.saturating_add(1);
        State::FrameHeader
    }

    fn checksum(&mut self, input: &mut Input<'_>) -> Next {
        let Some(bytes) = self.gather.first(4, input) else { return Ok(None) };
        let checksum = [bytes[0], bytes[1], bytes[2], bytes[3]];
        self.decoder.read_content_checksum(checksum).map_err(|error| problem(&error))?;
        self.n_frames = self.n_frames.saturating_add(1);
        Ok(Some(State::FrameHeader))
    }

    /// A last block may have no bytes, so that no input has to come for it.
    fn skip_empty_block(&mut self, out: &mut Output<'_>) -> Result<(), Problem> {
        if let State::Block { header, len: 0 } = self.state {
            let mut nothing = Input { rest: &[], offset: 0 };
            if let Some(state) = self.block(header, 0, &mut nothing, out)? {
                self.state = state;
            }
        }
        Ok(())
    }
}

fn is_skippable(header: &[u8]) -> bool {
    header.len() >= SKIPPABLE_HEADER_LEN && matches!(header, [0x50..=0x5F, 0x2A, 0x4D, 0x18, ..])
}

fn problem(error: &FrameDecoderError) -> Problem {
    match error {
        FrameDecoderError::WindowSizeTooBig { .. } => Problem::WindowTooLarge,
        FrameDecoderError::DictNotProvided { .. } => Problem::Dictionary,
        _ => Problem::Damaged,
    }
}
