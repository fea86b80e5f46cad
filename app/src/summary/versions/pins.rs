//! The packages that the person pinned, to have them on top of every report.

/// Names of packages, in the order in which they were pinned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pins(Vec<String>);

impl Pins {
    /// Reads a name on each line.
    pub fn from_text(text: &str) -> Self {
        let mut pins = Self::default();
        for name in text.lines().filter(|name| !name.is_empty()) {
            if !pins.has(name) {
                pins.0.push(name.to_owned());
            }
        }
        pins
    }

    /// Writes a name on each line.
    pub fn to_text(&self) -> String {
        self.0.join("\n")
    }

    /// Whether the package is pinned.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|pinned| pinned == name)
    }

    /// Pins the package, or takes the pin away; says which.
    pub fn toggle(&mut self, name: &str) -> Pinned {
        let before = self.0.len();
        self.0.retain(|pinned| pinned != name);
        if self.0.len() < before {
            return Pinned::No;
        }
        self.0.push(name.to_owned());
        Pinned::Yes
    }
}

/// Whether a package is pinned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pinned {
    /// It is.
    Yes,
    /// It is not.
    No,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pins_come_back_as_they_were_written() {
        let mut pins = Pins::default();
        assert_eq!((pins.toggle("zlib"), pins.toggle("uv")), (Pinned::Yes, Pinned::Yes));
        assert_eq!(pins.to_text(), "zlib\nuv");
        assert_eq!(Pins::from_text(&pins.to_text()), pins);
        assert_eq!((pins.toggle("zlib"), pins.has("zlib")), (Pinned::No, false));
        assert_eq!(pins.to_text(), "uv");
    }

    #[test]
    fn text_that_was_never_written_is_no_pin() {
        assert_eq!(Pins::from_text("\n\nuv\nuv\n").to_text(), "uv");
        assert!(!Pins::from_text("").has(""));
    }
}
