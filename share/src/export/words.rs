//! Values of the report as the words that its JSON form has for them.

use serde::Serialize;
use serde_json::Value;

/// The word of a value of an enumeration, such as `kernel_or_initrd`; empty for anything else.
pub(crate) fn word(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(word)) => word,
        _ => String::new(),
    }
}
