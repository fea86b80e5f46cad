//! All articles: their prose, what they explain, and their notes filled with numbers.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

#[path = "support/reading.rs"]
mod reading;

use content::{ARTICLES, CODES, Kind, Paragraph, SECTIONS, Style, VALUES, Value, fill};

/// The Markdown of an article, without its head, code and fences: line number and text.
fn prose(slug: &str) -> Vec<(usize, String)> {
    let text = fs::read_to_string(format!("articles/{slug}.md")).expect("the file of the article");
    let mut lines = Vec::new();
    let (mut in_head, mut in_code) = (false, false);
    for (index, line) in text.lines().enumerate() {
        match line {
            "+++" => in_head = !in_head,
            _ if line.starts_with("```") => in_code = !in_code,
            _ if in_head || in_code || line.starts_with(":::") || line.is_empty() => {}
            _ => lines.push((index + 1, line.to_owned())),
        }
    }
    lines
}

/// The sentences of a note, one a line, as they are written.
fn note_lines(slug: &str) -> Vec<(usize, String)> {
    let text = fs::read_to_string(format!("articles/{slug}.md")).expect("the file of the article");
    let mut lines = Vec::new();
    let mut inside = false;
    for (index, line) in text.lines().enumerate() {
        match line {
            "new = \"\"\"" | "knows = \"\"\"" => inside = true,
            "\"\"\"" => inside = false,
            _ if inside && !line.is_empty() => lines.push((index + 1, line.to_owned())),
            _ => {}
        }
    }
    lines
}

/// A line without conditions, and with the words for many in the place of values.
fn without_living_text(line: &str) -> String {
    let mut text = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("{{") {
        let (inside, behind) = after.split_once("}}").expect("checked by the build");
        text.push_str(before);
        if !inside.starts_with(['#', '/']) {
            text.push_str(inside.rsplit(['|', ':']).next().unwrap_or_default());
        }
        rest = behind;
    }
    text + rest
}

#[track_caller]
fn check_one_sentence(slug: &str, line: usize, text: &str) {
    let text = without_living_text(text);
    // `- ` and `1. ` begin items of lists.
    let text = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let text = text.trim_start_matches(". ").trim_start_matches("- ").trim();
    let ends = text.trim_end_matches('*').ends_with(['.', ':', '?']);
    assert!(ends, "{slug}.md:{line}: expected the end of a sentence at the end of the line");
    let inner = text.match_indices(['.', '?']).any(|(at, _)| {
        let rest = text[at + 1..].trim_start_matches('*');
        rest.starts_with(' ') && rest.trim_start().starts_with(|next: char| next.is_uppercase())
    });
    assert!(!inner, "{slug}.md:{line}: expected one sentence");
}

#[test]
fn each_line_is_one_sentence() {
    for article in ARTICLES {
        let lines = prose(article.slug).into_iter().chain(note_lines(article.slug));
        for (line, text) in lines.filter(|(_, text)| !text.starts_with(['#', '|'])) {
            check_one_sentence(article.slug, line, &text);
        }
    }
}

#[test]
fn each_article_takes_a_few_minutes_to_read() {
    for article in ARTICLES {
        let lines = prose(article.slug);
        let words: usize = lines.iter().map(|(_, text)| text.split_whitespace().count()).sum();
        assert!((300..=900).contains(&words), "{}: {words} words", article.slug);
    }
}

#[test]
fn each_section_has_a_note_that_leads_to_a_heading() {
    for section in SECTIONS {
        let note = content::for_section(section).unwrap();
        assert_eq!(note.section, *section);
        let heading = note.heading.unwrap();
        assert!(content::place(&format!("{}#{heading}", note.article)).is_some());
    }
}

#[test]
fn findings_lead_to_headings_that_exist() {
    for code in CODES {
        let place = content::for_code(code).unwrap();
        let heading = place.heading.unwrap();
        assert_eq!(content::place(&format!("{}#{heading}", place.slug)), Some(place));
    }
    assert_eq!(content::place("nix-store#no-such-heading"), None);
    assert_eq!(content::place("no-such-article"), None);
    for moved in ["when-it-fails", "no-clock", "why-a-version-changes"] {
        let reference = format!("derivations-and-generations#{moved}");
        assert!(content::place(&reference).is_some(), "{reference}");
    }
}

#[test]
fn each_finding_of_the_analyzer_is_explained() {
    let mut sources = String::new();
    for path in rust_files(Path::new("../analyzer/src/diagnostic")) {
        if !path.ends_with("tests.rs") {
            sources += &fs::read_to_string(&path).unwrap();
        }
    }
    // id: "root-failure",
    let written = sources.split("id: \"").skip(1).filter_map(|after| after.split('"').next());
    for id in written {
        assert!(CODES.contains(&id), "`{id}` is explained by no article");
    }
    for code in CODES {
        assert!(sources.contains(&format!("\"{code}\"")), "the analyzer finds no `{code}`");
    }
}

/// All Rust files of a folder and those below it.
fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}

#[test]
fn links_that_the_analyzer_writes_exist() {
    let mut n_links = 0;
    for path in rust_files(Path::new("../analyzer/src")) {
        let source = fs::read_to_string(&path).unwrap();
        let is_link = |text: &&str| {
            text.split_once('#').is_some_and(|(slug, _)| content::article(slug).is_some())
        };
        for link in source.split('"').filter(is_link) {
            assert!(content::place(link).is_some(), "{}: {link}", path.display());
            n_links += 1;
        }
    }
    assert!(n_links > 5, "found only {n_links} links");
}

#[test]
fn articles_come_in_reading_order() {
    let places: Vec<u32> = ARTICLES.iter().map(|article| article.sort_order).collect();
    assert!(places.is_sorted_by(|one, next| one < next), "{places:?}");
    assert_eq!(ARTICLES.first().map(|first| first.slug), Some("nix-store"));
}

fn notes() -> impl Iterator<Item = (&'static str, Paragraphs)> {
    let notes = ARTICLES.iter().flat_map(|article| article.notes);
    notes.flat_map(|note| [(note.section, note.new), (note.section, note.knows)])
}

type Paragraphs = &'static [Paragraph];

fn text_of(paragraphs: &[Paragraph], values: &dyn Fn(&str) -> Option<Value>) -> String {
    let filled = fill(paragraphs, values);
    let lines: Vec<String> =
        filled.iter().map(|runs| runs.iter().map(|run| run.text.as_str()).collect()).collect();
    lines.join("\n")
}

/// Every value with this count, or with a text where it is one.
fn all_values(name: &str, count: u64) -> Option<Value> {
    let value = VALUES.iter().find(|value| value.name == name)?;
    Some(match value.kind {
        Kind::Count => Value::Count(count),
        Kind::Text => Value::Text("something".to_owned()),
        Kind::Word(words) => Value::Text(words[0].to_owned()),
    })
}

#[test]
fn filled_notes_are_whole_sentences() {
    for (section, paragraphs) in notes() {
        let texts =
            [0, 1, 2, 1764].map(|count| text_of(paragraphs, &|name| all_values(name, count)));
        for text in texts.iter().chain([&text_of(paragraphs, &|_| None)]) {
            assert!(!text.is_empty(), "{section}: nothing is left");
            for line in text.lines() {
                assert!(line.ends_with('.'), "{section}: {line}");
                assert!(line.starts_with(|first: char| !first.is_lowercase()), "{section}: {line}");
                for fault in ["  ", " . ", " , ", "..", "{{", "}}", "#"] {
                    assert!(!line.contains(fault), "{section}: `{fault}` in: {line}");
                }
            }
        }
    }
}

#[test]
fn none_and_one_are_words() {
    for (section, paragraphs) in notes() {
        for (count, digit) in [(0, "0"), (1, "1")] {
            let filled = fill(paragraphs, &|name| all_values(name, count));
            for run in filled.iter().flatten().filter(|run| run.style == Style::Own) {
                let first = run.text.split(' ').next();
                assert_ne!(first, Some(digit), "{section}: {}", run.text);
            }
        }
    }
}

#[track_caller]
fn check_note(section: &str, values: &[(&str, u64)], expected: &str) {
    let note = content::for_section(section).expect("a note");
    let lookup = |name: &str| {
        let known = values.iter().find(|(known, _)| *known == name);
        known.map(|(_, count)| Value::Count(*count))
    };
    assert_eq!(text_of(note.new, &lookup), expected);
}

#[test]
fn the_note_on_builds_reads_well_for_any_number() {
    check_note(
        "builds",
        &[],
        "Nix first asks a cache for the finished result. It builds only what no cache could give.",
    );
    check_note(
        "builds",
        &[("built", 0), ("built_configuration", 0), ("built_software", 0)],
        "Nix first asks a cache for the finished result. It builds only what no cache could give.",
    );
    check_note(
        "builds",
        &[("built", 1), ("built_configuration", 1), ("built_software", 0)],
        "Nix first asks a cache for the finished result. It builds only what no cache could give. \
         Here that was one thing.\n\
         One is a configuration file, written from your own settings, which no cache knows.",
    );
    check_note(
        "builds",
        &[("built", 54), ("built_configuration", 42), ("built_software", 12)],
        "Nix first asks a cache for the finished result. It builds only what no cache could give. \
         Here that was 54 things.\n\
         42 are configuration files, written from your own settings, which no cache knows. \
         12 are software, and there it is worth asking why.",
    );
}

#[test]
fn articles_read_well_for_none_one_and_many() {
    let counts = [None, Some(0), Some(1), Some(2), Some(1764)];
    for (article, count) in ARTICLES.iter().flat_map(|it| counts.map(|count| (it, count))) {
        let values = |name: &str| all_values(name, count?);
        for block in reading::blocks(article.slug, &values) {
            let fault = reading::fault(&block);
            assert_eq!(fault, None, "{} with {count:?}: {}", article.slug, block.text);
        }
    }
}

#[test]
fn the_glossary_has_the_terms_of_all_articles() {
    let body = content::html::glossary_body("/");
    let json = content::html::glossary_json();
    let mut ids = BTreeSet::new();
    for term in ARTICLES.iter().flat_map(|article| article.terms) {
        assert!(body.contains(&format!("<dt id=\"{}\">{}</dt>", term.id, term.name)));
        assert!(json.contains(&format!("\"{}\":\"{}: ", term.id, term.name)));
        assert!(ids.insert(term.id), "two terms have the id `{}`", term.id);
    }
    assert!(ids.len() >= 60, "only {} terms", ids.len());
}

#[test]
fn terms_are_linked_where_an_article_first_mentions_them() {
    let html = content::html::article_body("garbage-collection", "/s/").unwrap();
    let link = "<a class=\"term\" href=\"/s/learn/glossary/#generation\" data-term=\"generation\">";
    assert_eq!(html.matches(link).count(), 1);
    let defined = "data-term=\"dead-path\"";
    assert!(!html.contains(defined), "the article explains it itself");
    let n_links: usize = ARTICLES
        .iter()
        .map(|article| content::html::article_body(article.slug, "/").unwrap())
        .map(|html| html.matches("data-term").count())
        .sum();
    assert!(n_links > 100, "only {n_links} mentions");
}
