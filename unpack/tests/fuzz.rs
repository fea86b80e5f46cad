//! No bytes make a decoder panic, hand over too much, or depend on chunks.

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use unpack::{Format, UnpackError, Unpacker};

const LIMIT: u64 = 1 << 20;

const FORMATS: [Format; 6] =
    [Format::Gzip, Format::Zstd, Format::Bzip2, Format::Xz, Format::Zip, Format::Tar];

const FILES: [&str; 9] = [
    "rebuild.log.gz",
    "rebuild.log.zst",
    "skippable.zst",
    "rebuild.log.bz2",
    "rebuild.log.xz",
    "blocks.xz",
    "several.zip",
    "rebuild.tar.gz",
    "several.tar.zst",
];

fn file(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name))
        .expect("a fixture")
}

fn unpack(format: Format, bytes: &[u8], chunk_len: usize) -> (Vec<u8>, Result<(), UnpackError>) {
    let mut unpacker = Unpacker::new(format, LIMIT).expect("it is built in");
    let mut text = Vec::new();
    let mut sink = |part: &[u8]| text.extend_from_slice(part);
    let fed = bytes.chunks(chunk_len).try_for_each(|chunk| unpacker.feed(chunk, &mut sink));
    let result = fed.and_then(|()| unpacker.finish(&mut sink));
    (text, result)
}

fn check(format: Format, bytes: &[u8], chunk_len: usize) {
    let (text, result) = unpack(format, bytes, usize::MAX);
    assert!(text.len() as u64 <= LIMIT);
    assert!(result.is_ok() || result.expect_err("it failed").byte <= bytes.len() as u64);
    assert!(unpack(format, bytes, chunk_len) == (text, result), "chunks of {chunk_len}");
}

/// A file with some bytes changed and its end cut off.
fn mutated() -> impl Strategy<Value = Vec<u8>> {
    let changes = prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..8);
    (prop::sample::select(&FILES[..]), changes, any::<prop::sample::Index>(), any::<bool>())
        .prop_map(|(name, changes, end, is_cut)| {
            let mut bytes = file(name);
            for (place, byte) in changes {
                let place = place.index(bytes.len());
                bytes[place] = byte;
            }
            if is_cut {
                bytes.truncate(end.index(bytes.len()));
            }
            bytes
        })
}

proptest! {
    #[test]
    fn any_bytes_are_taken(
        bytes in prop::collection::vec(any::<u8>(), 0..2000),
        chunk_len in 1usize..300,
    ) {
        for format in FORMATS {
            check(format, &bytes, chunk_len);
        }
    }

    #[test]
    fn files_that_were_changed_are_taken(bytes in mutated(), chunk_len in 1usize..300) {
        if let Some(format) = Format::of(&bytes) {
            check(format, &bytes, chunk_len);
        }
    }
}
