//! Files made by the programs that people use.

use std::fs;
use std::path::{Path, PathBuf};

use unpack::{Archive, Format, Problem, UnpackError, Unpacker};

/// More than any of the files holds, but for those that are meant to hold too much.
const LIMIT: u64 = 1 << 20;

/// What came of a file.
#[derive(Debug, PartialEq, Eq)]
struct Unpacked {
    text: Vec<u8>,
    result: Result<(), UnpackError>,
    archive: Option<Archive>,
    description: String,
}

fn folder(relative: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(relative)
}

fn packed(name: &str) -> Vec<u8> {
    fs::read(folder("tests/fixtures").join(name)).expect("a fixture")
}

fn rebuild_log() -> Vec<u8> {
    fs::read(folder("../analyzer/tests/fixtures/nix-2.34.8/rebuild-ng.log")).expect("a fixture")
}

fn other_log() -> Vec<u8> {
    fs::read(folder("../analyzer/tests/fixtures/nix-2.34.8/dependency-fails.log"))
        .expect("a fixture")
}

fn unpack_in(chunk_len: usize, packed: &[u8], limit: u64) -> Unpacked {
    let format = Format::of(&packed[..packed.len().min(Format::HEAD_LEN)]).expect("a format");
    let mut unpacker = Unpacker::new(format, limit).expect("it is built in");
    let mut text = Vec::new();
    let mut sink = |bytes: &[u8]| text.extend_from_slice(bytes);
    let mut chunks = packed.chunks(chunk_len);
    let fed = chunks.try_for_each(|chunk| unpacker.feed(chunk, &mut sink));
    let result = fed.and_then(|()| unpacker.finish(&mut sink));
    let archive = unpacker.archive().cloned();
    Unpacked { text, result, archive, description: unpacker.description() }
}

/// Decodes in chunks of several sizes, which must not matter.
#[track_caller]
fn unpack(packed: &[u8], limit: u64) -> Unpacked {
    let whole = unpack_in(usize::MAX, packed, limit);
    for chunk_len in [1, 2, 3, 7, 64, 1000, 4096] {
        let cut = unpack_in(chunk_len, packed, limit);
        assert_eq!(cut.text.len(), whole.text.len(), "chunks of {chunk_len}");
        assert!(cut == whole, "chunks of {chunk_len}: {:?}, not {:?}", cut.result, whole.result);
    }
    whole
}

#[track_caller]
fn check(packed: &[u8], text: &[u8], result: Result<(), UnpackError>) -> Unpacked {
    let unpacked = unpack(packed, LIMIT);
    assert_eq!(unpacked.result, result);
    assert!(unpacked.text == text, "{}", String::from_utf8_lossy(&unpacked.text));
    unpacked
}

fn error(problem: Problem, byte: usize) -> Result<(), UnpackError> {
    Err(UnpackError { problem, byte: byte as u64 })
}

const WHOLE: [(&str, &str); 11] = [
    ("rebuild.log.gz", "gzip"),
    ("nameless.gz", "gzip"),
    ("rebuild.log.zst", "zstd"),
    ("unchecked.zst", "zstd"),
    ("skippable.zst", "zstd"),
    ("rebuild.log.bz2", "bzip2"),
    ("rebuild.log.xz", "xz"),
    ("blocks.xz", "xz"),
    ("rebuild.zip", "zip"),
    ("stored.zip", "zip"),
    ("streamed.zip", "zip"),
];

/// In these, damage may pass as text.
const WITHOUT_CHECKSUM: [&str; 3] = ["unchecked.zst", "skippable.zst", "streamed.zip"];

/// Those that may follow each other in one file.
const STREAMS: [&str; 8] = [
    "rebuild.log.gz",
    "nameless.gz",
    "rebuild.log.zst",
    "unchecked.zst",
    "skippable.zst",
    "rebuild.log.bz2",
    "rebuild.log.xz",
    "blocks.xz",
];

#[test]
fn every_file_holds_the_log() {
    for (name, description) in WHOLE {
        let unpacked = check(&packed(name), &rebuild_log(), Ok(()));
        assert_eq!(unpacked.description, description, "{name}");
    }
}

#[test]
fn files_that_are_joined_hold_the_log_twice() {
    for name in STREAMS {
        check(&packed(name).repeat(2), &rebuild_log().repeat(2), Ok(()));
    }
}

#[test]
fn padding_is_no_part_of_the_log() {
    let log = rebuild_log();
    let zeros = vec![0; 512];
    check(&[packed("rebuild.log.gz"), zeros].concat(), &log, Ok(()));
    let xz = packed("rebuild.log.xz");
    let joined = [&xz[..], &[0; 8], &xz[..], &[0; 4]].concat();
    check(&joined, &log.repeat(2), Ok(()));
    check(&[&xz[..], &[0; 3]].concat(), &log, error(Problem::CutOff, xz.len() + 3));
}

#[test]
fn what_follows_a_file_is_told_by_its_first_byte() {
    for name in STREAMS {
        let file = packed(name);
        let unpacked = unpack(&[&file[..], b"and then something else"].concat(), LIMIT);
        assert!(unpacked.text == rebuild_log(), "{name}");
        let UnpackError { problem, byte } = unpacked.result.unwrap_err();
        assert_eq!(problem, Problem::Trailing, "{name}");
        // What looks like the start of another stream is told by its next bytes.
        assert!(byte.abs_diff(file.len() as u64) <= 4, "{name}: {byte}");
    }
}

#[test]
fn file_that_is_cut_off_gives_the_beginning_of_the_log() {
    let log = rebuild_log();
    for (name, _) in WHOLE {
        let file = packed(name);
        for len in [file.len() / 2, file.len() - 60] {
            let unpacked = unpack(&file[..len], LIMIT);
            assert!(log.starts_with(&unpacked.text), "{name}");
            let is_archive = unpacked.archive.is_some();
            if unpacked.result.is_ok() {
                assert!(is_archive && unpacked.text == log, "{name}, {len} bytes");
            } else {
                assert_eq!(unpacked.result, error(Problem::CutOff, len), "{name}");
            }
        }
    }
}

#[test]
fn formats_without_blocks_give_all_that_was_decoded_before_the_cut() {
    for (name, least) in [("rebuild.log.gz", 3000), ("rebuild.log.xz", 3000), ("blocks.xz", 4096)] {
        let file = packed(name);
        let unpacked = unpack(&file[..file.len() / 2], LIMIT);
        assert!(unpacked.text.len() >= least, "{name}: {}", unpacked.text.len());
    }
}

#[test]
fn blocks_before_the_cut_are_whole() {
    let whole = packed("rebuild.log.bz2");
    let file = whole.repeat(2);
    check(&file[..file.len() - 100], &rebuild_log(), error(Problem::CutOff, file.len() - 100));
    let whole = packed("rebuild.log.zst");
    let file = whole.repeat(2);
    check(&file[..file.len() - 100], &rebuild_log(), error(Problem::CutOff, file.len() - 100));
}

#[test]
fn damage_is_noticed_and_told_by_its_place() {
    for (name, _) in WHOLE {
        if WITHOUT_CHECKSUM.contains(&name) {
            continue;
        }
        let mut file = packed(name);
        let place = file.len() / 2;
        file[place] ^= 0x55;
        let unpacked = unpack(&file, LIMIT);
        let UnpackError { problem, byte } = unpacked.result.expect_err(name);
        assert!(matches!(problem, Problem::Damaged | Problem::Method), "{name}: {problem:?}");
        assert!(byte <= file.len() as u64, "{name}: {byte}");
    }
}

#[test]
fn damage_of_the_second_part_leaves_the_first() {
    for name in STREAMS {
        let one = packed(name);
        let mut file = one.repeat(2);
        let place = one.len() + one.len() / 2;
        file[place] ^= 0x55;
        let unpacked = unpack(&file, LIMIT);
        assert!(unpacked.text.starts_with(&rebuild_log()), "{name}");
        if let Err(UnpackError { byte, .. }) = unpacked.result {
            assert!(byte >= one.len() as u64, "{name}: {byte}");
        } else {
            assert!(WITHOUT_CHECKSUM.contains(&name), "{name}");
        }
    }
}

#[test]
fn no_more_comes_out_than_the_limit_allows() {
    for name in ["zeros.bz2", "zeros.zst"] {
        let unpacked = unpack(&packed(name), LIMIT);
        assert_eq!(unpacked.result.unwrap_err().problem, Problem::TooLarge(LIMIT), "{name}");
        assert_eq!(unpacked.text.len() as u64, LIMIT);
    }
    for (name, _) in WHOLE {
        let unpacked = unpack(&packed(name), 1000);
        assert_eq!(unpacked.result.unwrap_err().problem, Problem::TooLarge(1000), "{name}");
        assert!(unpacked.text == rebuild_log()[..1000], "{name}");
    }
    let len = rebuild_log().len() as u64;
    assert_eq!(unpack(&packed("rebuild.log.xz"), len).result, Ok(()));
}

#[test]
fn first_file_of_an_archive_is_read() {
    for (name, description) in [("several.zip", "zip"), ("several.tar.zst", "zstd, tar")] {
        let unpacked = check(&packed(name), &other_log(), Ok(()));
        let archive = unpacked.archive.unwrap();
        assert_eq!(archive, Archive { file: "logs/other.log".to_owned(), has_more: true });
        assert!(archive.note().unwrap().contains("the first, logs/other.log, was read"));
        assert_eq!(unpacked.description, description);
    }
}

#[test]
fn archive_with_one_file_needs_no_note() {
    for name in ["rebuild.tar.gz", "rebuild.zip", "stored.zip", "streamed.zip"] {
        let unpacked = check(&packed(name), &rebuild_log(), Ok(()));
        let archive = unpacked.archive.unwrap();
        assert!(archive.file == "rebuild.log" || archive.file == "-", "{name}: {}", archive.file);
        assert_eq!(archive.note(), None, "{name}");
    }
}

#[test]
fn plain_tar_archive_is_one() {
    let tar = unpack_tar("rebuild.tar.gz");
    let unpacked = check(&tar, &rebuild_log(), Ok(()));
    assert_eq!(unpacked.description, "tar");
    let cut = &tar[..5000];
    check(cut, &rebuild_log()[..5000 - 512], error(Problem::CutOff, 5000));
}

/// The archive in a file that is packed by gzip, by a decoder of its own.
fn unpack_tar(name: &str) -> Vec<u8> {
    let mut tar = Vec::new();
    let file = packed(name);
    std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(&file[..]), &mut tar)
        .expect("a sound file");
    tar
}

#[test]
fn archive_without_a_file_says_so() {
    let mut tar = unpack_tar("rebuild.tar.gz");
    tar[156] = b'5';
    let unpacked = unpack(&tar[..512], LIMIT);
    assert_eq!(unpacked.result, error(Problem::Empty, 512));
}

#[test]
fn checksum_that_is_not_built_in_is_named_as_such() {
    assert_eq!(unpack(&packed("sha256.xz"), LIMIT).result.unwrap_err().problem, Problem::Method);
}

#[test]
fn encrypted_archive_is_not_read() {
    let mut zip = packed("rebuild.zip");
    zip[6] |= 1;
    check(&zip, b"", error(Problem::Encrypted, 0));
}

#[test]
fn frame_that_needs_a_dictionary_or_too_much_memory_says_so() {
    // Descriptor: a dictionary of one byte; window of 1 KiB.
    let dictionary = [0x28, 0xB5, 0x2F, 0xFD, 0x01, 0x00, 0x07, 0x01, 0x00, 0x00];
    check(&dictionary, b"", error(Problem::Dictionary, 0));
    // A window of 256 MiB.
    let window = [0x28, 0xB5, 0x2F, 0xFD, 0x00, 0x90, 0x01, 0x00, 0x00];
    check(&window, b"", error(Problem::WindowTooLarge, 0));
}

#[test]
fn sentences_name_the_place() {
    let error = UnpackError { problem: Problem::CutOff, byte: 1234 };
    assert_eq!(error.to_string(), "The packed file is cut off after byte 1234.");
    let error = UnpackError { problem: Problem::TooLarge(1 << 30), byte: 0 };
    assert_eq!(error.to_string(), "The packed file holds more than 1024 MiB.");
}
