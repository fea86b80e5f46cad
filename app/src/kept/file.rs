//! Kept reports as one text file, to take them elsewhere and to bring them back.
//!
//! Each report is a line with a link, which opens in any browser. The line before it begins with
//! `#` and says when the report was kept and what it was called; lines of other kinds are for
//! people.

use super::Kept;

/// A line of a file that holds a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// When it was kept, as RFC 3339; empty if the file does not say it.
    pub at: String,
    /// What it was called; empty if the file does not say it.
    pub label: String,
    /// The link.
    pub link: String,
}

const HEAD: &str = "# Reports that were kept by Rebuildscope.\n\
                    # Each link holds a whole report and opens in a browser; nothing in it is masked.\n\
                    # The line above a link says when the report was kept, and what it was called.\n";

/// Writes reports; `base` is the address of the site, with a slash at its end.
pub fn write(kept: &[Kept], base: &str) -> String {
    let mut text = HEAD.to_owned();
    for Kept { at, label, link, .. } in kept {
        // A line end in a label would begin another line.
        let label: Vec<&str> = label.split_whitespace().collect();
        text += &["\n# ", at, " ", &label.join(" "), "\n", base, "#", link, "\n"].concat();
    }
    text
}

/// Reads reports from a file that was written so, or from any text with a link on a line.
pub fn read(text: &str) -> Vec<Entry> {
    let (mut entries, mut remark) = (Vec::new(), ("", ""));
    for line in text.lines().map(str::trim) {
        let Some(link) = link(line) else {
            remark = line.strip_prefix("# ").map_or(("", ""), of_remark);
            continue;
        };
        let (at, label) = std::mem::take(&mut remark);
        let [at, label, link] = [at, label, link].map(str::to_owned);
        entries.push(Entry { at, label, link });
    }
    entries
}

/// `r1…` in `https://site.test/#r1…`, or alone.
fn link(text: &str) -> Option<&str> {
    let (page, link) = text.rsplit_once('#').unwrap_or(("", text));
    let digits = link.strip_prefix('r')?;
    let is_digit = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let is_link = digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.len() > 1
        && digits.chars().all(is_digit)
        && !page.contains(char::is_whitespace);
    is_link.then_some(link)
}

/// `2025-03-13T20:14:00+01:00 upgrade.log`
fn of_remark(remark: &str) -> (&str, &str) {
    let (at, label) = remark.split_once(' ').unwrap_or((remark, ""));
    let is_date = crate::format::date(at).is_some();
    if is_date { (at, label) } else { ("", remark) }
}

#[cfg(test)]
mod tests {
    use super::super::tests::kept;
    use super::*;

    fn entry(at: &str, label: &str, link: &str) -> Entry {
        let [at, label, link] = [at, label, link].map(str::to_owned);
        Entry { at, label, link }
    }

    #[test]
    fn a_file_comes_back_as_it_was_written() {
        let text = write(&[kept(), kept()], "https://site.test/sub/");
        assert!(text.ends_with(
            "\n# 2025-03-13T20:14:00+01:00 a & b=c ü.log\n\
                                https://site.test/sub/#r1AB-_9\n"
        ));
        let expected = entry("2025-03-13T20:14:00+01:00", "a & b=c ü.log", "r1AB-_9");
        assert_eq!(read(&text), [expected.clone(), expected]);
    }

    #[test]
    fn links_are_read_from_any_text() {
        let text = "My reports:\r\n# the old laptop\nhttps://site.test/#r1A\r\n\r\n r1BC \n#r1D\n\
                    see https://site.test/#r1E\nr1\nrust\nhttps://site.test/#place\n";
        let expected =
            [entry("", "the old laptop", "r1A"), entry("", "", "r1BC"), entry("", "", "r1D")];
        assert_eq!(read(text), expected);
        assert_eq!(read(""), []);
    }
}
