//! Prints how long links are, beside other ways to pack the same reports. With a folder as its
//! argument it writes there what the page asks its programs to make and open the longest ones.

mod mapping;

use std::io::{self, Write};
use std::path::Path;
use std::time::Instant;

use analyzer::Report;
use analyzer::report::LinkLevel;
use serde::Serialize;
use serde_json::Value;
use share::link::{self, Tables};
use share::{answer, making};

/// Where the reports are, seen from this crate.
const REPORTS: &str = "../../shared/bench/reports";

const SIZES: [&str; 3] = ["small", "medium", "large"];
const N_REPORTS: usize = 5;

fn main() -> io::Result<()> {
    let mut out = io::stdout().lock();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(REPORTS);
    let Some(tables) = Tables::built_in().filter(|_| folder.is_dir()) else {
        return writeln!(out, "skipped: there is no {}", folder.display());
    };
    if let Some(requests) = std::env::args().nth(1) {
        return write_requests(&folder, Path::new(&requests), &tables);
    }
    writeln!(
        out,
        "{:10}{:>9}{:>9}{:>9}{:>9}{:>9}{:>9}{:>9}{:>9}",
        "report", "full", "changes", "verdict", "lz-str", "zlib 9", "brotli", "enc ms", "dec ms"
    )?;
    for size in SIZES {
        let mut sums = [0.0; 8];
        for seed in 0..N_REPORTS {
            let json = std::fs::read(folder.join(format!("{size}.{seed}.json")))?;
            let row = row(&json, &tables)?;
            print(&mut out, &format!("{size}.{seed}"), &row)?;
            sums.iter_mut().zip(row).for_each(|(sum, it)| *sum += it / N_REPORTS as f64);
        }
        print(&mut out, &format!("{size} mean"), &sums)?;
    }
    Ok(())
}

fn print(out: &mut impl Write, name: &str, row: &[f64; 8]) -> io::Result<()> {
    write!(out, "{name:12}")?;
    for (at, it) in row.iter().enumerate() {
        if at < 6 {
            write!(out, " {it:>8.0}")?;
        } else {
            write!(out, " {it:>8.1}")?;
        }
    }
    writeln!(out)
}

/// Writes `open-N.bin` and `make-N.bin` for each of the longest reports.
fn write_requests(folder: &Path, requests: &Path, tables: &Tables) -> io::Result<()> {
    for seed in 0..N_REPORTS {
        let json = std::fs::read(folder.join(format!("large.{seed}.json")))?;
        let report = mapping::report(&serde_json::from_slice(&json)?);
        let open = answer::Request::Open(link::encode(&report, LinkLevel::Full, tables));
        std::fs::write(requests.join(format!("open-{seed}.bin")), in_postcard(&open)?)?;
        let make: (_, Report) = (making::Request::Make { masked: Vec::new() }, report);
        std::fs::write(requests.join(format!("make-{seed}.bin")), in_postcard(&make)?)?;
    }
    Ok(())
}

fn in_postcard(request: &impl Serialize) -> io::Result<Vec<u8>> {
    postcard::to_allocvec(request).map_err(io::Error::other)
}

fn row(json: &[u8], tables: &Tables) -> io::Result<[f64; 8]> {
    let theirs: Value = serde_json::from_slice(json)?;
    let report = mapping::report(&theirs);
    let [full, changes, verdict] = [LinkLevel::Full, LinkLevel::Changes, LinkLevel::Verdict]
        .map(|level| link::encode(&report, level, tables).len() as f64);
    let start = Instant::now();
    let fragment = link::encode(&report, LinkLevel::Full, tables);
    let encoding = start.elapsed().as_secs_f64() * 1000.0;
    let start = Instant::now();
    let opened = link::decode(&fragment, tables).map_err(io::Error::other)?;
    let decoding = start.elapsed().as_secs_f64() * 1000.0;
    assert_eq!(opened.report, report.at_level(LinkLevel::Full), "a link holds another report");
    let lz =
        lz_str::compress_to_encoded_uri_component(std::str::from_utf8(json).unwrap_or_default())
            .len() as f64;
    Ok([
        full,
        changes,
        verdict,
        lz,
        in_base64(&zlib(json)?),
        in_base64(&brotli(json)?),
        encoding,
        decoding,
    ])
}

/// Characters of so many bytes.
fn in_base64(bytes: &[u8]) -> f64 {
    (bytes.len() * 4).div_ceil(3) as f64
}

fn zlib(json: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(json)?;
    encoder.finish()
}

fn brotli(json: &[u8]) -> io::Result<Vec<u8>> {
    let mut packed = Vec::new();
    let parameters =
        brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    brotli::BrotliCompress(&mut &json[..], &mut packed, &parameters)?;
    Ok(packed)
}
