//! Which format a file is in, by its first bytes.

/// A format that can be decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One or more gzip members.
    Gzip,
    /// One or more zstd frames; some may be skippable.
    Zstd,
    /// One or more bzip2 streams.
    Bzip2,
    /// One or more xz streams, with padding.
    Xz,
    /// An archive, of which the first file is decoded.
    Zip,
    /// An archive that is not compressed, of which the first file is taken.
    Tar,
}

/// Where a tar archive says that it is one, from its start in bytes.
const TAR_MAGIC_AT: usize = 257;

impl Format {
    /// The longest start of a file that [`Format::of`] looks at, in bytes.
    pub const HEAD_LEN: usize = TAR_MAGIC_AT + 5;

    /// The format of a file with this start; `None` for a file that is not packed.
    pub fn of(head: &[u8]) -> Option<Self> {
        if is_tar(head) {
            return Some(Self::Tar);
        }
        match head {
            [0x1F, 0x8B, 8, ..] => Some(Self::Gzip),
            // The second is a skippable frame, with which some tools begin.
            [0x28, 0xB5, 0x2F, 0xFD, ..] | [0x50..=0x5F, 0x2A, 0x4D, 0x18, ..] => Some(Self::Zstd),
            // Text that begins with `BZh` is not bzip2: the size of its blocks follows, and the
            // first digits of pi, or those of its square root in an empty stream.
            [b'B', b'Z', b'h', b'1'..=b'9', 0x31, 0x41, 0x59, 0x26, ..]
            | [b'B', b'Z', b'h', b'1'..=b'9', 0x17, 0x72, 0x45, 0x38, ..] => Some(Self::Bzip2),
            [0xFD, b'7', b'z', b'X', b'Z', 0, ..] => Some(Self::Xz),
            [b'P', b'K', 3, 4, ..] => Some(Self::Zip),
            _ => None,
        }
    }

    /// What people call it: `gzip`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
            Self::Bzip2 => "bzip2",
            Self::Xz => "xz",
            Self::Zip => "zip",
            Self::Tar => "tar",
        }
    }

    /// The format of this [`Format::name`].
    pub fn named(name: &str) -> Option<Self> {
        let all = [Self::Gzip, Self::Zstd, Self::Bzip2, Self::Xz, Self::Zip, Self::Tar];
        all.into_iter().find(|format| format.name() == name)
    }
}

/// Whether a file with this start is a tar archive, of the `ustar` or the GNU kind.
pub(crate) fn is_tar(head: &[u8]) -> bool {
    head.get(TAR_MAGIC_AT..).is_some_and(|rest| rest.starts_with(b"ustar"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(head: &[u8], expected: Option<Format>) {
        assert_eq!(Format::of(head), expected);
    }

    #[test]
    fn formats_are_told_by_their_first_bytes() {
        check(b"\x1F\x8B\x08\0", Some(Format::Gzip));
        check(b"\x28\xB5\x2F\xFD", Some(Format::Zstd));
        check(b"\x5A\x2A\x4D\x18\0\0\0\0", Some(Format::Zstd));
        check(b"BZh91AY&SY", Some(Format::Bzip2));
        check(b"BZh9\x17\x72\x45\x38\x50\x90", Some(Format::Bzip2));
        check(b"\xFD7zXZ\0", Some(Format::Xz));
        check(b"PK\x03\x04", Some(Format::Zip));
        let mut tar = vec![0; 512];
        tar[TAR_MAGIC_AT..TAR_MAGIC_AT + 6].copy_from_slice(b"ustar\0");
        check(&tar, Some(Format::Tar));
        check(&tar[..Format::HEAD_LEN], Some(Format::Tar));
    }

    #[test]
    fn text_is_not_packed() {
        check(b"", None);
        check(b"building the system configuration...", None);
        check(b"BZh is how a bzip2 file begins", None);
        check(b"\x1F\x8B", None);
    }

    #[test]
    fn names_lead_back_to_their_format() {
        for format in [Format::Gzip, Format::Zstd, Format::Bzip2, Format::Xz, Format::Zip] {
            assert_eq!(Format::named(format.name()), Some(format));
        }
        assert_eq!(Format::named("rar"), None);
    }
}
