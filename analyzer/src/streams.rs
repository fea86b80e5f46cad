//! Reads the lines of each host by themselves, so that it does not matter how they lie together.

use crate::envelope::Stripped;
use crate::hosts::{Content, Hosts, MAX_HOSTS, Owner};
use crate::model::{Folded, Model};
use crate::moment::Moment;
use crate::reader::Reader;

/// What is read, for each host.
#[derive(Debug, Default)]
pub(crate) struct Streams {
    hosts: Hosts,
    shared: Stream,
    /// The host whose lines are read with the shared ones.
    sole: Option<String>,
    is_sole_by_envelope: bool,
    of_hosts: Vec<(String, Stream)>,
    /// Whether a deployment tool named one of them.
    is_deployment: bool,
    /// Lines about hosts of a list that goes on.
    listed: Vec<(Moment, String, String)>,
}

/// Lines of a list that are held back until its end; deploy-rs has one for each profile.
const MAX_LISTED: usize = 4 * MAX_HOSTS;

/// Who names a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Naming {
    /// What wraps the lines, such as the journal.
    Envelope,
    /// A deployment tool.
    Tool,
}

#[derive(Debug, Default)]
struct Stream {
    reader: Reader,
    model: Model,
}

impl Streams {
    /// Takes the next line.
    pub(crate) fn take(&mut self, moment: Moment, line: &Stripped<'_>) {
        // What one machine wrote may be the log of a tool that deploys to others.
        if let Some(host) = line.host
            && !self.is_shared(host, Naming::Envelope)
        {
            let stream = self.of_host(host, Naming::Envelope);
            return stream.take(moment, line, &Content::Text(line.text));
        }
        let (owner, content) = self.hosts.take(line.text);
        if !self.hosts.is_listing() {
            self.release();
        }
        match owner {
            Owner::Listed(host) => {
                if self.listed.len() < MAX_LISTED {
                    self.listed.push((moment, host, line.text.to_owned()));
                }
            }
            Owner::Shared => self.shared.take(moment, line, &content),
            Owner::Host(host) => self.of_host(&host, Naming::Tool).take(moment, line, &content),
            Owner::Everyone => {
                for (_, stream) in &mut self.of_hosts {
                    let understood = stream.model.understood_lines();
                    stream.take(moment, line, &content);
                    stream.model.set_understood_lines(understood);
                }
                self.shared.take(moment, line, &content);
            }
        }
    }

    /// Takes a line of a builder the short way. Whether it could.
    pub(crate) fn builder_line(&mut self, line: u32, text: &str) -> bool {
        let Stream { reader, model } = &mut self.shared;
        let is_idle = self.hosts.is_idle() && self.listed.is_empty() && reader.is_idle();
        if is_idle {
            reader.builder_line(line, text, &mut |at, message| model.take(at, message));
        }
        is_idle
    }

    /// Takes records of which only the last ones are read: lines from the first to the last.
    pub(crate) fn left_out(&mut self, lines: (u32, u32)) {
        let Stream { reader, model } = &mut self.shared;
        reader.left_out(lines, &mut |at, message| model.take(at, message));
    }

    /// Takes a derivation and one that it is made of, by their paths.
    pub(crate) fn depends(&mut self, drv: &str, input: &str) {
        self.shared.model.depends(drv, input);
    }

    /// Gives the lines of a list to its hosts.
    fn release(&mut self) {
        for (moment, host, text) in std::mem::take(&mut self.listed) {
            let Stream { reader, model } = self.of_host(&host, Naming::Tool);
            reader.read(moment, &text, &mut |at, message| model.take(at, message));
        }
    }

    /// Takes the end of the log.
    pub(crate) fn finish(mut self) -> Folded {
        self.release();
        self.shared.finish();
        if self.is_deployment && self.is_sole_by_envelope {
            // The machine that deployed is none that it deployed to.
            self.shared.model.forget_host();
        }
        self.of_hosts.iter_mut().for_each(|(_, stream)| stream.finish());
        let of_hosts = self.of_hosts.into_iter().map(|(_, stream)| stream.model);
        self.shared.model.join(of_hosts).finish()
    }

    /// Builds started, paths copied and failures seen so far.
    pub(crate) fn counts(&self) -> (usize, usize, usize) {
        let of_hosts = self.of_hosts.iter().map(|(_, stream)| stream.model.counts());
        of_hosts
            .fold(self.shared.model.counts(), |sum, it| (sum.0 + it.0, sum.1 + it.1, sum.2 + it.2))
    }

    /// Whether the lines of a host are read with those of none. A journal is mostly that of one.
    fn is_shared(&mut self, host: &str, naming: Naming) -> bool {
        let is_first = naming == Naming::Envelope && self.of_hosts.is_empty();
        if self.sole.is_none() && (is_first || self.hosts.is_single()) {
            self.sole = Some(host.to_owned());
            self.is_sole_by_envelope = naming == Naming::Envelope;
        }
        let is_known = self.of_hosts.iter().any(|(name, _)| name == host);
        let is_full = self.of_hosts.len() >= MAX_HOSTS;
        let is_shared = self.sole.as_deref() == Some(host) || (!is_known && is_full);
        if is_shared {
            self.shared.model.host(host);
        }
        is_shared
    }

    /// Where the lines of a host are read.
    fn of_host(&mut self, host: &str, naming: Naming) -> &mut Stream {
        if self.is_shared(host, naming) {
            return &mut self.shared;
        }
        let known = self.of_hosts.iter().position(|(name, _)| name == host);
        self.is_deployment |= naming == Naming::Tool;
        let index = known.unwrap_or_else(|| {
            let model = self.shared.model.for_host(host);
            self.of_hosts.push((host.to_owned(), Stream { model, reader: Reader::default() }));
            self.of_hosts.len() - 1
        });
        &mut self.of_hosts[index].1
    }
}

impl Stream {
    fn take(&mut self, moment: Moment, line: &Stripped<'_>, content: &Content<'_>) {
        let Self { reader, model } = self;
        let mut emit = |at, message: crate::message::Message<'_>| model.take(at, message);
        let is_read = !line.drawings.is_empty()
            && reader.drawings(moment, line.drawings, line.text, &mut emit);
        match content {
            _ if is_read => {}
            Content::Text(text) => reader.read(moment, text, &mut emit),
            Content::Said(line) => reader.tool(moment, *line, &mut emit),
        }
    }

    fn finish(&mut self) {
        let Self { reader, model } = self;
        reader.finish(&mut |at, message| model.take(at, message));
    }
}
