//! gzip: members, each with a header, a compressed part and a checksum (RFC 1952).

use crate::error::Problem;
use crate::gather::Gather;
use crate::inflate::{Inflate, Inflated};
use crate::input::Input;
use crate::output::Output;
use crate::unpacker::Decode;

/// The file, member by member.
#[derive(Default)]
pub(crate) struct Gzip {
    state: State,
    gather: Gather,
    inflate: Inflate,
    n_members: u32,
}

/// What comes next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    /// The ten bytes with which a member begins, or the end.
    #[default]
    Header,
    /// The optional fields of the header, of which these flags are left.
    Fields(u8),
    /// So many bytes of an optional field.
    Skip { left: u64, flags: u8 },
    /// The compressed part.
    Body,
    /// Checksum and length.
    Trailer,
    /// Zeros after the last member, as tapes and block devices leave them.
    Padding,
}

const HEADER_LEN: usize = 10;
const TRAILER_LEN: usize = 8;

/// Flags of the header, for the fields that follow it in this order.
const EXTRA: u8 = 4;
const NAME: u8 = 8;
const COMMENT: u8 = 16;
const CHECKSUM: u8 = 2;

impl Decode for Gzip {
    fn feed(&mut self, input: &mut Input<'_>, out: &mut Output<'_>) -> Result<(), Problem> {
        while !input.rest.is_empty() {
            match self.state {
                State::Header => self.header(input)?,
                State::Fields(flags) => self.fields(flags, input),
                State::Skip { left: 0, flags } => self.state = State::Fields(flags),
                State::Skip { left, flags } => {
                    self.state = State::Skip { left: left - input.skip(left), flags };
                }
                State::Body => {
                    if self.inflate.feed(input, out)? == Inflated::End {
                        self.state = State::Trailer;
                    }
                }
                State::Trailer => self.trailer(input)?,
                State::Padding => padding(input)?,
            }
        }
        Ok(())
    }

    fn is_complete(&self) -> bool {
        match self.state {
            State::Header => self.n_members > 0 && self.gather.is_empty(),
            State::Padding => true,
            _ => false,
        }
    }
}

impl Gzip {
    fn header(&mut self, input: &mut Input<'_>) -> Result<(), Problem> {
        if self.n_members > 0 && self.gather.is_empty() && input.rest[0] == 0 {
            self.state = State::Padding;
            return Ok(());
        }
        let start = input.offset - self.gather.bytes().len() as u64;
        let header = self.gather.first(HEADER_LEN, input);
        let Some(header) = header else { return Ok(()) };
        let flags = header[3];
        if !header.starts_with(b"\x1F\x8B\x08") {
            input.offset = start;
            return Err(if self.n_members > 0 { Problem::Trailing } else { Problem::Damaged });
        }
        self.gather.clear();
        self.inflate.reset();
        self.state = State::Fields(flags);
        Ok(())
    }

    fn fields(&mut self, flags: u8, input: &mut Input<'_>) {
        if flags & EXTRA != 0 {
            let Some(len) = self.gather.first(2, input) else { return };
            let left = u64::from(u16::from_le_bytes([len[0], len[1]]));
            self.gather.clear();
            self.state = State::Skip { left, flags: flags & !EXTRA };
        } else if flags & (NAME | COMMENT) != 0 {
            // Each ends with a zero. A name goes before a comment.
            let flag = if flags & NAME != 0 { NAME } else { COMMENT };
            let end = input.rest.iter().position(|byte| *byte == 0);
            input.take(end.map_or(usize::MAX, |end| end + 1));
            if end.is_some() {
                self.state = State::Fields(flags & !flag);
            }
        } else if flags & CHECKSUM != 0 {
            self.state = State::Skip { left: 2, flags: flags & !CHECKSUM };
        } else {
            self.state = State::Body;
        }
    }

    fn trailer(&mut self, input: &mut Input<'_>) -> Result<(), Problem> {
        let start = input.offset - self.gather.bytes().len() as u64;
        let Some(trailer) = self.gather.first(TRAILER_LEN, input) else { return Ok(()) };
        let crc = &self.inflate.crc;
        let expected = [crc.sum().to_le_bytes(), crc.amount().to_le_bytes()].concat();
        if trailer != expected {
            input.offset = start;
            return Err(Problem::Damaged);
        }
        self.gather.clear();
        self.n_members = self.n_members.saturating_add(1);
        self.state = State::Header;
        Ok(())
    }
}

fn padding(input: &mut Input<'_>) -> Result<(), Problem> {
    let n_zeros = input.rest.iter().take_while(|byte| **byte == 0).count();
    input.take(n_zeros);
    if input.rest.is_empty() { Ok(()) } else { Err(Problem::Trailing) }
}
