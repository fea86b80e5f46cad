//! What the writer and the reader of a link both know beforehand.

use analyzer::report::LinkLevel;

use super::coder::Ending;
use super::memory::Memory;
use super::model::Model;
use super::name_table::NameTable;
use super::stream::Stream;
use super::text;
use super::walk;

/// What the file begins with: its format and the version of links that it is for.
const MAGIC: &[u8] = b"RSTABLE1";

/// Bits of the number of sample reports.
const SAMPLE_BITS: u32 = 10;

/// The names and the sample report of links of version 1.
#[derive(Clone, Debug)]
pub struct Tables {
    pub(super) names: NameTable,
    /// The state after the sample was read.
    model: Model,
    memory: Memory,
}

impl Tables {
    /// Reads the file of the tables; `None` if it is another file.
    pub fn parse(file: &[u8]) -> Option<Self> {
        let rest = file.strip_prefix(MAGIC)?;
        let (len, rest) = rest.split_first_chunk()?;
        let (names, sample) = rest.split_at_checked(u32::from_le_bytes(*len) as usize)?;
        let names = NameTable::parse(std::str::from_utf8(names).ok()?)?;
        let mut tables = Self { names, model: Model::new(), memory: Memory::new() };
        tables.learn_names();
        if !sample.is_empty() {
            let mut stream = Stream::reader(sample, Ending::Whole, &tables);
            let n_reports = stream.uniform(SAMPLE_BITS, 0);
            for _ in 0..n_reports {
                walk::report(&mut stream, LinkLevel::Full, &mut walk::blank());
            }
            let is_whole = stream.fault().is_none();
            (tables.model, tables.memory) = stream.into_state();
            is_whole.then_some(())?;
        }
        Some(tables)
    }

    /// Learns the letters of every name, so that names which are not in the table cost less.
    fn learn_names(&mut self) {
        let mut last = "";
        for place in 0..self.names.len() {
            let name = self.names.text(place);
            let shared = name.bytes().zip(last.bytes()).take_while(|(a, b)| a == b).count();
            text::learn_name(&mut self.model, name, shared);
            last = name;
        }
    }

    /// Makes the file of the lines of names, and of reports that are typical of others.
    ///
    /// `None` if the lines are not as they should be, or the report is too large.
    #[cfg(feature = "make-tables")]
    pub fn make(names: &str, sample: &[analyzer::Report]) -> Option<Vec<u8>> {
        let mut file = MAGIC.to_vec();
        file.extend(u32::try_from(names.len()).ok()?.to_le_bytes());
        file.extend(names.as_bytes());
        let tables = Self::parse(&file)?;
        let mut stream = Stream::writer(&tables);
        stream.uniform(SAMPLE_BITS, u32::try_from(sample.len()).ok()?);
        for report in sample {
            walk::report(&mut stream, LinkLevel::Full, &mut report.at_level(LinkLevel::Full));
        }
        file.extend(stream.finish()?);
        Some(file)
    }

    /// The tables inside the program.
    #[cfg(feature = "tables")]
    pub fn built_in() -> Option<Self> {
        Self::parse(include_bytes!("../../data/tables-1.bin"))
    }

    /// What is known before the first bit.
    pub(super) fn start(&self) -> (Model, Memory) {
        (self.model.clone(), self.memory.clone())
    }
}
