//! The form in which a report goes from program to program: values one after the other, as
//! postcard writes them.

use alloc::vec::Vec;

use crate::bytes::{Bytes, put_number};
use crate::value::Value;

/// What stands in which order.
pub(crate) enum Shape {
    /// What no link has, such as lines: an option or a list that is empty.
    Left,
    /// LEB128: a number, a flag, the place of a value in its list.
    Number,
    /// A number that may be below zero: twice its distance from 0, less one if it is.
    Signed,
    /// Eight bytes of a number with a point.
    Float,
    /// The length in bytes, and the text.
    Text,
    /// A 1 and the value, or a 0.
    Optional(&'static Shape),
    /// How many there are, and each.
    List(&'static Shape),
    /// Each field.
    Record(&'static [Shape]),
}

impl Shape {
    /// Adds a value.
    pub(crate) fn write(&self, value: &Value, bytes: &mut Vec<u8>) {
        match self {
            Self::Left => bytes.push(0),
            Self::Number => put_number(bytes, value.number()),
            Self::Signed => {
                let number = value.number().cast_signed();
                put_number(bytes, (number << 1 ^ number >> 63).cast_unsigned());
            }
            Self::Float => bytes.extend_from_slice(&value.number().to_le_bytes()),
            Self::Text => put_bytes(bytes, value.text()),
            Self::Optional(shape) => {
                bytes.push(u8::from(value.is_there()));
                if value.is_there() {
                    shape.write(value, bytes);
                }
            }
            Self::List(shape) => {
                put_number(bytes, value.items().len() as u64);
                value.items().iter().for_each(|item| shape.write(item, bytes));
            }
            Self::Record(fields) => {
                fields.iter().enumerate().for_each(|(at, it)| it.write(value.at(at), bytes));
            }
        }
    }

    /// Takes a value off the front; `None` if it has another shape.
    pub(crate) fn read(&self, bytes: &mut Bytes<'_>) -> Option<Value> {
        Some(match self {
            Self::Left => (bytes.byte()? == 0).then_some(Value::None)?,
            Self::Number => Value::Number(bytes.leb128(u64::BITS)?),
            Self::Signed => {
                let number = bytes.leb128(u64::BITS)?;
                Value::Number(number >> 1 ^ (number & 1).wrapping_neg())
            }
            Self::Float => Value::Number(u64::from_le_bytes(bytes.array()?)),
            Self::Text => Value::Text(bytes.counted()?.to_vec()),
            Self::Optional(shape) => match bytes.byte()? {
                0 => Value::None,
                _ => shape.read(bytes)?,
            },
            Self::List(shape) => {
                let len = bytes.leb128(u32::BITS)?;
                Value::List((0..len).map(|_| shape.read(bytes)).collect::<Option<_>>()?)
            }
            Self::Record(fields) => {
                Value::List(fields.iter().map(|it| it.read(bytes)).collect::<Option<_>>()?)
            }
        })
    }
}

/// Adds bytes with their number before them.
pub(crate) fn put_bytes(bytes: &mut Vec<u8>, text: &[u8]) {
    put_number(bytes, text.len() as u64);
    bytes.extend_from_slice(text);
}
