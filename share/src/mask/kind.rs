//! What sorts of private things there are, with what a person is told of them.

use serde::{Deserialize, Serialize};

/// What sort of private thing it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A private key, a public key of a person, or a fingerprint of one.
    Key,
    /// An access token.
    Token,
    /// A password.
    Password,
    /// The name of a user.
    User,
    /// The name of a machine or of a server that is not a well-known public one.
    Host,
    /// The home folder of a user.
    Home,
    /// An IPv4, IPv6 or MAC address.
    Address,
    /// A mail address.
    Mail,
    /// The address of a private Git repository.
    Repository,
}

impl Kind {
    /// Every kind, the most delicate first.
    pub const ALL: [Self; 9] = [
        Self::Key,
        Self::Token,
        Self::Password,
        Self::User,
        Self::Host,
        Self::Home,
        Self::Address,
        Self::Mail,
        Self::Repository,
    ];

    /// The word for it in options and addresses, in the plural.
    pub fn slug(self) -> &'static str {
        self.words().0
    }

    /// What a person reads above items of this kind.
    pub fn label(self) -> &'static str {
        self.words().1
    }

    /// What a person reads of one such thing.
    pub fn one(self) -> &'static str {
        self.words().2
    }

    /// Why it is masked, in a sentence.
    pub fn sentence(self) -> &'static str {
        self.words().3
    }

    /// The kind of that slug, also in the singular.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.slug() == slug || it.placeholder() == slug)
    }

    /// What stands in the place of such a thing; a second one has a 2 behind it.
    pub(super) fn placeholder(self) -> &'static str {
        self.words().4
    }

    fn words(self) -> (&'static str, &'static str, &'static str, &'static str, &'static str) {
        match self {
            Self::Key => (
                "keys",
                "Keys",
                "key",
                "Private keys, and public keys or fingerprints that tell whose they are.",
                "key",
            ),
            Self::Token => {
                ("tokens", "Tokens", "token", "Whoever has an access token can use it.", "token")
            }
            Self::Password => (
                "passwords",
                "Passwords",
                "password",
                "Passwords, such as those in web addresses.",
                "password",
            ),
            Self::User => (
                "users",
                "User names",
                "user name",
                "Names of people who use the machine, also inside names of units and derivations.",
                "user",
            ),
            Self::Host => (
                "hosts",
                "Machine names",
                "machine name",
                "Names of machines, and of servers that are not well-known public ones.",
                "host",
            ),
            Self::Home => (
                "homes",
                "Home folders",
                "home folder",
                "The path of a home folder; what lies below it stays.",
                "home",
            ),
            Self::Address => (
                "addresses",
                "Network addresses",
                "network address",
                "Addresses of machines and of their network cards.",
                "address",
            ),
            Self::Mail => ("mails", "Mail addresses", "mail address", "Mail addresses.", "mail"),
            Self::Repository => (
                "repositories",
                "Private repositories",
                "private repository",
                "Git repositories that need a key, or that are on a private server.",
                "repository",
            ),
        }
    }
}
