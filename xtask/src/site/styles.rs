//! Puts all stylesheets of the page into one file.

mod strip;

use std::path::Path;

use super::hash::hashed_name;
use crate::failure::{Failure, Result, While};
use crate::files;
use crate::html::{self, Edits};
use strip::strip;

/// Joins the stylesheets in the order in which the page links them, and links the result.
///
/// # Errors
///
/// The page links none, or one that is not in the folder or imports another.
pub(super) fn join(staging: &Path, index: &str, base: &str) -> Result<String> {
    let tags = html::tags(index);
    let links: Vec<_> = tags.iter().filter(|tag| tag.has("rel", "stylesheet")).collect();
    let Some((first, others)) = links.split_first() else {
        return Err(Failure::new("index.html links no stylesheet"));
    };
    let mut css = String::new();
    for link in &links {
        let path = local_file(staging, link.attribute("href").unwrap_or_default(), base)?;
        let text = files::read(&path)?;
        if text.contains("@import") {
            return Err(Failure::new(format!("{} imports another file", path.display())));
        }
        css.push_str(&strip(&text));
        std::fs::remove_file(&path).while_doing(|| format!("removing {}", path.display()))?;
    }
    let name = hashed_name("styles.css", css.as_bytes());
    files::write(&staging.join(&name), css)?;
    let mut edits = Edits::of(index);
    edits.replace(first.range.clone(), format!("<link rel=\"stylesheet\" href=\"{base}{name}\">"));
    for link in others {
        edits.remove_line(link.range.clone());
    }
    Ok(edits.apply())
}

/// `/sub/a-1.css` is `a-1.css` in the folder.
fn local_file(staging: &Path, url: &str, base: &str) -> Result<std::path::PathBuf> {
    let relative = url.strip_prefix(base).filter(|name| !name.is_empty());
    let relative =
        relative.ok_or_else(|| Failure::new(format!("expected `{url}` to begin with `{base}`")))?;
    Ok(staging.join(relative))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("xtask-css-{name}-{}", std::process::id()));
        files::write(&folder.join("a-1.css"), "@layer x;\n").unwrap();
        files::write(&folder.join("b-2.css"), "b {}\n\n").unwrap();
        folder
    }

    #[test]
    fn styles_keep_their_order_in_one_file() {
        let folder = folder("order");
        let index = "<head>\n<link rel=\"stylesheet\" href=\"/s/a-1.css\" integrity=\"sha384-x\"/>\n\
                     <link rel=\"stylesheet\" href=\"/s/b-2.css\"/>\n</head>";
        let joined = join(&folder, index, "/s/").unwrap();
        let name = hashed_name("styles.css", b"@layer x;\nb {}\n");
        let expected = format!("<head>\n<link rel=\"stylesheet\" href=\"/s/{name}\">\n</head>");
        assert_eq!(joined, expected);
        assert_eq!(files::list(&folder).unwrap(), [folder.join(&name)]);
        assert_eq!(files::read(&folder.join(name)).unwrap(), "@layer x;\nb {}\n");
        files::remove_folder(&folder).unwrap();
    }

    #[test]
    fn a_style_from_elsewhere_or_a_missing_one_fails() {
        let folder = folder("bad");
        for index in [
            "",
            "<link rel=stylesheet href=https://x/a.css>",
            "<link rel=stylesheet href=/s/c.css>",
        ] {
            assert!(join(&folder, index, "/s/").is_err(), "{index}");
        }
        files::remove_folder(&folder).unwrap();
    }
}
