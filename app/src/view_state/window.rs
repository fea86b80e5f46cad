//! The part of a chart that is in view, and its form in the address.

/// The part of the chart of time that is in view: in milliseconds from the start of the run, or
/// in lines of the log where there is no clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Where it begins.
    pub from: u32,
    /// Where it ends, which is not in it; always after the start.
    pub to: u32,
}

impl Window {
    /// Formats the window: `160000-704000`.
    pub fn to_value(self) -> String {
        [self.from.to_string(), self.to.to_string()].join("-")
    }

    /// Reads what [`Self::to_value`] writes; `None` for anything else, and for a window that does
    /// not end after its start.
    pub fn from_value(value: &str) -> Option<Self> {
        let (from, to) = value.split_once('-')?;
        let window = Self { from: from.parse().ok()?, to: to.parse().ok()? };
        (window.from < window.to).then_some(window)
    }

    /// How much is in view.
    pub fn length(self) -> u32 {
        self.to - self.from
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_is_two_numbers_in_order() {
        let window = Window { from: 160, to: 704 };
        assert_eq!(Window::from_value(&window.to_value()), Some(window));
        for value in ["", "5", "7-7", "9-3", "a-b", "-4-9"] {
            assert_eq!(Window::from_value(value), None, "{value}");
        }
    }
}
