//! Documents of a report with markup in every text.

#[path = "support/analyzed.rs"]
mod analyzed;
#[path = "support/fixtures.rs"]
mod fixtures;

use analyzer::Report;
use analyzer::report::Run;
use serde_json::Value;
use share::export::{Format, export};

/// Does something in each of the formats, if it is let.
const MARKUP: &str = "=1+1|`<script>alert(1)</script></pre></style>\"'><img src=x onerror=y>&lt; @alice #1 \u{1b}[2J";

/// Calls `each` for every text in a value, and keeps what it puts there.
fn each_text(value: &mut Value, each: &mut impl FnMut(&mut String)) {
    match value {
        Value::String(text) => each(text),
        Value::Array(items) => items.iter_mut().for_each(|item| each_text(item, each)),
        Value::Object(fields) => fields.values_mut().for_each(|field| each_text(field, each)),
        _ => {}
    }
}

/// The report with `MARKUP` in every text that is not one of a few words.
fn hostile(report: &Report) -> Report {
    let mut value = serde_json::to_value(report).expect("JSON");
    let mut n_texts = 0;
    each_text(&mut value, &mut |_| n_texts += 1);
    for index in 0..n_texts {
        let (mut at, mut changed) = (0, value.clone());
        each_text(&mut changed, &mut |text| {
            if at == index {
                MARKUP.clone_into(text);
            }
            at += 1;
        });
        if serde_json::from_value::<Report>(changed.clone()).is_ok() {
            value = changed;
        }
    }
    serde_json::from_value(value).expect("a report")
}

/// Hostile reports of logs that have something of everything.
fn reports() -> Vec<Report> {
    const LOGS: [&str; 4] = [
        "written/nvd.log",
        "written/switch-unit-fails.log",
        "nix-2.34.8/hash-mismatch-dependant.log",
        "nix-2.34.8/rebuild-ng.log",
    ];
    let all = fixtures::reports();
    let chosen = all.iter().filter(|(path, _)| LOGS.iter().any(|log| path.ends_with(log)));
    let reports: Vec<_> = chosen.map(|(_, report)| hostile(report)).collect();
    assert_eq!(reports.len(), LOGS.len());
    reports
}

/// All tags in a page: the name, and after it the names of its attributes.
fn tags(html: &str) -> Vec<Vec<&str>> {
    let inner = html.split('<').skip(1).map(|rest| rest.split('>').next().unwrap_or(rest));
    inner
        .map(|tag| tag.split('"').step_by(2).flat_map(|it| it.split([' ', '\n'])).collect())
        .collect()
}

#[test]
fn no_text_is_markup_in_a_page() {
    const TAGS: [&str; 28] = [
        "html", "head", "title", "body", "header", "p", "main", "section", "h1", "h2", "ul", "li",
        "span", "div", "b", "small", "code", "pre", "table", "thead", "tbody", "tr", "th", "td",
        "details", "summary", "footer", "svg",
    ];
    for report in reports() {
        let html = export(&report, Format::Html).unwrap();
        let body = html.split("</style>").nth(1).expect("one style");
        for tag in tags(body) {
            assert!(TAGS.contains(&tag[0].trim_start_matches('/')), "{tag:?}");
        }
        assert_eq!(html.matches("</style>").count(), 1);
        assert!(!html.contains("<script") && !html.contains('\u{1b}'));
        assert!(html.contains("&lt;script&gt;"));
    }
}

#[test]
fn a_page_loads_nothing() {
    const ATTRIBUTES: [&str; 20] = [
        "",
        "/",
        "html",
        "lang=",
        "charset=",
        "http-equiv=",
        "content=",
        "name=",
        "class=",
        "id=",
        "role=",
        "scope=",
        "tabindex=",
        "aria-labelledby=",
        "aria-hidden=",
        "width=",
        "height=",
        "x=",
        "y=",
        "doctype",
    ];
    for (path, report) in fixtures::reports() {
        let html = export(&report, Format::Html).unwrap();
        assert!(html.contains("content=\"default-src 'none'; style-src 'unsafe-inline'\""));
        for attribute in tags(&html).iter().flat_map(|tag| &tag[1..]) {
            assert!(ATTRIBUTES.contains(attribute), "{}: {attribute}", path.display());
        }
        assert!(!html.contains("url(") && !html.contains("@import"), "{}", path.display());
    }
}

#[test]
fn no_text_is_markup_in_markdown() {
    for report in reports() {
        let markdown = export(&report, Format::Markdown).unwrap();
        let parser = pulldown_cmark::Parser::new_ext(&markdown, pulldown_cmark::Options::all());
        for event in parser {
            use pulldown_cmark::Event::{Html, InlineHtml, Start, Text};
            match event {
                Html(html) | InlineHtml(html) => {
                    assert!(!html.contains("script>") && !html.contains("<img"), "{html}");
                }
                Start(pulldown_cmark::Tag::Link { .. } | pulldown_cmark::Tag::Image { .. }) => {
                    panic!("{markdown}");
                }
                Text(text) => assert!(!text.contains('\u{1b}'), "{text}"),
                _ => {}
            }
        }
    }
}

/// Reads rows by the rules of RFC 4180.
fn rows(csv: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut field) = (Vec::new(), Vec::new(), String::new());
    let (mut is_quoted, mut letters) = (false, csv.chars().peekable());
    while let Some(letter) = letters.next() {
        match letter {
            '"' if is_quoted && letters.next_if_eq(&'"').is_some() => field.push('"'),
            '"' => is_quoted = !is_quoted,
            '\r' if !is_quoted => {}
            ',' if !is_quoted => row.push(std::mem::take(&mut field)),
            '\n' if !is_quoted => {
                row.push(std::mem::take(&mut field));
                rows.push(std::mem::take(&mut row));
            }
            other => field.push(other),
        }
    }
    assert!(row.is_empty() && field.is_empty(), "no line end after the last row");
    rows
}

#[test]
fn tables_have_whole_rows_and_no_formula() {
    for report in reports() {
        for format in [Format::Csv, Format::CsvBuilds, Format::CsvCopies] {
            let rows = rows(&export(&report, format).unwrap());
            let count = |run: &Run| match format {
                Format::Csv => run.changes.len(),
                Format::CsvBuilds => run.derivations.len(),
                _ => run.fetches.len(),
            };
            assert_eq!(rows.len(), report.runs.iter().map(count).sum::<usize>() + 1);
            for row in &rows {
                assert_eq!(row.len(), rows[0].len(), "{row:?}");
                assert!(!row.iter().any(|field| field.starts_with('=')), "{row:?}");
            }
        }
    }
}

#[test]
fn json_is_the_report() {
    for report in reports() {
        let json = export(&report, Format::Json).unwrap();
        assert_eq!(serde_json::from_str::<Report>(&json).unwrap(), report);
    }
}
