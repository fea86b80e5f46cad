//! What the encoder and the decoder both know beforehand.

/// The dictionary and the names of format 1.
#[derive(Clone, Debug)]
pub struct Tables {
    _names: Vec<u8>,
}

impl Tables {
    /// Reads the file of the tables; `None` if it is another file.
    pub fn parse(file: &[u8]) -> Option<Self> {
        file.starts_with(b"RST1").then(|| Self { _names: file.to_vec() })
    }

    /// The tables inside the program.
    #[cfg(feature = "tables")]
    pub fn built_in() -> Option<Self> {
        Self::parse(include_bytes!("../../data/tables-1.bin"))
    }
}
