//! The first file of a tar archive.

use crate::archive::Archive;
use crate::error::Problem;
use crate::gather::Gather;
use crate::input::Input;

/// An archive is made of blocks of this many bytes.
const BLOCK_LEN: usize = 512;

/// Finds the first file and hands over what is in it.
#[derive(Debug, Default)]
pub(crate) struct Tar {
    state: State,
    header: Gather,
    pub(crate) archive: Option<Archive>,
}

/// What comes next.
#[derive(Clone, Copy, Debug, Default)]
enum State {
    /// A header.
    #[default]
    Header,
    /// This many bytes of the file, and then so many to the end of its last block.
    File { left: u64, padding: u64 },
    /// Bytes of something that is not read.
    Skip(u64),
    /// The end, or files that are not read.
    Done,
}

/// What a header says.
struct Entry {
    len: u64,
    is_file: bool,
}

impl Tar {
    /// Takes the next bytes of the archive.
    pub(crate) fn feed(
        &mut self,
        bytes: &[u8],
        sink: &mut dyn FnMut(&[u8]),
    ) -> Result<(), Problem> {
        let mut input = Input { rest: bytes, offset: 0 };
        while !input.rest.is_empty() {
            match self.state {
                State::Header => {
                    let Some(header) = self.header.first(BLOCK_LEN, &mut input) else { break };
                    let entry = entry(header);
                    let name = name(header);
                    self.state = self.after(entry.as_ref(), &name)?;
                    self.header.clear();
                }
                State::File { left: 0, padding } => self.state = State::Skip(padding),
                State::File { left, padding } => {
                    let part = input.take(usize::try_from(left).unwrap_or(usize::MAX));
                    sink(part);
                    self.state = State::File { left: left - part.len() as u64, padding };
                }
                State::Skip(0) => self.state = State::Header,
                State::Skip(left) => self.state = State::Skip(left - input.skip(left)),
                State::Done => break,
            }
        }
        Ok(())
    }

    /// Takes the end of the archive.
    pub(crate) fn finish(&self) -> Result<(), Problem> {
        match self.state {
            State::File { left: 1.., .. } => Err(Problem::CutOff),
            _ if self.archive.is_none() => Err(Problem::Empty),
            _ => Ok(()),
        }
    }

    fn after(&mut self, entry: Option<&Entry>, name: &[u8]) -> Result<State, Problem> {
        let Some(&Entry { len, is_file }) = entry else { return Ok(State::Done) };
        let padding = len.next_multiple_of(BLOCK_LEN as u64) - len;
        match &mut self.archive {
            Some(archive) if is_file => {
                archive.has_more = true;
                Ok(State::Done)
            }
            None if is_file => {
                self.archive = Some(Archive::of(name));
                Ok(State::File { left: len, padding })
            }
            _ => Ok(State::Skip(len.checked_add(padding).ok_or(Problem::Damaged)?)),
        }
    }
}

/// Directories, links and the attributes of the entry that follows have their own types; the
/// last two blocks are empty. `None` for these, and for what is no header.
fn entry(header: &[u8]) -> Option<Entry> {
    if !crate::format::is_tar(header) {
        return None;
    }
    let is_file = matches!(header[156], b'0' | b'7' | 0);
    Some(Entry { len: octal(&header[124..136])?, is_file })
}

/// The name, and in `ustar` the folders before it.
fn name(header: &[u8]) -> Vec<u8> {
    let text =
        |field: &[u8]| -> Vec<u8> { field.iter().copied().take_while(|byte| *byte != 0).collect() };
    let (folders, name) = (text(&header[345..500]), text(&header[..100]));
    let is_posix = &header[257..263] == b"ustar\0";
    if folders.is_empty() || !is_posix { name } else { [folders, name].join(&b'/') }
}

/// `00000001750\0`; larger than 8 GiB is written in another way, and is no log.
fn octal(field: &[u8]) -> Option<u64> {
    let digits = field.trim_ascii().split(|byte| *byte == 0).next()?.trim_ascii();
    if digits.is_empty() || !digits.iter().all(|digit| (b'0'..=b'7').contains(digit)) {
        return None;
    }
    Some(digits.iter().fold(0, |sum, digit| sum * 8 + u64::from(digit - b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_octal() {
        assert_eq!(octal(b"00000001750\0"), Some(1000));
        assert_eq!(octal(b"   1750 \0\0\0\0"), Some(1000));
        assert_eq!(octal(b"\x80\0\0\0\0\0\0\0\0\0\0\x01"), None);
        assert_eq!(octal(b"\0\0\0\0\0\0\0\0\0\0\0\0"), None);
    }
}
