//! What the writer and the reader of a link both know beforehand.

#[cfg(feature = "make-tables")]
use alloc::vec::Vec;

use bits::{Coder, Ending, Model};

use crate::bytes::Bytes;
use crate::level::Level;
use crate::memory::Memory;
use crate::name_table::NameTable;
use crate::stream::Stream;
use crate::text;
use crate::value::Value;
use crate::walk;

/// What the file begins with: its format and the version of links that it is for.
const MAGIC: &[u8; 8] = b"RSTABLE1";

/// Bits of the number of sample reports.
const SAMPLE_BITS: u32 = 10;

/// The names and the sample report of links of version 1.
#[derive(Clone, Debug)]
pub struct Tables {
    pub(crate) names: NameTable,
    /// The state after the sample was read.
    pub(crate) model: Model,
    pub(crate) memory: Memory,
}

impl Tables {
    /// Reads the file of the tables; `None` if it is another file.
    pub fn parse(file: &[u8]) -> Option<Self> {
        let mut bytes = Bytes::new(file);
        if bytes.array()? != *MAGIC {
            return None;
        }
        let len = u32::from_le_bytes(bytes.array()?) as usize;
        let (names, sample) = bytes.rest().split_at_checked(len)?;
        let names = NameTable::parse(names)?;
        let (mut model, mut memory) = (Model::new(), Memory::new());
        learn_names(&mut model, &names);
        if !sample.is_empty() {
            let coder = Coder::reader(sample, Ending::Whole);
            let mut stream = Stream::new(coder, &names, model, memory);
            let n_reports = stream.uniform(SAMPLE_BITS, 0);
            for _ in 0..n_reports {
                walk::report(&mut stream, Level::Full, &mut Value::None);
            }
            let is_whole = stream.fault().is_none();
            (model, memory) = stream.into_state();
            is_whole.then_some(())?;
        }
        Some(Self { names, model, memory })
    }

    /// Makes the file of the lines of names, and of reports in the form of postcard that are
    /// typical of others.
    ///
    /// `None` if the lines are not as they should be, or a report is none or too large.
    #[cfg(feature = "make-tables")]
    pub fn make(names: &str, sample: &[Vec<u8>]) -> Option<Vec<u8>> {
        let mut file = MAGIC.to_vec();
        file.extend(u32::try_from(names.len()).ok()?.to_le_bytes());
        file.extend(names.as_bytes());
        let tables = Self::parse(&file)?;
        let mut stream = tables.stream(Coder::writer());
        stream.uniform(SAMPLE_BITS, u32::try_from(sample.len()).ok()?);
        for report in sample {
            let mut report = crate::report::REPORT.read(&mut Bytes::new(report))?;
            walk::report(&mut stream, Level::Full, &mut report);
        }
        file.extend(stream.finish()?);
        Some(file)
    }

    /// The tables inside the program.
    #[cfg(feature = "tables")]
    pub fn built_in() -> Option<Self> {
        Self::parse(include_bytes!("../data/tables-1.bin"))
    }

    /// What is known before the first bit.
    #[cfg(feature = "write")]
    pub(crate) fn stream(&self, coder: Coder) -> Stream<'_> {
        Stream::new(coder, &self.names, self.model.clone(), self.memory.clone())
    }
}

/// Learns the letters of every name, so that names which are not in the table cost less.
fn learn_names(model: &mut Model, names: &NameTable) {
    let mut last: &[u8] = &[];
    for place in 0..names.len() {
        let name = names.text(place);
        let shared = name.iter().zip(last).take_while(|(a, b)| a == b).count();
        text::learn_name(model, name, shared);
        last = name;
    }
}
