//! The text of an article as HTML.

use std::fmt::Write as _;

use pulldown_cmark::{
    CodeBlockKind, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, TextMergeWithOffset,
    html,
};

use crate::figure::FIGURES;
use crate::living::{self, Fault, Slot, Token};
use crate::problem::{Problem, line_of};

/// A rendered text, with what has to be checked in it.
#[derive(Debug, Default)]
pub(crate) struct Body {
    /// The HTML, with [`BASE`] where the address of the site goes.
    pub(crate) html: String,
    /// Headings, in order.
    pub(crate) headings: Vec<Heading>,
    /// Links within the site: `slug`, `slug#heading` or `#heading`, each with its line.
    pub(crate) links: Vec<(usize, String)>,
    /// Links to elsewhere, each with its line.
    pub(crate) sources: Vec<(usize, String)>,
    /// Figures by name, each with its line.
    pub(crate) figures: Vec<(usize, String)>,
}

/// A heading with its line.
#[derive(Debug)]
pub(crate) struct Heading {
    /// Line in the file.
    pub(crate) line: usize,
    /// Level: 2 or 3.
    pub(crate) level: HeadingLevel,
    /// Its id in the HTML.
    pub(crate) id: String,
    /// Its text.
    pub(crate) text: String,
}

const OTHER_MARKUP: &str = "expected paragraphs, lists, tables, code and links only";

/// Stands in the HTML for the address of the site, which only the caller knows.
pub(crate) const BASE: &str = "{base}";

/// Renders the Markdown of the article `slug`, which begins at `first_line` of its file.
pub(crate) fn render(slug: &str, markdown: &str, first_line: usize) -> Result<Body, Problem> {
    let mut body = Body::default();
    let mut open: Option<Fence> = None;
    let mut part = Part { line: first_line, text: String::new() };
    for (index, line) in markdown.lines().enumerate() {
        let at = first_line + index;
        let Some(name) = line.strip_prefix(":::") else {
            part.text.push_str(line);
            part.text.push('\n');
            continue;
        };
        part.render(slug, open.as_ref(), &mut body)?;
        part = Part { line: at + 1, text: String::new() };
        open = turn(open.take(), name.trim(), at, &mut body)?;
    }
    part.render(slug, open.as_ref(), &mut body)?;
    match open {
        Some(fence) => Err(Problem::new(fence.line, "expected a line `:::` after this block")),
        None => Ok(body),
    }
}

/// A block between two lines `:::`.
struct Fence {
    line: usize,
    /// The condition that holds within, if it has one.
    condition: Option<String>,
    /// What closes it.
    end: &'static str,
}

/// Stands in the HTML for the drawing of a figure.
pub(crate) fn drawing(name: &str) -> String {
    format!("{{figure {name}}}")
}

/// Opens or closes a block.
fn turn(
    open: Option<Fence>,
    name: &str,
    line: usize,
    body: &mut Body,
) -> Result<Option<Fence>, Problem> {
    let html = &mut body.html;
    let condition = match (open, name) {
        (Some(fence), "") => {
            html.push_str(fence.end);
            return Ok(None);
        }
        (Some(_), _) => return Err(Problem::new(line, "a block cannot stand within another")),
        (None, name) if name.starts_with("figure ") => return figure(name, line, body).map(Some),
        (None, "new" | "knows") => {
            html.push_str(&level_start(name));
            None
        }
        (None, name) => {
            let condition = block_condition(name).map_err(|fault| Problem::new(line, fault))?;
            let _ =
                writeln!(html, "<div class=\"article__own\" {}>", condition_attribute(&condition));
            Some(condition)
        }
    };
    Ok(Some(Fence { line, condition, end: "</div>\n" }))
}

/// Opens a figure; what follows is its caption.
fn figure(name: &str, line: usize, body: &mut Body) -> Result<Fence, Problem> {
    let name = name.trim_start_matches("figure ");
    // In a story of the sample, a figure stays that of the sample.
    let (name, redrawn) = match name.strip_prefix("sample.") {
        Some(name) => (name, String::new()),
        None => (name, format!(" data-figure=\"{name}\"")),
    };
    if !FIGURES.contains(&name) {
        return Err(Problem::new(line, format!("expected a figure, one of {FIGURES:?}")));
    }
    let _ = writeln!(
        body.html,
        "<figure class=\"article__figure\"{redrawn}>\n\
         <div class=\"figure__drawing\">{}</div>\n<figcaption>",
        drawing(name)
    );
    body.figures.push((line, name.to_owned()));
    let end =
        "<p class=\"figure__whose\">Drawn from the sample log.</p>\n</figcaption>\n</figure>\n";
    Ok(Fence { line, condition: None, end })
}

/// The start of a block for one kind of reader. The label shows where nobody has chosen one.
fn level_start(name: &str) -> String {
    let label = if name == "new" { "If you are new to Nix" } else { "If you know Nix" };
    format!("<div class=\"level level--{name}\">\n<p class=\"level__label\">{label}</p>\n")
}

fn block_condition(name: &str) -> Result<String, String> {
    let Some(condition) = name.strip_prefix("if ") else {
        return Err(format!(
            "expected `new`, `knows`, `if …` or `figure …` after `:::`, found `{name}`"
        ));
    };
    living::check_condition(condition)?;
    Ok(condition.to_owned())
}

/// What hides an element until a condition applies, or while it does not apply.
fn condition_attribute(condition: &str) -> String {
    let condition = escape(condition);
    let hidden = if condition.starts_with('!') { "" } else { " hidden" };
    format!("data-when=\"{condition}\"{hidden}")
}

/// Markdown between two fences.
struct Part {
    line: usize,
    text: String,
}

impl Part {
    fn render(&self, slug: &str, fence: Option<&Fence>, body: &mut Body) -> Result<(), Problem> {
        let conditions = fence.and_then(|fence| fence.condition.clone()).into_iter().collect();
        let mut renderer = Renderer::new(slug, conditions);
        let options = Options::ENABLE_HEADING_ATTRIBUTES | Options::ENABLE_TABLES;
        let parser = Parser::new_ext(&self.text, options);
        for (event, range) in TextMergeWithOffset::new(parser.into_offset_iter()) {
            let line = self.line - 1 + line_of(&self.text, range.start);
            renderer.event(event, line, body).map_err(|(offset, message)| {
                Problem::new(self.line - 1 + line_of(&self.text, range.start + offset), message)
            })?;
        }
        html::push_html(&mut body.html, renderer.events.into_iter());
        Ok(())
    }
}

/// Turns the events of the parser into those that are written.
struct Renderer<'a> {
    slug: &'a str,
    events: Vec<Event<'a>>,
    conditions: Vec<String>,
    /// How many conditions stand around the part.
    around: usize,
    /// Inline elements and conditions that are open, innermost last.
    open: Vec<Inline>,
    block: Block,
}

/// An inline element that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Inline {
    Markup,
    Condition,
}

/// The block whose text is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Block {
    Prose,
    Heading,
    Code,
}

impl<'a> Renderer<'a> {
    fn new(slug: &'a str, conditions: Vec<String>) -> Self {
        let around = conditions.len();
        Self { slug, events: Vec::new(), conditions, around, open: Vec::new(), block: Block::Prose }
    }

    fn event(&mut self, event: Event<'a>, line: usize, body: &mut Body) -> Result<(), Fault> {
        match event {
            Event::Start(tag) => return self.start(tag, line, body),
            Event::End(tag) => return self.end(tag),
            Event::Text(text) => return self.text(&text, body),
            Event::Code(ref code) => {
                self.heading_text(code, body);
                self.events.push(event);
            }
            Event::SoftBreak => self.events.push(event),
            _ => return Err((0, OTHER_MARKUP.to_owned())),
        }
        Ok(())
    }

    fn start(&mut self, tag: Tag<'a>, line: usize, body: &mut Body) -> Result<(), Fault> {
        match tag {
            Tag::Heading { level, ref id, .. } => {
                body.headings.push(heading(level, id.as_deref(), line)?);
                self.block = Block::Heading;
                self.events.push(Event::Start(tag));
            }
            Tag::CodeBlock(ref kind) => {
                let class = code_class(kind)?;
                self.block = Block::Code;
                let class = format!("article__code article__code--{class}");
                self.raw(format!("<pre class=\"{class}\"><code>"));
            }
            Tag::Link { ref dest_url, .. } => {
                self.open.push(Inline::Markup);
                let html = self.link(dest_url, line, body)?;
                self.raw(html);
            }
            Tag::Strong | Tag::Emphasis => {
                self.open.push(Inline::Markup);
                self.events.push(Event::Start(tag));
            }
            Tag::Table(_) => {
                // A wide table scrolls by itself, also by keyboard.
                self.raw("<div class=\"article__table\" role=\"group\" aria-label=\"Table\" tabindex=\"0\">".to_owned());
                self.events.push(Event::Start(tag));
            }
            Tag::Paragraph
            | Tag::List(_)
            | Tag::Item
            | Tag::TableHead
            | Tag::TableRow
            | Tag::TableCell => self.events.push(Event::Start(tag)),
            _ => return Err((0, OTHER_MARKUP.to_owned())),
        }
        Ok(())
    }

    fn end(&mut self, tag: TagEnd) -> Result<(), Fault> {
        if let TagEnd::Strong | TagEnd::Emphasis | TagEnd::Link = tag {
            self.close(Inline::Markup)?;
        }
        match tag {
            TagEnd::CodeBlock => self.raw("</code></pre>\n".to_owned()),
            TagEnd::Link => self.raw("</a>".to_owned()),
            TagEnd::Table => {
                self.events.push(Event::End(tag));
                self.raw("</div>\n".to_owned());
            }
            _ => self.events.push(Event::End(tag)),
        }
        if let TagEnd::CodeBlock | TagEnd::Heading(_) = tag {
            self.block = Block::Prose;
        }
        match self.conditions.get(self.around..).and_then(<[_]>::last) {
            Some(open) if matches!(tag, TagEnd::Paragraph | TagEnd::Item | TagEnd::TableCell) => {
                Err((0, format!("the condition on `{open}` is not closed in its paragraph")))
            }
            _ => Ok(()),
        }
    }

    fn text(&mut self, text: &str, body: &mut Body) -> Result<(), Fault> {
        self.heading_text(text, body);
        if self.block != Block::Prose {
            self.events.push(Event::Text(text.to_owned().into()));
            return Ok(());
        }
        for token in living::tokens(text, &mut self.conditions)? {
            match token {
                Token::Text(text) => self.events.push(Event::Text(text.to_owned().into())),
                Token::Place(slot) => self.raw(slot_html(&slot)),
                Token::Open(condition) => {
                    self.open.push(Inline::Condition);
                    self.raw(format!("<span {}>", condition_attribute(&condition)));
                }
                Token::Close(_) => {
                    self.close(Inline::Condition)?;
                    self.raw("</span>".to_owned());
                }
            }
        }
        Ok(())
    }

    fn heading_text(&self, text: &str, body: &mut Body) {
        if self.block == Block::Heading {
            body.headings.iter_mut().last().into_iter().for_each(|last| last.text.push_str(text));
        }
    }

    fn close(&mut self, expected: Inline) -> Result<(), Fault> {
        if self.open.pop() == Some(expected) {
            return Ok(());
        }
        Err((0, "a condition and markup around words do not close in order".to_owned()))
    }

    fn link(&self, to: &str, line: usize, body: &mut Body) -> Result<String, Fault> {
        if let Some(address) = to.strip_prefix("https://") {
            check_address(address)?;
            body.sources.push((line, to.to_owned()));
            return Ok(format!("<a href=\"{}\" rel=\"noreferrer\">", escape(to)));
        }
        if to.contains([':', '/', '.']) {
            return Err((0, format!("expected `https://…`, `slug#heading` or `#heading`: `{to}`")));
        }
        let whole = if to.starts_with('#') { format!("{}{to}", self.slug) } else { to.to_owned() };
        body.links.push((line, whole.clone()));
        let (slug, heading) = whole.split_once('#').unwrap_or((&whole, ""));
        let hash = if heading.is_empty() { String::new() } else { format!("#{heading}") };
        Ok(format!("<a href=\"{BASE}learn/{slug}/{hash}\" data-article=\"{whole}\">"))
    }

    fn raw(&mut self, html: String) {
        self.events.push(Event::InlineHtml(CowStr::from(html)));
    }
}

fn heading(level: HeadingLevel, id: Option<&str>, line: usize) -> Result<Heading, Fault> {
    let (HeadingLevel::H2 | HeadingLevel::H3) = level else {
        return Err((0, format!("expected a heading `##` or `###`, found {level}")));
    };
    let Some(id) = id else {
        return Err((0, "expected an id after the heading, as in `## Text {#id}`".to_owned()));
    };
    Ok(Heading { line, level, id: id.to_owned(), text: String::new() })
}

/// Checks what stands behind `https://`: a host with a point in its name, then a path.
fn check_address(address: &str) -> Result<(), Fault> {
    let (host, _) = address.split_once('/').unwrap_or((address, ""));
    let is_host = host.contains('.')
        && host.chars().all(|it| it.is_ascii_alphanumeric() || it == '.' || it == '-')
        && host.starts_with(|it: char| it.is_ascii_alphanumeric())
        && host.ends_with(|it: char| it.is_ascii_alphanumeric());
    let is_plain = address.chars().all(|it| it.is_ascii_graphic() && !"\"<>\\^`{|}".contains(it));
    if is_host && is_plain && !address.contains("//") {
        return Ok(());
    }
    Err((0, format!("expected a whole address, found `https://{address}`")))
}

fn code_class(kind: &CodeBlockKind<'_>) -> Result<&'static str, Fault> {
    match kind {
        // Tests run the second kind where there is a Nix.
        CodeBlockKind::Fenced(language) if ["sh", "sh run"].contains(&&**language) => Ok("command"),
        CodeBlockKind::Fenced(language) if &**language == "nix" => Ok("nix"),
        CodeBlockKind::Fenced(language) if &**language == "log" => Ok("log"),
        _ => Err((0, "expected a code block of `sh`, `nix` or `log`".to_owned())),
    }
}

/// An element that a page with a report fills, and that reads well without one.
fn slot_html(slot: &Slot<'_>) -> String {
    let mut html = format!("<span data-value=\"{}\"", escape(slot.name));
    for (form, words) in ["zero", "one", "many"].iter().zip(slot.words) {
        if !words.is_empty() {
            let _ = write!(html, " data-{form}=\"{}\"", escape(words));
        }
    }
    let _ = write!(html, ">{}</span>", escape(slot.default));
    html
}

/// The text as HTML, for elements and for attributes in double quotes.
pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
