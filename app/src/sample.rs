//! The sample logs of the start page.

/// A log that comes with the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    /// Its name in addresses, and of its file in `samples/`.
    pub id: &'static str,
    /// What it is.
    pub title: &'static str,
    /// Why one would look at it, in one sentence.
    pub sentence: &'static str,
    /// How it was made, in one sentence.
    pub origin: &'static str,
    /// How it ended.
    pub end: SampleEnd,
}

/// How a sample ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SampleEnd {
    /// As it should.
    Good,
    /// With a failure.
    Failed,
}

/// All samples, the most telling first.
pub const SAMPLES: [Sample; 3] = [
    Sample {
        id: "ollama-upgrade",
        title: "Ollama 0.5.13 to 0.6.0",
        sentence: "An upgrade of some fifty packages and the kernel, switched to.",
        origin: "Nix 2.26 fetched and built stand-ins for real packages, ollama among them; \
                 the times are real, the lines of the switch are written.",
        end: SampleEnd::Good,
    },
    Sample {
        id: "failed-build",
        title: "A build that failed",
        sentence: "One package fails, and others that need it cannot be built.",
        origin: "Nix 2.34 built stand-ins for real packages until a real compiler refused \
                 a kernel module that does not fit the new kernel.",
        end: SampleEnd::Failed,
    },
    Sample {
        id: "fetch-heavy",
        title: "Almost all of it downloaded",
        sentence: "Many paths from a binary cache, and next to nothing built.",
        origin: "Nix 2.26 fetched 397 stand-ins for real packages from a slow cache; the \
                 lines of systemd and of the boot loader are written.",
        end: SampleEnd::Good,
    },
];

impl Sample {
    /// The sample of that id.
    pub fn find(id: &str) -> Option<Self> {
        SAMPLES.into_iter().find(|sample| sample.id == id)
    }

    /// The address of its text, relative to the base of the site.
    pub fn address(&self) -> String {
        format!("samples/{}.log", self.id)
    }

    /// The address of its report, relative to the base of the site.
    pub fn report_address(&self) -> String {
        format!("report/?v=1&sample={}", self.id)
    }
}
