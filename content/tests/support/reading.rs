//! An article as a reader with a report reads it: its HTML with the places filled, as text.

use content::{Value, applies, fill_value, html};

/// Text of one block of an article, such as a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Block {
    /// Name of the element.
    pub(crate) tag: String,
    /// Its text, with single blanks.
    pub(crate) text: String,
    /// Whether it begins with code, which may be in small letters.
    pub(crate) begins_with_code: bool,
}

/// An element that is open.
struct Open<'a> {
    tag: &'a str,
    /// Whether its text is not shown, or was put there already.
    is_passed_over: bool,
    /// Index of its block, if it is one.
    block: Option<usize>,
    /// For what shows under a condition: how much text was before it.
    text_before: Option<usize>,
}

/// Elements whose text is looked at alone.
const BLOCKS: [&str; 9] = ["p", "li", "td", "th", "h1", "h2", "h3", "pre", "dd"];

/// The blocks of an article, in order, for a reader with these values.
///
/// # Panics
///
/// The article does not exist, or something that shows under a condition is empty.
pub(crate) fn blocks(slug: &str, values: &dyn Fn(&str) -> Option<Value>) -> Vec<Block> {
    let html = html::article_body(slug, "/").expect("the article");
    let mut reader = Reader { values, open: Vec::new(), blocks: Vec::new(), length: 0, slug };
    let mut rest = html.as_str();
    while let Some((text, after)) = rest.split_once('<') {
        reader.text(text);
        let (tag, behind) = after.split_once('>').expect("a whole tag");
        reader.tag(tag);
        rest = behind;
    }
    assert!(reader.open.is_empty(), "{slug}: something is not closed");
    reader.blocks.retain(|block| !block.tag.is_empty());
    reader.blocks
}

struct Reader<'a> {
    values: &'a dyn Fn(&str) -> Option<Value>,
    open: Vec<Open<'a>>,
    blocks: Vec<Block>,
    /// Letters so far.
    length: usize,
    slug: &'a str,
}

impl<'a> Reader<'a> {
    fn tag(&mut self, tag: &'a str) {
        if tag.starts_with('/') {
            return self.close();
        }
        let name = tag.split(' ').next().unwrap_or_default();
        if tag.ends_with('/') {
            return;
        }
        let is_shown = attribute(tag, "data-when").is_none_or(|it| applies(&it, self.values));
        let is_passed_over = !is_shown || name == "svg" || self.is_passed_over();
        let block = BLOCKS.contains(&name).then(|| self.begin(name, is_passed_over));
        if name == "code" {
            self.note_code();
        }
        let text_before =
            (attribute(tag, "data-when").is_some() && !is_passed_over).then_some(self.length);
        self.open.push(Open { tag: name, is_passed_over, block, text_before });
        if let Some(text) = self.value_of(tag) {
            self.text(&text);
            self.open.iter_mut().last().expect("just opened").is_passed_over = true;
        }
    }

    /// What stands in the place of a value that is known.
    fn value_of(&self, tag: &str) -> Option<String> {
        let value = (self.values)(&attribute(tag, "data-value")?)?;
        let [zero, one, many] = ["data-zero", "data-one", "data-many"]
            .map(|name| attribute(tag, name).unwrap_or_default());
        let text = fill_value(&value, &zero, &one, &many);
        if matches!(value, Value::Count(_)) && !self.is_passed_over() {
            let first = text.split(' ').next().unwrap_or_default();
            assert!(!["", "0", "1"].contains(&first), "{}: `{text}` in <{tag}>", self.slug);
        }
        Some(text)
    }

    fn begin(&mut self, name: &str, is_passed_over: bool) -> usize {
        let tag = if is_passed_over { "" } else { name }.to_owned();
        self.blocks.push(Block { tag, text: String::new(), begins_with_code: false });
        self.blocks.len() - 1
    }

    fn note_code(&mut self) {
        if let Some(block) = self.block()
            && self.blocks[block].text.trim().is_empty()
        {
            self.blocks[block].begins_with_code = true;
        }
    }

    fn close(&mut self) {
        let closed = self.open.pop().expect("an element that is open");
        if let Some(before) = closed.text_before {
            let slug = self.slug;
            assert!(self.length > before, "{slug}: <{}> shows and is empty", closed.tag);
        }
        if let Some(block) = closed.block {
            let text = &mut self.blocks[block].text;
            *text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        }
    }

    fn text(&mut self, text: &str) {
        if self.is_passed_over() {
            return;
        }
        self.length += text.trim().len();
        // Code has rules of its own.
        let is_code = self.open.last().is_some_and(|open| open.tag == "code");
        let text = if is_code { "code" } else { text };
        if let Some(block) = self.block() {
            self.blocks[block].text += &plain(text);
        }
    }

    fn is_passed_over(&self) -> bool {
        self.open.last().is_some_and(|open| open.is_passed_over)
    }

    /// The innermost block.
    fn block(&self) -> Option<usize> {
        self.open.iter().rev().find_map(|open| open.block)
    }
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, after) = tag.split_once(&format!(" {name}=\""))?;
    after.split_once('"').map(|(value, _)| plain(value))
}

fn plain(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    text.replace("&amp;", "&")
}

/// What is wrong with a block of prose, as a person sees it.
pub(crate) fn fault(block: &Block) -> Option<String> {
    if block.tag == "pre" {
        return None;
    }
    let text = &block.text;
    // A table may have cells that say nothing.
    if text.is_empty() {
        return (!["td", "th", "li"].contains(&block.tag.as_str()))
            .then(|| "it is empty".to_owned());
    }
    let signs = ["NaN", "undefined", "{{", "}}", " . ", " ,", " ;", " :", "..", ",,", ",.", "()"];
    // ` .drv` is a word.
    let whole = format!("{text} ");
    if let Some(sign) = signs.iter().find(|sign| whole.contains(**sign)) {
        return Some(format!("`{sign}` stands in it"));
    }
    if !["p", "dd"].contains(&block.tag.as_str()) {
        return None;
    }
    let begins_small = text.starts_with(char::is_lowercase) && !block.begins_with_code;
    if begins_small {
        return Some("it begins with a small letter".to_owned());
    }
    let ends = text.ends_with(['.', ':', '?', '”']) || text.starts_with("If you");
    (!ends).then(|| "it has no end".to_owned())
}
