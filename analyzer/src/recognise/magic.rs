//! Files that are no text, by their bytes.

/// Containers, pictures and programs, by the first bytes of the file.
const MAGIC: [(&[u8], &str); 24] = [
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xFF\xD8\xFF", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"BM", "a picture (BMP)"),
    (b"\0\0\x01\0", "a picture (ICO)"),
    (b"%PDF-", "a PDF document"),
    (b"%!PS", "a PostScript document"),
    (b"\x1F\x8B", "a gzip archive: unpack it first"),
    (b"\x28\xB5\x2F\xFD", "a zstd archive: unpack it first"),
    (b"BZh", "a bzip2 archive: unpack it first"),
    (b"\xFD7zXZ", "an xz archive: unpack it first"),
    (b"PK\x03\x04", "a zip archive: unpack it first"),
    (b"7z\xBC\xAF\x27\x1C", "a 7-Zip archive: unpack it first"),
    (b"!<arch>\n", "an archive of a compiler or a package"),
    (b"nix-archive-1", "an archive of Nix (NAR)"),
    (b"\x7FELF", "a program (ELF)"),
    (b"MZ", "a program for Windows"),
    (b"\xCA\xFE\xBA\xBE", "a program (Java or macOS)"),
    (b"\xCF\xFA\xED\xFE", "a program for macOS"),
    (b"LPKSHHRH", "a binary journal: print it with `journalctl`"),
    (b"SQLite format 3", "a SQLite database"),
    (b"\0asm", "a program (WebAssembly)"),
    (b"RIFF", "a picture, sound or film (RIFF)"),
    (b"OggS", "a sound or a film (Ogg)"),
];

/// What the bytes are the start of; `None` for text.
pub(super) fn guess(head: &[u8]) -> Option<&'static str> {
    let found = MAGIC.iter().find(|(magic, _)| head.starts_with(magic));
    // Short ones could be words.
    if let Some((magic, what)) = found
        && (magic.len() > 2 || !magic.is_ascii() || is_binary(head))
    {
        return Some(what);
    }
    // Behind its length, a NAR begins with its name.
    if head.get(8..21) == Some(b"nix-archive-1") {
        return Some("an archive of Nix (NAR)");
    }
    if head.get(257..262) == Some(b"ustar") {
        return Some("a tar archive: unpack it first");
    }
    None
}

/// Text of any language has hardly any control bytes; UTF-16 has a byte order mark.
pub(super) fn is_binary(head: &[u8]) -> bool {
    let is_text = head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF");
    // A terminal goes back by a byte, and begins what it does with an escape.
    let is_odd = |byte: &&u8| **byte < 0x08 || (0x0E..0x1B).contains(*byte);
    !is_text && head.iter().filter(is_odd).count() * 10 > head.len()
}
