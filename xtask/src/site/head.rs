//! What the head of a page tells those who do not read the page: search engines, previews, feeds.

use serde_json::{Value, json};

use super::place::Place;

/// The name of the site in previews.
pub(super) const SITE: &str = "Rebuildscope";

/// What is said of a page.
#[derive(Clone, Debug)]
pub(super) struct About {
    /// Without the name of the site.
    pub(super) title: String,
    /// One sentence.
    pub(super) description: String,
    /// Below the root of the site, with `/` at its end, or empty.
    pub(super) path: String,
    /// The picture for previews, below the root of the site.
    pub(super) picture: String,
    /// What kind of page it is.
    pub(super) kind: Kind,
}

/// What kind of page it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The program itself.
    Program,
    /// A page of text that is no article.
    Text,
    /// An article, with the day of its last change as `2026-11-22`.
    Article {
        /// The day.
        updated: &'static str,
    },
}

/// The lines for the head; what must be absolute is left out where the address is unknown.
pub(super) fn lines(about: &About, place: &Place) -> String {
    let mut lines =
        vec![link("alternate", "feed.xml\" type=\"application/atom+xml\" title=\"Articles")];
    if place.path().is_none() {
        lines.clear();
    }
    lines.extend(place.absolute(&about.path).map(|url| link("canonical", &escape(&url))));
    for (property, content) in open_graph(about, place) {
        lines.push(format!("<meta property=\"og:{property}\" content=\"{}\">", escape(&content)));
    }
    let has_picture = place.path().is_some();
    let card = if has_picture { "summary_large_image" } else { "summary" };
    lines.push(format!("<meta name=\"twitter:card\" content=\"{card}\">"));
    lines.push(data_block(&json_ld(about, place)));
    lines.join("\n    ")
}

fn link(rel: &str, href: &str) -> String {
    format!("<link rel=\"{rel}\" href=\"{href}\">")
}

fn open_graph(about: &About, place: &Place) -> Vec<(&'static str, String)> {
    let kind = if matches!(about.kind, Kind::Article { .. }) { "article" } else { "website" };
    let mut properties = vec![
        ("type", kind.to_owned()),
        ("site_name", SITE.to_owned()),
        ("title", about.title.clone()),
        ("description", about.description.clone()),
    ];
    properties.extend(place.absolute(&about.path).map(|url| ("url", url)));
    if let Some(picture) = place.absolute(&about.picture) {
        properties.extend([
            ("image", picture),
            ("image:type", "image/png".to_owned()),
            ("image:width", super::picture::WIDTH.to_string()),
            ("image:height", super::picture::HEIGHT.to_string()),
            ("image:alt", format!("{SITE}: {}", about.title)),
        ]);
    }
    properties
}

/// What the page is, in the words of schema.org.
fn json_ld(about: &About, place: &Place) -> Value {
    let mut page = match about.kind {
        Kind::Program => program(),
        Kind::Text => json!({"@type": "WebPage"}),
        Kind::Article { updated } => article(about, updated, place),
    };
    page["name"] = json!(about.title);
    page["description"] = json!(about.description);
    page["inLanguage"] = json!("en");
    if let Some(url) = place.absolute(&about.path) {
        page["url"] = json!(url);
    }
    let mut graph = vec![page];
    if about.kind != Kind::Program {
        graph.push(breadcrumbs(about, place));
    }
    json!({"@context": "https://schema.org", "@graph": graph})
}

fn program() -> Value {
    json!({
        "@type": "WebApplication",
        "applicationCategory": "DeveloperApplication",
        "operatingSystem": "Any",
        "isAccessibleForFree": true,
        "offers": {"@type": "Offer", "price": "0", "priceCurrency": "EUR"},
    })
}

fn article(about: &About, updated: &str, place: &Place) -> Value {
    let mut article = json!({
        "@type": "TechArticle",
        "headline": about.title,
        "dateModified": updated,
        "isAccessibleForFree": true,
        "author": {"@type": "Organization", "name": SITE},
    });
    if let Some(picture) = place.absolute(&about.picture) {
        article["image"] = json!(picture);
    }
    article
}

/// The way to the page from the root; without an address its steps have names only.
fn breadcrumbs(about: &About, place: &Place) -> Value {
    let mut steps = vec![(SITE.to_owned(), String::new())];
    if matches!(about.kind, Kind::Article { .. }) {
        steps.push(("Learn".to_owned(), "learn/".to_owned()));
    }
    steps.push((about.title.clone(), about.path.clone()));
    let items = steps.iter().enumerate().map(|(index, (name, path))| {
        let mut item = json!({"@type": "ListItem", "position": index + 1, "name": name});
        if let Some(url) = place.absolute(path) {
            item["item"] = json!(url);
        }
        item
    });
    json!({"@type": "BreadcrumbList", "itemListElement": items.collect::<Vec<_>>()})
}

/// Data, which the security policy lets stand, for it is not run.
fn data_block(data: &Value) -> String {
    let text = data.to_string().replace('<', "\\u003c");
    format!("<script type=\"application/ld+json\">{text}</script>")
}

/// The text as HTML or XML, for elements and for attributes in double quotes.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn about() -> About {
        About {
            title: "A \"store\" </script>".to_owned(),
            description: "One.".to_owned(),
            path: "learn/store/".to_owned(),
            picture: "pictures/store.png".to_owned(),
            kind: Kind::Article { updated: "2026-11-22" },
        }
    }

    /// The data block of a page.
    fn data(lines: &str) -> Value {
        let (_, rest) = lines.split_once("ld+json\">").unwrap();
        serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap()
    }

    #[test]
    fn without_an_address_nothing_that_must_be_absolute_is_said() {
        let lines = lines(&about(), &Place::default());
        for part in ["canonical", "og:url", "og:image", "feed.xml", "http"] {
            let lines = lines.replace("https://schema.org", "");
            assert!(!lines.contains(part), "`{part}` is in\n{lines}");
        }
        assert!(lines.contains("og:title\" content=\"A &quot;store&quot; &lt;/script&gt;\""));
        assert_eq!(data(&lines)["@graph"][0]["headline"], about().title);
    }

    #[test]
    fn with_an_address_the_page_and_its_picture_are_named() {
        let place = Place::of("https://example.org/scope/").unwrap();
        let lines = lines(&about(), &place);
        for part in [
            "<link rel=\"canonical\" href=\"https://example.org/scope/learn/store/\">",
            "og:image\" content=\"https://example.org/scope/pictures/store.png\"",
            "summary_large_image",
        ] {
            assert!(lines.contains(part), "`{part}` is not in\n{lines}");
        }
        let data = data(&lines);
        let steps = data["@graph"][1]["itemListElement"].as_array().unwrap();
        let urls: Vec<&str> = steps.iter().map(|step| step["item"].as_str().unwrap()).collect();
        let root = "https://example.org/scope/";
        assert_eq!(urls, [root, &format!("{root}learn/"), &format!("{root}learn/store/")]);
    }
}
