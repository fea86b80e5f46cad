//! The values of a report, whatever they mean.

use alloc::vec::Vec;

/// A value, and what is in it.
#[derive(Clone, Debug, Default)]
pub(crate) enum Value {
    /// An option that is not there; where none can be missing: zero, no text, an empty list.
    #[default]
    None,
    /// A number, a flag, the place of a value in its list, or the bits of another number.
    Number(u64),
    /// Text in UTF-8.
    Text(Vec<u8>),
    /// The items of a list, or the fields of a record.
    List(Vec<Value>),
}

static NONE: Value = Value::None;

impl Value {
    pub(crate) fn is_there(&self) -> bool {
        !matches!(self, Self::None)
    }

    pub(crate) fn number(&self) -> u64 {
        self.option().unwrap_or(0)
    }

    pub(crate) fn option(&self) -> Option<u64> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }

    pub(crate) fn seconds(&self) -> Option<f64> {
        self.option().map(f64::from_bits)
    }

    pub(crate) fn text(&self) -> &[u8] {
        match self {
            Self::Text(text) => text,
            _ => &[],
        }
    }

    pub(crate) fn text_mut(&mut self) -> &mut Vec<u8> {
        if !matches!(self, Self::Text(_)) {
            *self = Self::Text(Vec::new());
        }
        match self {
            Self::Text(text) => text,
            _ => unreachable!(),
        }
    }

    pub(crate) fn items(&self) -> &[Value] {
        match self {
            Self::List(items) => items,
            _ => &[],
        }
    }

    pub(crate) fn items_mut(&mut self) -> &mut Vec<Value> {
        if !matches!(self, Self::List(_)) {
            *self = Self::List(Vec::new());
        }
        match self {
            Self::List(items) => items,
            _ => unreachable!(),
        }
    }

    /// A field of a record, by its place.
    pub(crate) fn at(&self, place: impl Into<usize>) -> &Value {
        self.items().get(place.into()).unwrap_or(&NONE)
    }

    /// A field of a record, by its place; it is put there if nothing is.
    pub(crate) fn at_mut(&mut self, place: impl Into<usize>) -> &mut Value {
        self.field(place.into())
    }

    fn field(&mut self, place: usize) -> &mut Value {
        let items = self.items_mut();
        while items.len() <= place {
            items.push(Self::None);
        }
        &mut items[place]
    }
}
