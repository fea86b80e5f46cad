//! The first file of a zip archive. Services hand out their logs in these.

use crate::archive::Archive;
use crate::error::Problem;
use crate::gather::Gather;
use crate::inflate::{Inflate, Inflated};
use crate::input::Input;
use crate::output::Output;
use crate::unpacker::Decode;

/// The archive, up to the end of its first file.
#[derive(Default)]
pub(crate) struct Zip {
    state: State,
    gather: Gather,
    inflate: Inflate,
    /// The checksum of the file; `None` where it follows the file.
    crc: Option<u32>,
    archive: Option<Archive>,
}

/// What comes next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    /// The header of an entry.
    #[default]
    Header,
    /// A file that is compressed.
    Deflated,
    /// So many bytes of a file that is not.
    Stored(u64),
    /// So many bytes of something that is not read.
    Skip(u64),
    /// What follows the file may be its sizes and the next entry.
    After,
    /// All that is of interest was seen.
    Done,
}

const HEADER_LEN: usize = 30;
/// The most that may lie between a file and what follows it: its checksum and sizes, each of
/// eight bytes in a large archive.
const MAX_DESCRIPTOR_LEN: usize = 24;

const HEADER_MAGIC: &[u8] = b"PK\x03\x04";
const DESCRIPTOR_MAGIC: &[u8] = b"PK\x07\x08";

/// Flags of a header.
const ENCRYPTED: u16 = 1;
/// Checksum and sizes are not in the header but follow the file.
const SIZES_FOLLOW: u16 = 8;

impl Decode for Zip {
    fn feed(&mut self, input: &mut Input<'_>, out: &mut Output<'_>) -> Result<(), Problem> {
        while !input.rest.is_empty() {
            match self.state {
                State::Header => {
                    if !self.header(input)? {
                        return Ok(());
                    }
                }
                State::Deflated => {
                    if self.inflate.feed(input, out)? == Inflated::End {
                        self.check_crc()?;
                    }
                }
                State::Stored(0) => self.check_crc()?,
                State::Stored(left) => {
                    let part = input.take(usize::try_from(left).unwrap_or(usize::MAX));
                    self.inflate.crc.update(part);
                    self.state = State::Stored(left - part.len() as u64);
                    out.write(part)?;
                }
                State::Skip(0) => self.state = State::Header,
                State::Skip(left) => self.state = State::Skip(left - input.skip(left)),
                State::After => self.after(input),
                State::Done => {
                    input.skip(u64::MAX);
                }
            }
        }
        Ok(())
    }

    fn is_complete(&self) -> bool {
        matches!(self.state, State::After | State::Done)
    }

    fn archive(&self) -> Option<&Archive> {
        self.archive.as_ref()
    }
}

impl Zip {
    /// Reads a header, and whether it was there as a whole.
    fn header(&mut self, input: &mut Input<'_>) -> Result<bool, Problem> {
        let start = input.offset - self.gather.bytes().len() as u64;
        let Some(fixed) = self.gather.first(4, input) else { return Ok(false) };
        if fixed != HEADER_MAGIC {
            input.offset = start;
            return Err(Problem::Empty);
        }
        let Some(fixed) = self.gather.first(HEADER_LEN, input) else { return Ok(false) };
        let name_len = usize::from(u16_at(fixed, 26));
        let len = HEADER_LEN + name_len + usize::from(u16_at(fixed, 28));
        let Some(header) = self.gather.first(len, input) else { return Ok(false) };
        let name = &header[HEADER_LEN..HEADER_LEN + name_len];
        let (flags, method) = (u16_at(header, 6), u16_at(header, 8));
        let packed_len = u64::from(u32_at(header, 18));
        self.crc = (flags & SIZES_FOLLOW == 0).then(|| u32_at(header, 14));
        if name.ends_with(b"/") {
            self.state = State::Skip(packed_len);
        } else {
            self.state = file(flags, method, packed_len).inspect_err(|_| input.offset = start)?;
            self.archive = Some(Archive::of(name));
        }
        self.gather.clear();
        Ok(true)
    }

    fn check_crc(&mut self) -> Result<(), Problem> {
        self.state = State::After;
        match self.crc {
            Some(crc) if crc != self.inflate.crc.sum() => Err(Problem::Damaged),
            _ => Ok(()),
        }
    }

    /// Looks for another entry that is a file, within the few bytes where its header may be.
    fn after(&mut self, input: &mut Input<'_>) {
        let needed = MAX_DESCRIPTOR_LEN + HEADER_LEN + 1;
        let Some(bytes) = self.gather.first(needed, input) else { return };
        let starts: &[usize] = match (self.crc, bytes.starts_with(DESCRIPTOR_MAGIC)) {
            (Some(_), _) => &[0],
            (None, true) => &[16, 24],
            (None, false) => &[12, 20],
        };
        let follows = starts.iter().any(|at| bytes[*at..].starts_with(HEADER_MAGIC));
        if let Some(archive) = &mut self.archive {
            archive.has_more = follows;
        }
        self.state = State::Done;
    }
}

fn file(flags: u16, method: u16, packed_len: u64) -> Result<State, Problem> {
    match method {
        _ if flags & ENCRYPTED != 0 => Err(Problem::Encrypted),
        0 if flags & SIZES_FOLLOW == 0 => Ok(State::Stored(packed_len)),
        8 => Ok(State::Deflated),
        _ => Err(Problem::Method),
    }
}

fn u16_at(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes([bytes[at], bytes[at + 1]])
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}
