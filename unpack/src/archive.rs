//! What is known of an archive, of which one file is read.

/// The file of an archive that is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Archive {
    /// Its path within the archive.
    pub file: String,
    /// Whether more files follow, which are not read.
    pub has_more: bool,
}

impl Archive {
    pub(crate) fn of(name: &[u8]) -> Self {
        Self { file: String::from_utf8_lossy(name).into_owned(), has_more: false }
    }

    /// A sentence for people, where something of the archive was not read.
    pub fn note(&self) -> Option<String> {
        self.has_more.then(|| {
            format!(
                "The archive holds several files; the first, {}, was read. \
                 Unpack it to read another.",
                self.file
            )
        })
    }
}
