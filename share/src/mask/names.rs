//! The names that a log gives to its users and machines.

use serde::{Deserialize, Serialize};

/// Names that stand in a log where only the name of a user or a machine can stand.
///
/// They are those of the log, not a choice: whether one is private is up to [`find`](super::find).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Names {
    /// Names of users, in the order in which they came.
    pub users: Vec<String>,
    /// Names of machines, in the order in which they came; an address may be among them.
    pub hosts: Vec<String>,
}

/// What a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A user.
    User,
    /// A machine.
    Host,
}

/// So many names of each role are kept: a log of hostile lines must not fill the memory.
const MAX_NAMES: usize = 512;

/// Longer ones are no names: Linux allows 32 bytes for a user, and DNS 253 for a host.
pub(super) const MAX_NAME_LEN: usize = 253;

impl Names {
    /// Adds the names of another log.
    pub fn merge(&mut self, others: &Self) {
        others.users.iter().for_each(|name| self.add(Role::User, name.as_bytes()));
        others.hosts.iter().for_each(|name| self.add(Role::Host, name.as_bytes()));
    }

    /// Adds a name, if it is a new one.
    pub(super) fn add(&mut self, role: Role, name: &[u8]) {
        let names = match role {
            Role::User => &mut self.users,
            Role::Host => &mut self.hosts,
        };
        let is_known = names.iter().any(|it| it.as_bytes() == name);
        if is_known || name.is_empty() || name.len() > MAX_NAME_LEN || names.len() >= MAX_NAMES {
            return;
        }
        if let Ok(name) = std::str::from_utf8(name) {
            names.push(name.to_owned());
        }
    }
}
