//! A long human-readable log: six builds at a time, most of it what compilers print.

use std::fmt::Write as _;
use std::io::{self, BufWriter, Write as _};
use std::path::Path;

use super::random::Random;

/// Builds that run beside each other.
const SLOTS: usize = 6;

/// Lines that a build prints, at least and at most.
const BUILD_LINES: std::ops::Range<u64> = 100..1600;

/// Writes a log of at least `bytes` bytes; the same bytes for the same length.
pub(super) fn write(path: &Path, bytes: u64) -> io::Result<()> {
    let mut out = BufWriter::new(std::fs::File::create(path)?);
    let mut log = Log::default();
    let mut written = 0;
    while written < bytes {
        log.lines.clear();
        log.step();
        out.write_all(log.lines.as_bytes())?;
        written += log.lines.len() as u64;
    }
    log.lines.clear();
    log.last_build();
    out.write_all(log.lines.as_bytes())?;
    out.flush()
}

/// A build that runs.
#[derive(Default)]
struct Build {
    name: String,
    hash: String,
    /// Lines that it will still print.
    left: u64,
    /// Whether its name stands before its lines.
    is_named: bool,
}

#[derive(Default)]
struct Log {
    /// What is not written yet.
    lines: String,
    random: Random,
    builds: [Build; SLOTS],
}

impl Log {
    /// One line of the build that is next, or its end and the start of another.
    fn step(&mut self) {
        let slot = self.random.index(SLOTS);
        if self.builds[slot].left == 0 {
            self.next_build(slot);
        } else {
            self.builds[slot].left -= 1;
            self.output(slot);
        }
    }

    fn next_build(&mut self, slot: usize) {
        for _ in 0..self.random.below(8) {
            let (hash, number) = (self.random.hash(), self.random.below(4000));
            self.line(format_args!(
                "copying path '/nix/store/{hash}-library-{number}-2.{number}.1' from 'https://cache.nixos.org'..."
            ));
        }
        let failed = &self.builds[slot];
        if self.random.next().is_multiple_of(128) && !failed.name.is_empty() {
            let path = format!("/nix/store/{}-{}.drv", failed.hash, failed.name);
            self.line(format_args!(
                "error: builder for '{path}' failed with exit code 2;\n       last 1 log lines:\n       > make: *** [Makefile:10: all] Error 2\n       For full logs, run:\n         nix log {path}"
            ));
        }
        let number = self.random.below(6000);
        let build = Build {
            name: format!("package-{number}-1.{}.{}", number % 40, number % 7),
            hash: self.random.hash(),
            left: BUILD_LINES.start + self.random.below(BUILD_LINES.end - BUILD_LINES.start),
            is_named: self.random.next().is_multiple_of(3),
        };
        self.line(format_args!("building '/nix/store/{}-{}.drv'...", build.hash, build.name));
        self.builds[slot] = build;
    }

    fn output(&mut self, slot: usize) {
        if self.builds[slot].is_named {
            let name = self.builds[slot].name.rsplitn(2, '-').last().unwrap_or_default().to_owned();
            let _ = write!(self.lines, "\u{1b}[2m{name}> \u{1b}[0m");
        }
        let number = self.random.next() % 100_000;
        match self.random.below(100) {
            0 => {
                let phase = PHASES[self.random.index(PHASES.len())];
                self.line(format_args!("Running phase: {phase}"));
            }
            1..45 => self.compiler(number),
            45..60 => self.line(format_args!(
                "[{}%] Building CXX object src/module{}/CMakeFiles/core.dir/file{number}.cpp.o",
                number % 100, number % 30
            )),
            60..70 => self.line(format_args!("[{}/9000] CXX obj/base/component/part{number}.o", number % 9000)),
            70..80 => self.line(format_args!("   Compiling crate-{} v0.{}.{}", number % 800, number % 20, number % 9)),
            80..88 => self.line(format_args!("tests/test_unit_{}.py::test_case_{number} PASSED", number % 90)),
            88..93 => self.line(format_args!("checking for function_{number} in -lc... yes")),
            93..96 => self.line(format_args!(
                "src/file{number}.c:{}:7: \u{1b}[01;35mwarning: \u{1b}[0munused variable ‘value{number}’ [-Wunused-variable]",
                number % 2000
            )),
            96..98 => self.line(format_args!("receiving objects  10%\rreceiving objects  60%\rreceiving objects {}%", number % 100)),
            _ => self.lines.push('\n'),
        }
    }

    fn compiler(&mut self, number: u64) {
        let hash = "n65hs6g6xvcj9rvmgjp3hbwwsyzqc4d1";
        self.line(format_args!(
            "gcc -DHAVE_CONFIG_H -I. -I/nix/store/{hash}-zlib-1.3.1-dev/include -O2 -g -fPIC -c -o obj/file{number}.o source/file{number}.c"
        ));
    }

    /// What the log ends with, so that it is that of a build that succeeded.
    fn last_build(&mut self) {
        let hash = self.random.hash();
        self.line(format_args!("/nix/store/{hash}-nixos-system-bench-25.11"));
    }

    fn line(&mut self, text: std::fmt::Arguments<'_>) {
        let _ = writeln!(self.lines, "{text}");
    }
}

const PHASES: [&str; 6] =
    ["unpackPhase", "patchPhase", "configurePhase", "buildPhase", "installPhase", "fixupPhase"];
