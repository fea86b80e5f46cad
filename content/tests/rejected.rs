//! What the build refuses: a fault of an article, with its line.

#[path = "../build/article.rs"]
#[expect(dead_code, reason = "the tests read only what is wrong, not what is right")]
mod article;
#[path = "../build/body.rs"]
mod body;
#[path = "../src/figure.rs"]
#[expect(dead_code, unreachable_pub, reason = "the tests draw nothing")]
mod figure;
#[path = "../build/front_matter.rs"]
#[expect(dead_code, reason = "the tests read only what is wrong, not what is right")]
mod front_matter;
#[path = "../build/living.rs"]
mod living;
#[path = "../build/note.rs"]
mod note;
#[path = "../build/problem.rs"]
mod problem;
#[path = "../build/sample.rs"]
#[expect(dead_code, reason = "the tests draw nothing")]
mod sample;
#[path = "../src/value.rs"]
#[expect(unreachable_pub, reason = "the library, which this file belongs to, exports it")]
mod value;

/// An article without a fault; line 1 is `+++`.
const GOOD: &str = r#"+++
title = "Title"
slug = "good"
description = "Description."
sort_order = 1
codes = ["outcome#first"]
updated = "2026-11-22"
checked_with = "Nix 2.34"

[terms]
term = "Definition."

[[notes]]
section = "builds"
heading = "first"
title = "Note"
new = """
One sentence.

{{#if built}}{{built|One file|# files}}.{{/if}}
"""
knows = """
Text with `code`.
"""
+++

Text with [a link](#first).

## First {#first}

{{fetched: Some paths|No path|One path|# paths}} and {{store: a cache}}.

## Sources {#sources}

- [Manual](https://nix.dev/manual/nix/2.34/)
"#;

/// The fault of [`GOOD`] after one replacement, as `line: message`.
#[track_caller]
fn fault(from: &str, to: &str) -> String {
    assert!(GOOD.contains(from), "not in the article: {from}");
    let text = GOOD.replacen(from, to, 1);
    let problem = match article::parse("good", &text) {
        Err(problem) => problem,
        Ok(article) => article::check_together(&[article]).expect_err("a fault").1,
    };
    format!("{}: {}", problem.line, problem.message)
}

#[track_caller]
fn check(from: &str, to: &str, expected: &str) {
    let fault = fault(from, to);
    assert!(fault.starts_with(expected), "{fault}");
}

#[test]
fn an_article_without_a_fault_is_accepted() {
    let article = article::parse("good", GOOD).unwrap();
    article::check_together(&[article]).unwrap();
}

#[test]
fn the_head_has_all_fields_and_no_other() {
    check("title = \"Title\"\n", "", "2: missing field `title`");
    check("sort_order = 1", "sort_order = 1\ndate = 2", "6: unknown field `date`");
    check("sort_order = 1", "sort_order = \"x\"", "5: invalid type");
    check("+++\ntitle", "title", "1: expected a line `+++`");
    check("slug = \"good\"", "slug = \"other\"", "3: expected `good`");
    check("Definition.", "`Definition`.", "11: expected a definition without markup");
    for day in ["yesterday", "2026-11-2", "2026-13-01", "2026-11-32", "22-11-2026", "2026/11/22"] {
        check("2026-11-22", day, "7: expected a day such as `2026-11-22`");
    }
    check("Nix 2.34\"", "today\"", "8: expected a version");
}

#[test]
fn names_in_the_head_exist() {
    check("\"builds\"", "\"building\"", "14: unknown section");
    check("outcome#first", "outcomes#first", "6: unknown finding `outcomes`");
    check("outcome#first", "outcome#second", "6: no heading `second`");
    check("heading = \"first\"", "heading = \"second\"", "15: no heading `second`");
}

#[test]
fn values_are_known_and_used_as_what_they_are() {
    check("#if built}}", "#if bilt}}", "20: unknown value `bilt`");
    check("{{fetched:", "{{fetch:", "31: unknown value `fetch`");
    check("{{store: a cache}}", "{{outcome: well}}", "31: `outcome` is for conditions only");
    check("{{store: a cache}}", "{{store: a|b|c|# d}}", "31: `store` is a text and takes no forms");
    check("#if built}}", "#if built=3}}", "20: `built` has no words");
    check("#if built}}", "#if outcome=good}}", "20: expected one of");
    check("#if built}}", "#if outcome}}", "20: expected `outcome=`");
}

#[test]
fn words_agree_with_every_count() {
    check("|No path|", "|", "31: expected three forms");
    check("One file|# files", "# files", "20: expected two forms");
    check("# paths", "paths", "31: expected `#` in the last form");
}

#[test]
fn nothing_passes_for_a_number_of_the_reader() {
    check("Some paths", "54 paths", "31: the words for an unknown `fetched` hold a digit");
    check("{{store: a cache}}", "{{store}}", "31: expected `store: words`");
    check("{{built|", "{{built: files|", "20: `built` is known here");
}

#[test]
fn conditions_close_where_they_opened() {
    check("{{/if}}", "", "20: the condition on `built` is not closed");
    check("{{/if}}", "{{/unless}}", "20: expected `{{/if}}`, found `{{/unless}}`");
    check("One sentence.", "One{{/if}} sentence.", "18: `{{/if}}` closes nothing");
    check("{{store: a cache}}", "{{store: a cache", "31: expected `}}`");
    check("{{store: a cache}}", "{{#if built}}**a{{/if}} b**", "31: a condition and markup");
    check("## First", "::: if built\n\n## First", "29: expected a line `:::`");
    check("## First", "::: figure pie\n\n:::\n\n## First", "29: expected a figure, one of");
    check("## First", "::: old\n\n:::\n\n## First", "29: expected `new`, `knows`, `if …` or");
}

#[test]
fn links_and_headings_hold() {
    check("(#first)", "(#second)", "27: no article or heading `good#second`");
    check("(#first)", "(other)", "27: no article or heading `other`");
    check("(#first)", "(https://example)", "27: expected a whole address");
    check("(#first)", "(https://example.org/a|b)", "27: expected a whole address");
    check("(#first)", "(http://example.org)", "27: expected `https://…`");
    check("## First {#first}", "## First", "29: expected an id");
    check("## First", "# First", "29: expected a heading `##` or `###`");
    check("{#first}", "{#builds}", "29: the id `builds` is that of a section");
    check("## Sources", "## First again {#first}\n\n## Sources", "33: the id `first` is taken");
    check("## Sources {#sources}", "## More {#more}", "33: expected `## Sources");
    check(
        "- [Manual](https://nix.dev/manual/nix/2.34/)",
        "None.",
        "33: expected at least one link",
    );
}

#[test]
fn only_text_that_the_page_can_show_is_accepted() {
    check("One sentence.", "- A list.", "18: a note holds paragraphs");
    check("Text with [a", "<b>Text</b> with [a", "27: expected paragraphs, lists");
    check("Text with [a", "```rust\n```\n\nText with [a", "27: expected a code block");
    check("One sentence.", "**{{store: a}}**.", "18: a value cannot stand within");
}

#[test]
fn a_thing_is_explained_once() {
    let one = || article::parse("good", GOOD).unwrap();
    let (slug, problem) = article::check_together(&[one(), one()]).unwrap_err();
    assert_eq!((slug.as_str(), problem.line), ("good", 1));
    assert_eq!(problem.message, "`builds` is explained by two articles");
}

#[test]
fn places_for_the_sample_agree_with_what_it_has() {
    let sample: sample::Sample = toml::from_str(
        "[values]\nbuilt = 54\nfailed = 0\nfetched = 1\nstore = \"a.org\"\n[figure]\n\
             configuration = 0\nsoftware = 0\nother = 0\nfetched = 0",
    )
    .unwrap();
    let fill =
        |text: &str| sample::fill(text, &sample).map_err(|problem| (problem.line, problem.message));
    let filled = fill(
        "{{sample.built|One|# builds}}, {{sample.fetched|one path|# paths}}, {{sample.store}}",
    );
    assert_eq!(filled.unwrap(), "54 builds, one path, a.org");
    for (text, expected) in [
        ("{{sample.bilt}}", "the sample has no value `bilt`"),
        ("{{sample.built}}", "expected `built|one|# many` for a number"),
        ("{{sample.built|one|many}}", "expected `built|one|# many` for a number"),
        ("{{sample.failed|one|# many}}", "`failed` is none in the sample"),
        ("{{sample.store|one|# many}}", "`store` is a text and takes no forms"),
        ("{{sample.store", "expected `}}` after `{{`"),
    ] {
        assert_eq!(fill(&format!("First.\n{text}")), Err((2, expected.to_owned())));
    }
}
