//! Records of `--log-format internal-json`, as far as they say whose a line is.

/// A record; its text is still as JSON quotes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Record<'a> {
    /// Something begins.
    Start { id: u64, text: &'a str, is_build: bool },
    /// A build prints a line.
    Printed { id: u64, text: &'a str },
    /// Nix says something.
    Message { text: &'a str },
    /// Anything else, such as progress.
    Other,
}

/// Reads a line; `None` if it is no record.
pub(super) fn read(line: &str) -> Option<Record<'_>> {
    let record = &line[line.find("@nix {")?..];
    let id = || number(record, "\"id\":");
    Some(match text(record, "\"action\":") {
        // @nix {"action":"start","fields":["/nix/store/….drv","",1,1],"id":7,"text":"building '…'","type":105}
        Some("start") => match (id(), text(record, "\"text\":")) {
            (Some(id), Some(text)) => {
                let is_build = number(record, "\"type\":") == Some(105);
                Record::Start { id, text, is_build }
            }
            _ => Record::Other,
        },
        // @nix {"action":"result","fields":["checking for gcc"],"id":7,"type":101}
        Some("result") if number(record, "\"type\":") == Some(101) => {
            match (id(), text(record, "\"fields\":[")) {
                (Some(id), Some(text)) => Record::Printed { id, text },
                _ => Record::Other,
            }
        }
        // @nix {"action":"msg","level":0,"msg":"error: …"}
        Some("msg") => {
            text(record, "\"msg\":").map_or(Record::Other, |text| Record::Message { text })
        }
        _ => Record::Other,
    })
}

/// The last number behind a key: what is printed stands before `id` and `type`, and may hold
/// anything.
fn number(record: &str, key: &str) -> Option<u64> {
    let value = &record[record.rfind(key)? + key.len()..];
    let end = value.find(|char: char| !char.is_ascii_digit()).unwrap_or(value.len());
    value[..end].parse().ok()
}

/// The text behind a key, without its quotes.
fn text<'a>(record: &'a str, key: &str) -> Option<&'a str> {
    let value = record[record.find(key)? + key.len()..].strip_prefix('"')?;
    let mut is_escaped = false;
    let end = value.bytes().position(|byte| {
        let is_end = byte == b'"' && !is_escaped;
        is_escaped = byte == b'\\' && !is_escaped;
        is_end
    });
    end.map(|end| &value[..end])
}

/// The text that a quoted text stands for.
pub(super) fn unquoted(quoted: &str) -> String {
    let mut text = String::with_capacity(quoted.len());
    let mut chars = quoted.chars();
    while let Some(char) = chars.next() {
        if char != '\\' {
            text.push(char);
            continue;
        }
        match chars.next() {
            Some('n') => text.push('\n'),
            Some('t') => text.push('\t'),
            Some('r') => text.push('\r'),
            Some('u') => {
                let (digits, rest) = chars.as_str().split_at(chars.as_str().len().min(4));
                let code = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32);
                text.push(code.unwrap_or(char::REPLACEMENT_CHARACTER));
                chars = rest.chars();
            }
            Some(other) => text.push(other),
            None => {}
        }
    }
    text
}
