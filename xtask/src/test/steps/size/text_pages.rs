//! Holds the pages that are read without the program to a budget of their own.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::{Size, page_files, sizes_of};
use crate::failure::{Failure, Result};
use crate::files;
use crate::html;

/// What may load for a page of text with all that it can do, such as search.
const MAX_BYTES: u64 = 40_000;

/// Weighs each page below `learn/` and `about/`, and prints the heaviest.
///
/// # Errors
///
/// A page is too heavy, or loads a file that is not there.
pub(super) fn weigh(dist: &Path) -> Result<()> {
    let mut pages = BTreeMap::new();
    for folder in ["learn", "about"] {
        for path in files::list_deep(&dist.join(folder))? {
            let relative = path.strip_prefix(dist).unwrap_or(&path).to_string_lossy().into_owned();
            if relative.ends_with("index.html") {
                let names = names_of(&relative, &files::read(&path)?);
                pages.insert(relative, names);
            }
        }
    }
    let all: BTreeSet<String> = pages.values().flatten().cloned().collect();
    let sizes: BTreeMap<&String, Size> = all.iter().zip(sizes_of(dist, &all)?).collect();
    let weight = |names: &BTreeSet<String>| -> u64 {
        names.iter().filter_map(|name| sizes.get(name)).map(|size| size.brotli_bytes).sum()
    };
    let weighed = pages.iter().map(|(page, names)| (weight(names), page));
    let Some((bytes, page)) = weighed.max() else {
        return Err(Failure::new("the site has no pages of text"));
    };
    println!("{bytes:>21}  = {page}, the heaviest page of text, of at most {MAX_BYTES}\n");
    if bytes <= MAX_BYTES {
        return Ok(());
    }
    Err(Failure::new(format!("{page} weighs {bytes} bytes, more than {MAX_BYTES}")))
}

/// The page and the files that it loads, by itself or when it is searched.
fn names_of(path: &str, text: &str) -> BTreeSet<String> {
    let mut names = page_files(text);
    names.remove("index.html");
    names.insert(path.to_owned());
    let tags = html::tags(text);
    names.extend(tags.iter().filter_map(|tag| tag.attribute("data-index")).map(str::to_owned));
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_weighs_what_it_loads_and_the_index_that_it_searches() {
        let text = r#"<link rel="stylesheet" href="./a.css"><script src="theme.js"></script>
            <div data-index="search_index-1.json">"#;
        let names: Vec<String> = names_of("learn/index.html", text).into_iter().collect();
        assert_eq!(names, ["a.css", "learn/index.html", "search_index-1.json", "theme.js"]);
    }
}
