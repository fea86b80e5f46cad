//! What tells others of the pages: the sitemap, the feed of the articles, and the word to robots.

use std::fmt::Write as _;
use std::path::Path;

use super::head::{About, Kind, SITE, escape};
use super::place::Place;
use crate::failure::Result;
use crate::files;

/// Writes those that the place allows: a sitemap and a feed hold absolute addresses only.
///
/// # Errors
///
/// A file cannot be written.
pub(super) fn write_all(staging: &Path, pages: &[About], place: &Place) -> Result<()> {
    let mut robots = "User-agent: *\nAllow: /\n".to_owned();
    if let (Some(root), Some(sitemap)) = (place.absolute(""), place.absolute("sitemap.xml")) {
        let _ = writeln!(robots, "\nSitemap: {sitemap}");
        files::write(&staging.join("sitemap.xml"), self::sitemap(pages, &root))?;
        files::write(&staging.join("feed.xml"), feed(pages, &root))?;
    }
    files::write(&staging.join("robots.txt"), robots)
}

fn sitemap(pages: &[About], root: &str) -> String {
    let mut xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
        <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
        .to_owned();
    for page in pages {
        let changed = day(page).map(|day| format!("<lastmod>{day}</lastmod>"));
        let address = escape(&format!("{root}{}", page.path));
        let _ = writeln!(xml, "<url><loc>{address}</loc>{}</url>", changed.unwrap_or_default());
    }
    xml + "</urlset>\n"
}

/// The articles as Atom, the latest first.
fn feed(pages: &[About], root: &str) -> String {
    let mut articles: Vec<(&str, &About)> =
        pages.iter().filter_map(|page| Some((day(page)?, page))).collect();
    articles.sort_by_key(|(day, _)| std::cmp::Reverse(*day));
    let latest = articles.first().map_or("1970-01-01", |(day, _)| day);
    let root = escape(root);
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\">\n\
         <title>{SITE}: articles</title>\n\
         <id>{root}learn/</id>\n\
         <link href=\"{root}learn/\"/>\n\
         <link rel=\"self\" href=\"{root}feed.xml\"/>\n\
         <updated>{latest}T00:00:00Z</updated>\n\
         <author><name>{SITE}</name></author>\n"
    );
    for (day, About { title, description, path, .. }) in articles {
        let (title, description) = (escape(title), escape(description));
        let _ = writeln!(
            xml,
            "<entry><title>{title}</title><id>{root}{path}</id><link href=\"{root}{path}\"/>\
             <updated>{day}T00:00:00Z</updated><summary>{description}</summary></entry>"
        );
    }
    xml + "</feed>\n"
}

/// The day on which an article last said something new.
fn day(page: &About) -> Option<&'static str> {
    match page.kind {
        Kind::Article { updated } => Some(updated),
        Kind::Program | Kind::Text => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(path: &str, kind: Kind) -> About {
        let [title, description] = ["A & B", "One <sentence>."].map(str::to_owned);
        About { title, description, path: path.to_owned(), picture: String::new(), kind }
    }

    fn pages() -> [About; 3] {
        [
            page("", Kind::Program),
            page("learn/old/", Kind::Article { updated: "2026-01-02" }),
            page("learn/new/", Kind::Article { updated: "2026-02-01" }),
        ]
    }

    #[test]
    fn a_sitemap_names_every_page_and_the_day_of_each_article() {
        let xml = sitemap(&pages(), "https://a.org/s/");
        assert_eq!(xml.matches("<url>").count(), 3);
        assert!(xml.contains("<loc>https://a.org/s/</loc></url>"));
        let expected = "<loc>https://a.org/s/learn/old/</loc><lastmod>2026-01-02</lastmod>";
        assert!(xml.contains(expected));
    }

    #[test]
    fn a_feed_has_the_latest_article_first_and_its_text_escaped() {
        let xml = feed(&pages(), "https://a.org/s/");
        assert!(xml.find("learn/new/").unwrap() < xml.find("learn/old/").unwrap());
        assert_eq!(xml.matches("<entry>").count(), 2);
        assert!(xml.contains("<updated>2026-02-01T00:00:00Z</updated>\n<author>"));
        assert!(xml.contains("A &amp; B") && xml.contains("One &lt;sentence&gt;."));
    }

    #[test]
    fn without_an_address_there_is_only_the_word_to_robots() {
        let name = format!("xtask-feeds-{}", std::process::id());
        let staging = std::env::temp_dir().join(name);
        write_all(&staging, &pages(), &Place::default()).unwrap();
        assert_eq!(files::list(&staging).unwrap(), [staging.join("robots.txt")]);
        assert!(!files::read(&staging.join("robots.txt")).unwrap().contains("Sitemap"));
        files::remove_folder(&staging).unwrap();
    }
}
