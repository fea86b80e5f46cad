//! What names are made of: a template, an interpreter with its version, and a name of the table.

use alloc::vec::Vec;

use crate::name_table::NameTable;

/// What stands before and after the names of packages in those of derivations and units. The
/// first is the name by itself. Their order belongs to the format.
pub(crate) const TEMPLATES: [(&[u8], &[u8]); 32] = [
    (b"", b""),
    (b"unit-", b".service"),
    (b"unit-", b".socket"),
    (b"unit-", b".timer"),
    (b"unit-", b".target"),
    (b"unit-", b".mount"),
    (b"unit-", b"-.service"),
    (b"unit-script-", b"-start"),
    (b"unit-script-", b"-pre-start"),
    (b"unit-script-", b"-post-start"),
    (b"X-Restart-Triggers-", b""),
    (b"X-Reload-Triggers-", b""),
    (b"", b".service"),
    (b"", b".socket"),
    (b"", b".timer"),
    (b"", b".target"),
    (b"", b".mount"),
    (b"", b".conf"),
    (b"", b".json"),
    (b"", b".toml"),
    (b"", b"-configuration"),
    (b"", b"-config"),
    (b"", b"-env"),
    (b"", b"-wrapper"),
    (b"", b"-wrapped"),
    (b"", b"-unwrapped"),
    (b"", b"-source"),
    (b"", b"-grammar"),
    (b"vimplugin-", b""),
    (b"hm_", b""),
    (b"etc-", b""),
    (b"initrd-", b""),
];

/// Interpreters whose packages have its version in their name: `python3.12-requests` is
/// `python3-requests` in the table.
const INTERPRETERS: [&[u8]; 2] = [b"python3", b"perl5"];

/// A name in its parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Form {
    /// Place in [`TEMPLATES`].
    pub(crate) template: u32,
    /// What stands after the interpreter, such as `.12`; empty for all others.
    pub(crate) version: Vec<u8>,
    /// Place in the table of names.
    pub(crate) known: usize,
}

/// The parts of a name; `None` if the table does not have it.
pub(crate) fn of(name: &[u8], table: &NameTable) -> Option<Form> {
    for (template, (before, after)) in (0..).zip(&TEMPLATES) {
        let core = name.strip_prefix(*before).and_then(|rest| rest.strip_suffix(*after));
        let Some(core) = core else { continue };
        let (key, version) = split(core);
        if let Ok(known) = table.place(&key) {
            return Some(Form { template, version: version.to_vec(), known });
        }
    }
    None
}

/// The name that is made of the parts.
pub(crate) fn join(form: &Form, table: &NameTable) -> Vec<u8> {
    let (before, after) = TEMPLATES.get(form.template as usize).copied().unwrap_or_default();
    let key = table.text(form.known);
    let interpreter = interpreter(key);
    let (start, rest) =
        key.split_at_checked(interpreter.map_or(0, <[u8]>::len)).unwrap_or((key, b""));
    [before, start, &form.version, rest, after].concat()
}

/// The interpreter that a name in the table begins with.
pub(crate) fn interpreter(key: &[u8]) -> Option<&'static [u8]> {
    let begins =
        |it: &&&[u8]| key.strip_prefix(**it).is_some_and(|rest| rest.first() == Some(&b'-'));
    INTERPRETERS.iter().find(begins).copied()
}

/// `python3-requests` and `.12` of `python3.12-requests`.
pub(crate) fn split(name: &[u8]) -> (Vec<u8>, &[u8]) {
    for interpreter in INTERPRETERS {
        let Some(rest) = name.strip_prefix(interpreter) else { continue };
        let Some(hyphen) = rest.iter().position(|byte| *byte == b'-') else { continue };
        let Some((version, package)) = rest.split_at_checked(hyphen) else { continue };
        let is_version = version.first().is_none_or(|byte| *byte == b'.');
        if is_version && version.iter().all(|byte| *byte == b'.' || byte.is_ascii_digit()) {
            return ([interpreter, package].concat(), version);
        }
    }
    (name.to_vec(), b"")
}
