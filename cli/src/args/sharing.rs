//! Arguments of the commands that make and open links.

use std::path::PathBuf;

use analyzer::report::LinkLevel;
use lexopt::{Arg, Parser};

use super::{Command, Format, Tee, UsageError, format, input};

/// What to put into a link.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct ShareOptions {
    /// File to read; `None` is standard input.
    pub(crate) file: Option<PathBuf>,
    /// Address of the page that the link leads to; `None` is that of the environment.
    pub(crate) base: Option<String>,
    /// How much of the report it carries.
    pub(crate) level: LinkLevel,
    /// What is not masked: kinds and texts, as they were given.
    pub(crate) allow: Vec<String>,
    /// File that holds a password, if the link is to need one.
    pub(crate) password_file: Option<PathBuf>,
    /// Whether what is read is passed on.
    pub(crate) tee: Tee,
}

impl Default for ShareOptions {
    fn default() -> Self {
        Self {
            file: None,
            base: None,
            level: LinkLevel::Full,
            allow: Vec::new(),
            password_file: None,
            tee: Tee::Off,
        }
    }
}

/// Which link to open, and how to show what it holds.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct OpenOptions {
    /// The link; `None` stands on standard input.
    pub(crate) link: Option<String>,
    /// Form of the output; `None` depends on where it goes.
    pub(crate) format: Option<Format>,
    /// File that holds the password of the link.
    pub(crate) password_file: Option<PathBuf>,
}

pub(super) fn share(parser: &mut Parser) -> Result<Command, UsageError> {
    let mut file = None;
    let mut options = ShareOptions::default();
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Short('h') | Arg::Long("help") => return Ok(Command::Help),
            Arg::Short('b') | Arg::Long("base") => options.base = Some(text(parser)?),
            Arg::Short('l') | Arg::Long("level") => options.level = level(&text(parser)?)?,
            Arg::Short('a') | Arg::Long("allow") => options.allow.extend(list(&text(parser)?)),
            Arg::Short('t') | Arg::Long("tee") => options.tee = Tee::On,
            Arg::Short('p') | Arg::Long("password-file") => {
                options.password_file = Some(parser.value()?.into());
            }
            Arg::Value(value) if file.is_none() => file = Some(value),
            arg => return Err(arg.unexpected().into()),
        }
    }
    options.file = file.and_then(input);
    Ok(Command::Share(options))
}

pub(super) fn open(parser: &mut Parser) -> Result<Command, UsageError> {
    let mut link = None;
    let (mut form, mut password_file) = (None, None);
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Short('h') | Arg::Long("help") => return Ok(Command::Help),
            Arg::Short('f') | Arg::Long("format") => form = Some(format(parser)?),
            Arg::Short('p') | Arg::Long("password-file") => {
                password_file = Some(PathBuf::from(parser.value()?));
            }
            Arg::Value(value) if link.is_none() => link = Some(value),
            arg => return Err(arg.unexpected().into()),
        }
    }
    // What is no text is no link either, which is then said of it.
    let link = link.map(|it| it.to_string_lossy().into_owned()).filter(|it| it != "-");
    Ok(Command::Open(OpenOptions { link, format: form, password_file }))
}

fn text(parser: &mut Parser) -> Result<String, UsageError> {
    Ok(parser.value()?.into_string().map_err(lexopt::Error::NonUnicodeValue)?)
}

fn level(name: &str) -> Result<LinkLevel, UsageError> {
    LinkLevel::from_slug(name).ok_or_else(|| UsageError::UnknownLevel(name.to_owned()))
}

fn list(words: &str) -> impl Iterator<Item = String> {
    words.split(',').map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;

    fn parsed(line: &str) -> Result<Command, String> {
        let args = line.split_whitespace().map(Into::into);
        parse(args).map_err(|error| error.to_string())
    }

    fn shared(line: &str) -> ShareOptions {
        match parsed(line) {
            Ok(Command::Share(options)) => options,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_link_carries_all_and_masks_all_unless_told_otherwise() {
        let all = ShareOptions {
            file: None,
            base: None,
            level: LinkLevel::Full,
            allow: Vec::new(),
            password_file: None,
            tee: Tee::Off,
        };
        assert_eq!(shared("share"), all);
        assert_eq!(shared("share -"), all);
    }

    #[test]
    fn options_of_share_are_read() {
        let options = shared(
            "share a.log --base https://example.org/ --level=changes --allow hosts,alice -a x -t -p p",
        );
        assert_eq!(options.file, Some(PathBuf::from("a.log")));
        assert_eq!(options.base.as_deref(), Some("https://example.org/"));
        assert_eq!(options.level, LinkLevel::Changes);
        assert_eq!(options.allow, ["hosts", "alice", "x"]);
        assert_eq!(options.tee, Tee::On);
        assert_eq!(options.password_file, Some(PathBuf::from("p")));
    }

    #[test]
    fn options_of_open_are_read() {
        let open = |link: Option<&str>, format| {
            let link = link.map(str::to_owned);
            Ok(Command::Open(OpenOptions { link, format, password_file: None }))
        };
        assert_eq!(parsed("open"), open(None, None));
        assert_eq!(parsed("open -"), open(None, None));
        assert_eq!(parsed("open #r1 -f json"), open(Some("#r1"), Some(Format::JSON)));
    }

    #[test]
    fn what_is_not_known_is_refused_by_name() {
        for (line, message) in [
            (
                "share --level all",
                "expected `verdict`, `changes` or `full` as level, found \"all\"",
            ),
            ("share a b", "unexpected argument \"b\""),
            ("share --base", "missing argument for option '--base'"),
            ("open a b", "unexpected argument \"b\""),
            ("open --level full", "invalid option '--level'"),
        ] {
            assert_eq!(parsed(line), Err(message.to_owned()));
        }
    }
}
