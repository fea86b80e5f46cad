//! What names are made of: a template, an interpreter with its version, and a name of the table.

use super::name_table::NameTable;

/// What stands before and after the names of packages in those of derivations and units. The
/// first is the name by itself. Their order belongs to the format.
pub(super) const TEMPLATES: [(&str, &str); 32] = [
    ("", ""),
    ("unit-", ".service"),
    ("unit-", ".socket"),
    ("unit-", ".timer"),
    ("unit-", ".target"),
    ("unit-", ".mount"),
    ("unit-", "-.service"),
    ("unit-script-", "-start"),
    ("unit-script-", "-pre-start"),
    ("unit-script-", "-post-start"),
    ("X-Restart-Triggers-", ""),
    ("X-Reload-Triggers-", ""),
    ("", ".service"),
    ("", ".socket"),
    ("", ".timer"),
    ("", ".target"),
    ("", ".mount"),
    ("", ".conf"),
    ("", ".json"),
    ("", ".toml"),
    ("", "-configuration"),
    ("", "-config"),
    ("", "-env"),
    ("", "-wrapper"),
    ("", "-wrapped"),
    ("", "-unwrapped"),
    ("", "-source"),
    ("", "-grammar"),
    ("vimplugin-", ""),
    ("hm_", ""),
    ("etc-", ""),
    ("initrd-", ""),
];

/// Interpreters whose packages have its version in their name: `python3.12-requests` is
/// `python3-requests` in the table.
const INTERPRETERS: [&str; 2] = ["python3", "perl5"];

/// A name in its parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Form {
    /// Place in [`TEMPLATES`].
    pub(super) template: u32,
    /// What stands after the interpreter, such as `.12`; empty for all others.
    pub(super) version: String,
    /// Place in the table of names.
    pub(super) known: usize,
}

/// The parts of a name; `None` if the table does not have it.
pub(super) fn of(name: &str, table: &NameTable) -> Option<Form> {
    let form = |(template, (before, after)): (usize, &(&str, &str))| {
        let core = name.strip_prefix(before)?.strip_suffix(after)?;
        let (key, version) = split(core);
        let known = table.place(&key).ok()?;
        Some(Form { template: u32::try_from(template).ok()?, version: version.to_owned(), known })
    };
    TEMPLATES.iter().enumerate().find_map(form)
}

/// The name that is made of the parts.
pub(super) fn join(form: &Form, table: &NameTable) -> String {
    let (before, after) = TEMPLATES.get(form.template as usize).copied().unwrap_or_default();
    let key = table.text(form.known);
    let interpreter = interpreter(key);
    let (start, rest) = key.split_at(interpreter.map_or(0, str::len));
    [before, start, &form.version, rest, after].concat()
}

/// The interpreter that a name in the table begins with.
pub(super) fn interpreter(key: &str) -> Option<&'static str> {
    let begins = |it: &&&str| key.strip_prefix(**it).is_some_and(|rest| rest.starts_with('-'));
    INTERPRETERS.iter().find(begins).copied()
}

/// `python3-requests` and `.12` of `python3.12-requests`.
pub(super) fn split(name: &str) -> (String, &str) {
    for interpreter in INTERPRETERS {
        let Some(rest) = name.strip_prefix(interpreter) else { continue };
        let Some((version, package)) = rest.split_once('-') else { continue };
        let is_version = version.is_empty() || version.starts_with('.');
        if is_version && version.bytes().all(|byte| byte == b'.' || byte.is_ascii_digit()) {
            return ([interpreter, "-", package].concat(), version);
        }
    }
    (name.to_owned(), "")
}
