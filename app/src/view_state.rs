//! What the person looks at, and its form in the address bar.
//!
//! The address never holds text of a log. Links that were ever made keep working:
//! a key that changes its meaning raises [`VERSION`] and adds an upgrader.

pub mod query;
mod shared_link;
mod side;
mod since;
mod window;

use analyzer::report::LinkLevel;

use query::Pairs;

pub use shared_link::SharedLink;
pub use side::{Side, SideOrder};
pub use since::Since;
pub use window::Window;

/// The version of the query string that is written.
pub const VERSION: u32 = 1;

/// `UPGRADERS[n - 1]` turns a query of version `n` into one of version `n + 1`.
const UPGRADERS: [fn(Pairs) -> Pairs; VERSION as usize - 1] = [];

/// What the person looks at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ViewState {
    /// The page.
    pub page: Page,
    /// The link whose report is shown; `None` for a report on a log.
    pub link: Option<SharedLink>,
    /// The number of the kept report that is shown; `None` for any other.
    pub kept: Option<u32>,
    /// Which of the sample logs is loaded, by its id; `None` for a log of the person's own.
    pub sample: Option<String>,
    /// Which of several files, in the order in which they came. Starts at `0`.
    pub file: u32,
    /// Which of several runs in one log. Starts at `0`.
    pub run: u32,
    /// The section that was gone to last.
    pub section: Option<Section>,
    /// The lines of the log that were gone to last.
    pub lines: Option<LineRange>,
    /// What the rows of the section are searched for; empty for all rows.
    pub search: String,
    /// The column by which the rows of the section are sorted; a leading `-` turns the order
    /// round. Empty for the order of the report.
    pub sort: String,
    /// Which folded rows are open, by their keys with commas between them.
    pub open: String,
    /// The part of the chart of time that is in view; `None` for all of it.
    pub window: Option<Window>,
    /// Whether changes have the letters of nvd.
    pub nvd_letters: NvdLetters,
    /// Where the old versions come from, of a log that compares nothing.
    pub since: Since,
    /// The article that is open beside the report, as `slug` or `slug#heading`.
    pub article: Option<String>,
    /// What is looked for in the log. It is boxed, since few addresses have any of it.
    pub in_log: Box<InLog>,
    /// How long lines of the log are shown.
    pub line_wrap: LineWrap,
    /// What is compared: the old side and the new one.
    pub sides: [Side; 2],
    /// Which of them is the older one.
    pub side_order: SideOrder,
    /// How much the link is to carry in the dialog that shares the report; `None` while the
    /// dialog is closed.
    pub share: Option<LinkLevel>,
}

/// A page of the app. Articles and texts are pages of their own, without the app.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Page {
    /// Where a log is handed in.
    #[default]
    Analyze,
    /// The report on it.
    Report,
    /// Two of them beside each other.
    Compare,
    /// The reports that are kept on this device.
    History,
}

/// A section of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// What failed, and why.
    Failures,
    /// Which packages changed.
    Versions,
    /// Where the time went.
    Time,
    /// What was built.
    Builds,
    /// What was fetched.
    Downloads,
    /// What happened to the running system.
    Switch,
    /// Where the configuration comes from.
    Inputs,
    /// What Nix warned of.
    Warnings,
    /// The text itself.
    Log,
}

/// Lines of the log, both ends included. The first line is `1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineRange {
    /// The first line.
    pub first: u32,
    /// The last line.
    pub last: u32,
}

/// How lines of the log are shown that are longer than the panel is wide.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LineWrap {
    /// They go on below.
    #[default]
    Wrapped,
    /// They go on to the right.
    Unwrapped,
}

/// What is looked for in the log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InLog {
    /// What the log is searched for; empty if it is not.
    pub find: String,
    /// Whether that is a regular expression.
    pub kind: FindKind,
    /// The derivation whose lines alone are shown, by its run and its place in it.
    pub alone: Option<(u32, u32)>,
    /// How the output of derivations is folded, as `view::log::folds` writes it; empty if it is
    /// not.
    pub fold: String,
}

/// How a search of the log is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FindKind {
    /// As text.
    #[default]
    Plain,
    /// As a regular expression.
    Regex,
}

/// Whether changes have the letters of nvd before them, for those who know them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NvdLetters {
    /// They have not.
    #[default]
    Hidden,
    /// They have.
    Shown,
}

/// The address was made by a newer version of this program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewerVersion(pub u32);

impl ViewState {
    /// Formats the state as an address relative to the base of the site, leaving out defaults:
    /// `report/?v=1&section=log&line=446`, or `report/?v=1#r1…`.
    pub fn to_address(&self) -> String {
        let mut address = [self.page.path(), "?", &self.to_query()].concat();
        let fragment = match &self.link {
            Some(link) => link.as_str().to_owned(),
            None => side::to_fragment(&self.sides),
        };
        if !fragment.is_empty() {
            address.push('#');
            address += &fragment;
        }
        address
    }

    /// The state with the links that stand behind the `#` of an address: those of both sides of a
    /// comparison, or that of the report.
    #[must_use]
    pub fn with_fragment(mut self, fragment: &str) -> Self {
        if self.page == Page::Compare {
            side::take_fragment(&mut self.sides, fragment);
            return self;
        }
        self.with_link(SharedLink::in_fragment(fragment))
    }

    /// The state in which a shared report is shown, if there is a link to one, and this state
    /// otherwise.
    #[must_use]
    pub fn with_link(self, link: Option<SharedLink>) -> Self {
        if link.is_none() {
            return self;
        }
        Self { page: Page::Report, link, kept: None, sample: None, file: 0, ..self }
    }

    /// Formats all but page and link as a query string: `v=1&section=log&line=446`.
    pub fn to_query(&self) -> String {
        let mut pairs: Pairs = vec![("v".to_owned(), VERSION.to_string())];
        let mut add = |key: &str, value: String| {
            if !value.is_empty() {
                pairs.push((key.to_owned(), value));
            }
        };
        add("kept", self.kept.map_or(String::new(), |id| id.to_string()));
        add("sample", self.sample.clone().unwrap_or_default());
        add("file", number(self.file));
        add("run", number(self.run));
        add("section", self.section.map_or(String::new(), |section| section.slug().to_owned()));
        add("line", self.lines.map_or(String::new(), LineRange::to_value));
        add("q", self.search.clone());
        add("sort", self.sort.clone());
        add("open", self.open.clone());
        add("window", self.window.map_or(String::new(), Window::to_value));
        add("letters", self.nvd_letters.value().to_owned());
        add("since", self.since.to_value());
        add("article", self.article.clone().unwrap_or_default());
        add("find", self.in_log.find.clone());
        add("find-by", self.in_log.kind.value().to_owned());
        add("alone", self.in_log.alone.map_or(String::new(), |(run, at)| format!("{run}.{at}")));
        add("fold", self.in_log.fold.clone());
        add("wrap", self.line_wrap.value().to_owned());
        let [old, new] = &self.sides;
        add("old", old.to_value());
        add("new", new.to_value());
        add("order", self.side_order.value().to_owned());
        add("share", self.share.map_or(String::new(), |level| level.slug().to_owned()));
        query::format(&pairs)
    }

    /// Reads the state of `page` from a query string, with or without its `?`.
    /// Keys and values that are not known are passed over.
    ///
    /// # Errors
    ///
    /// A query of a version that is newer than [`VERSION`].
    pub fn from_query(page: Page, query: &str) -> Result<Self, NewerVersion> {
        Self { page, ..Self::default() }.with_query(query)
    }

    /// Reads a query string as a change: the keys that it has replace those of this state,
    /// an empty value takes the key away, everything else stays.
    ///
    /// # Errors
    ///
    /// A query of a version that is newer than [`VERSION`].
    pub fn with_query(&self, query: &str) -> Result<Self, NewerVersion> {
        let mut pairs = query::parse(query);
        let version = query::version(&pairs);
        if version > VERSION {
            return Err(NewerVersion(version));
        }
        for upgrade in UPGRADERS.iter().skip(version.max(1) as usize - 1) {
            pairs = upgrade(pairs);
        }
        let mut state = self.clone();
        for (key, value) in pairs {
            state.set(&key, value);
        }
        Ok(state)
    }

    /// Puts each side in the place of the other.
    pub fn swap_sides(&mut self) {
        self.sides.reverse();
        self.side_order = SideOrder::Chosen;
    }

    /// Whether the folded row of this key is open.
    pub fn is_open(&self, key: &str) -> bool {
        self.open.split(',').any(|open| open == key)
    }

    /// Opens the folded row of this key, or closes it.
    pub fn toggle_open(&mut self, key: &str) {
        let was_open = self.is_open(key);
        let others = self.open.split(',').filter(|open| !open.is_empty() && *open != key);
        let added = (!was_open).then_some(key);
        self.open = others.chain(added).collect::<Vec<_>>().join(",");
    }

    fn set(&mut self, key: &str, value: String) {
        match key {
            "kept" => self.kept = value.parse().ok(),
            "sample" => {
                self.link = None;
                self.sample = some_text(value);
            }
            "file" => self.file = value.parse().unwrap_or(0),
            "run" => self.run = value.parse().unwrap_or(0),
            "section" => self.section = Section::from_slug(&value),
            "line" => self.lines = LineRange::from_value(&value),
            "q" => self.search = value,
            "sort" => self.sort = value,
            "open" => self.open = value,
            "window" => self.window = Window::from_value(&value),
            "letters" => self.nvd_letters = NvdLetters::from_value(&value),
            "since" => self.since = Since::from_value(&value),
            "article" => self.article = some_text(value),
            "find" => self.in_log.find = value,
            "find-by" => self.in_log.kind = FindKind::from_value(&value),
            "alone" => self.in_log.alone = pair(&value),
            "fold" => self.in_log.fold = value,
            "wrap" => self.line_wrap = LineWrap::from_value(&value),
            "old" => self.sides[0] = Side::from_value(&value),
            "new" => self.sides[1] = Side::from_value(&value),
            "order" => self.side_order = SideOrder::from_value(&value),
            "share" => self.share = LinkLevel::from_slug(&value),
            _ => {}
        }
    }
}

/// The first is the default and not written.
fn number(index: u32) -> String {
    if index == 0 { String::new() } else { index.to_string() }
}

/// Reads `0.12`.
fn pair(value: &str) -> Option<(u32, u32)> {
    let (run, at) = value.split_once('.')?;
    Some((run.parse().ok()?, at.parse().ok()?))
}

fn some_text(value: String) -> Option<String> {
    Some(value).filter(|value| !value.is_empty())
}

impl Page {
    /// Its address, relative to the base of the site.
    pub fn path(self) -> &'static str {
        match self {
            Self::Analyze => "",
            Self::Report => "report/",
            Self::Compare => "compare/",
            Self::History => "history/",
        }
    }

    /// The address of the entry of the site's navigation that it belongs to.
    pub fn entry(self) -> &'static str {
        match self {
            Self::Analyze | Self::Report => Self::Analyze.path(),
            Self::Compare | Self::History => self.path(),
        }
    }

    /// The page at an address relative to the base of the site, such as `report/`;
    /// `None` for the pages that are not part of the app.
    pub fn from_path(path: &str) -> Option<Self> {
        match path.trim_end_matches("index.html").trim_matches('/') {
            "" => Some(Self::Analyze),
            "report" => Some(Self::Report),
            "compare" => Some(Self::Compare),
            "history" => Some(Self::History),
            _ => None,
        }
    }
}

impl Section {
    /// All sections, in the order of the report.
    pub const ALL: [Self; 9] = [
        Self::Failures,
        Self::Versions,
        Self::Time,
        Self::Builds,
        Self::Downloads,
        Self::Switch,
        Self::Inputs,
        Self::Warnings,
        Self::Log,
    ];

    /// The name of this section in addresses and as an id in the page. Changing one breaks
    /// links: add an upgrader instead.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Failures => "failures",
            Self::Versions => "versions",
            Self::Time => "time",
            Self::Builds => "builds",
            Self::Downloads => "downloads",
            Self::Switch => "switch",
            Self::Inputs => "inputs",
            Self::Warnings => "warnings",
            Self::Log => "log",
        }
    }

    /// The section of that name.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|section| section.slug() == slug)
    }
}

impl LineRange {
    /// Formats the range: `446` or `446-450`.
    pub fn to_value(self) -> String {
        if self.first == self.last {
            return self.first.to_string();
        }
        format!("{}-{}", self.first, self.last)
    }

    /// Reads `446` or `446-450`; `None` for anything else, for line `0` and for a range
    /// that ends before it begins.
    pub fn from_value(value: &str) -> Option<Self> {
        let (first, last) = value.split_once('-').unwrap_or((value, value));
        let range = Self { first: first.parse().ok()?, last: last.parse().ok()? };
        (range.first >= 1 && range.first <= range.last).then_some(range)
    }

    /// Whether the line is one of them.
    pub fn contains(self, line: u32) -> bool {
        self.first <= line && line <= self.last
    }
}

impl LineWrap {
    fn value(self) -> &'static str {
        match self {
            Self::Wrapped => "",
            Self::Unwrapped => "off",
        }
    }

    fn from_value(value: &str) -> Self {
        if value == "off" { Self::Unwrapped } else { Self::Wrapped }
    }
}

impl FindKind {
    fn value(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Regex => "regex",
        }
    }

    fn from_value(value: &str) -> Self {
        if value == "regex" { Self::Regex } else { Self::Plain }
    }
}

impl NvdLetters {
    /// The other of both.
    #[must_use]
    pub fn toggled(self) -> Self {
        match self {
            Self::Hidden => Self::Shown,
            Self::Shown => Self::Hidden,
        }
    }

    fn value(self) -> &'static str {
        match self {
            Self::Hidden => "",
            Self::Shown => "nvd",
        }
    }

    fn from_value(value: &str) -> Self {
        if value == "nvd" { Self::Shown } else { Self::Hidden }
    }
}

#[cfg(test)]
mod tests;
