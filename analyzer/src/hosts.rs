//! Tells the lines of several hosts in one log apart.
//!
//! What is said of all hosts, or before any is named, is shared: inputs, evaluation, and builds
//! that several hosts need. With a single host nothing is told apart.

use crate::message::activation;
use crate::message::colmena::{self, Label, LogLine, Progress};
use crate::message::deploy::{self, Deploy, DeployStep};
use crate::message::plain::{self, Plain};
use crate::message::tool::{self, ToolLine};

/// Whose line it is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Owner {
    /// That of all hosts together.
    Shared,
    /// That of this host.
    Host(String),
    /// That of this host, in a list that goes on: whether there are others is not known yet.
    Listed(String),
    /// It is said to each host, and to all together.
    Everyone,
}

/// What is left of a line.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Content<'a> {
    /// Its text, without the name of the host.
    Text(&'a str),
    /// What a deployment tool says of the host.
    Said(ToolLine<'a>),
}

/// Finds out whose a line is.
#[derive(Debug, Default)]
pub(crate) struct Hosts {
    /// Names in front of lines, as they came.
    labels: Vec<String>,
    /// How many nodes colmena has selected.
    selected: Option<u64>,
    /// The node of which colmena repeats what its job printed.
    repeated: Option<String>,
    deployment: Deployment,
}

/// What deploy-rs has listed.
#[derive(Debug, Default)]
struct Deployment {
    state: Listing,
    nodes: Vec<Node>,
    /// The node that is being activated.
    current: Option<usize>,
    /// Whether any was.
    has_begun: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Listing {
    #[default]
    None,
    /// The list goes on; the node of its last entry.
    Open(Option<usize>),
}

#[derive(Debug)]
struct Node {
    name: String,
    address: Option<String>,
}

/// Hosts told apart; the lines of others are shared.
pub(crate) const MAX_HOSTS: usize = 64;

impl Hosts {
    /// Takes the next line of which no envelope names the host.
    pub(crate) fn take<'a>(&mut self, text: &'a str) -> (Owner, Content<'a>) {
        if self.is_boundary(text) {
            return (Owner::Everyone, Content::Text(text));
        }
        let first = text.as_bytes().first().copied().unwrap_or(b' ');
        let taken = match first {
            b'[' => self.bracket(text).or_else(|| self.bracketed(text)),
            0x80.. => self.deploy(text),
            b' ' | b'(' => Self::spinner(text).or_else(|| self.labelled(text)),
            _ => self.spinner_of_long_name(text).or_else(|| self.labelled(text)),
        };
        taken.or_else(|| self.listed(text)).unwrap_or_else(|| self.unnamed(text))
    }

    /// Whether no tool has named a host.
    pub(crate) fn is_idle(&self) -> bool {
        let names_none = self.labels.is_empty() && self.deployment.nodes.is_empty();
        names_none && self.selected.is_none() && self.repeated.is_none() && !self.is_listing()
    }

    /// Whether a list of hosts goes on.
    pub(crate) fn is_listing(&self) -> bool {
        self.deployment.state != Listing::None
    }

    /// Whether there is only one host, so that all lines are about it.
    pub(crate) fn is_single(&self) -> bool {
        self.selected == Some(1) || (self.selected.is_none() && self.deployment.nodes.len() == 1)
    }

    /// Whether another command begins, or a script says how the last one ended.
    fn is_boundary(&mut self, text: &str) -> bool {
        if !matches!(text.as_bytes(), [b'$' | b'+', b' ', ..] | [b'E', b'X', b'I', b'T', ..]) {
            return false;
        }
        let line = tool::parse(text);
        if let Some(ToolLine::Command(_)) = line {
            *self = Self::default();
        }
        matches!(line, Some(ToolLine::Command(_) | ToolLine::ExitStatus(_)))
    }

    fn owner(label: Label<'_>) -> Owner {
        label.node().map_or(Owner::Shared, |node| Owner::Host(node.to_owned()))
    }

    /// A line of colmena's log, or an entry of deploy-rs.
    fn bracket<'a>(&mut self, text: &'a str) -> Option<(Owner, Content<'a>)> {
        let line = colmena::log_line(text)?;
        let mut content = Content::Said(ToolLine::ColmenaLog(line));
        let mut owner = Owner::Shared;
        match line {
            LogLine::Selected(count) => {
                self.selected = Some(count);
                self.labels.clear();
                owner = Owner::Everyone;
            }
            LogLine::Repeats(node) => {
                self.repeated = node.map(str::to_owned);
                owner = self.repeated.clone().map_or(Owner::Shared, Owner::Host);
            }
            LogLine::Repeated(text) => {
                owner = self.repeated.clone().map_or(Owner::Shared, Owner::Host);
                // Where there are labels, it was there already.
                if self.labels.is_empty() {
                    content = Content::Text(text);
                }
            }
            LogLine::Other => {}
        }
        Some((owner, content))
    }

    // [web.example.org] copying path '/nix/store/…' from 'https://cache.nixos.org'...
    /// A label as scripts for several hosts write it.
    fn bracketed<'a>(&mut self, text: &'a str) -> Option<(Owner, Content<'a>)> {
        let (label, rest) = text.strip_prefix('[')?.split_once("] ")?;
        if !self.labels.iter().any(|known| known == label) {
            let is_name = colmena::is_host(label)
                && label.contains(|c: char| c.is_ascii_lowercase() || c == '.');
            let is_command = rest.strip_prefix("$ ").is_some_and(tool::is_rebuild);
            let is_full = self.labels.len() >= MAX_HOSTS;
            if is_full || !is_name || !(is_command || is_of_rebuild(rest)) {
                return None;
            }
            self.labels.push(label.to_owned());
        }
        Some((Owner::Host(label.to_owned()), Content::Text(rest)))
    }

    fn spinner(text: &str) -> Option<(Owner, Content<'_>)> {
        let (label, line) = colmena::spinner(text)?;
        let is_last = label == Label::Nothing && line.progress != Progress::Running;
        let owner = if is_last { Owner::Everyone } else { Self::owner(label) };
        Some((owner, Content::Said(ToolLine::Colmena(line))))
    }

    /// Names are aligned to the right, so the longest stand at the start of a line.
    fn spinner_of_long_name<'a>(&self, text: &'a str) -> Option<(Owner, Content<'a>)> {
        self.selected?;
        Self::spinner(text)
    }

    fn labelled<'a>(&mut self, text: &'a str) -> Option<(Owner, Content<'a>)> {
        let (label, rest) = colmena::labelled(text)?;
        let said = colmena::statement(label, rest);
        let is_known = label.node().is_some_and(|node| self.labels.iter().any(|it| it == node));
        let is_aligned = !self.labels.is_empty() && label.node().is_none();
        if !is_known && !is_aligned && said.is_none() && !is_of_rebuild(rest) {
            return None;
        }
        if let Some(node) = label.node().filter(|_| !is_known && self.labels.len() < MAX_HOSTS) {
            self.labels.push(node.to_owned());
        }
        let is_last = label == Label::Nothing && rest == colmena::ALL_DONE;
        let owner = if is_last { Owner::Everyone } else { Self::owner(label) };
        Some((
            owner,
            said.map_or(Content::Text(rest), |line| Content::Said(ToolLine::Colmena(line))),
        ))
    }

    /// A line of deploy-rs.
    fn deploy<'a>(&mut self, text: &'a str) -> Option<(Owner, Content<'a>)> {
        let line = deploy::parse(text)?;
        let deployment = &mut self.deployment;
        deployment.state = Listing::None;
        let owner = match line {
            Deploy::Lists => {
                // Several flakes have a list each.
                if deployment.has_begun {
                    *deployment = Deployment::default();
                }
                deployment.state = Listing::Open(None);
                Owner::Everyone
            }
            Deploy::Step(DeployStep::Activate, node) => {
                deployment.has_begun = true;
                deployment.current = deployment.index(node);
                Owner::Host(node.to_owned())
            }
            Deploy::Step(_, node) => Owner::Host(node.to_owned()),
            Deploy::Failed(message) => match deploy::failed_node(message) {
                Some(node) => Owner::Host(node.to_owned()),
                None => deployment.owner(),
            },
            Deploy::Revoking => {
                deployment.current = None;
                Owner::Everyone
            }
            _ => deployment.owner(),
        };
        Some((owner, Content::Said(ToolLine::Deploy(line))))
    }

    /// A line of the list of profiles.
    fn listed<'a>(&mut self, text: &'a str) -> Option<(Owner, Content<'a>)> {
        let deployment = &mut self.deployment;
        let Listing::Open(entry) = deployment.state else { return None };
        if let Some(node) = deploy::entry(text) {
            deployment.state = Listing::Open(deployment.index(node));
            return Some((Owner::Shared, Content::Said(ToolLine::Deploy(Deploy::Other))));
        }
        let node = deployment.nodes.get_mut(entry?)?;
        if let Some(address) = deploy::value(text, "hostname") {
            node.address = Some(address.to_owned());
        }
        let is_path = matches!(deploy::parse(text), Some(Deploy::Path(_)));
        let is_entry = text.split_once(" = ").is_some_and(|(key, _)| colmena::is_host(key));
        let owner = if is_path { Owner::Listed(node.name.clone()) } else { Owner::Shared };
        let content = if is_path {
            Content::Text(text)
        } else {
            Content::Said(ToolLine::Deploy(Deploy::Other))
        };
        is_entry.then_some((owner, content))
    }

    /// A line without any name: a copy to a host, or what the host prints that is being activated.
    fn unnamed<'a>(&self, text: &'a str) -> (Owner, Content<'a>) {
        let target = self.deployment.target(text);
        let owner = target.map_or_else(|| self.deployment.owner(), Owner::Host);
        (owner, Content::Text(text))
    }
}

impl Deployment {
    fn owner(&self) -> Owner {
        let node = self.current.and_then(|index| self.nodes.get(index));
        node.map_or(Owner::Shared, |node| Owner::Host(node.name.clone()))
    }

    fn index(&mut self, name: &str) -> Option<usize> {
        let known = self.nodes.iter().position(|node| node.name == name);
        if known.is_none() && self.nodes.len() < MAX_HOSTS {
            self.nodes.push(Node { name: name.to_owned(), address: None });
            return Some(self.nodes.len() - 1);
        }
        known
    }

    // copying path '/nix/store/…-hosts' to 'ssh://max@100.106.140.88'...
    fn target(&self, text: &str) -> Option<String> {
        if self.nodes.is_empty() || !text.starts_with("copying path ") {
            return None;
        }
        let Some(Plain::Copying(copying)) = plain::parse(text) else { return None };
        let (_, address) = copying.to?.split_once("://")?;
        let address = address.rsplit_once('@').map_or(address, |(_, address)| address);
        let node = self.nodes.iter().find(|node| node.address.as_deref() == Some(address))?;
        Some(node.name.clone())
    }
}

/// Whether only the log of a rebuild has such a line.
fn is_of_rebuild(text: &str) -> bool {
    let is_sure = |line: Plain<'_>| !matches!(line, Plain::Other | Plain::StorePath(_));
    plain::parse(text).is_some_and(is_sure) || activation::parse(text).is_some()
}
