//! The numbers of the sample log, in the text of the article that tells its story.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::figure::{Bar, Facts, Package};
use crate::problem::{Problem, line_of};

/// What the report of the sample says. A test of `app` keeps it as the report is.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Sample {
    /// Its values, by the names that a reader's report has them by too.
    pub(crate) values: BTreeMap<String, SampleValue>,
    /// What its figures show.
    figure: Figure,
}

/// [`Facts`] as they are written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Figure {
    system: Option<String>,
    generation: Option<u64>,
    configuration: u64,
    software: u64,
    other: u64,
    fetched: u64,
    package: Option<Versions>,
    #[serde(default)]
    stages: Vec<Row>,
    #[serde(default)]
    builds: Vec<Row>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Versions {
    name: String,
    old: String,
    new: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    name: String,
    time: String,
    from_s: f64,
    low_s: f64,
    high_s: f64,
}

impl Sample {
    /// What figures show of it.
    pub(crate) fn facts(&self) -> Facts {
        let Figure { system, generation, configuration, software, other, fetched, .. } =
            &self.figure;
        let package = self.figure.package.as_ref().map(|it| Package {
            name: it.name.clone(),
            old: it.old.clone(),
            new: it.new.clone(),
        });
        Facts {
            system: system.clone(),
            package,
            generation: *generation,
            configuration: *configuration,
            software: *software,
            other: *other,
            fetched: *fetched,
            stages: self.figure.stages.iter().map(bar).collect(),
            builds: self.figure.builds.iter().map(bar).collect(),
        }
    }
}

fn bar(it: &Row) -> Bar {
    let Row { name, time, from_s, low_s, high_s } = it;
    let (from_s, low_s, high_s) = (*from_s, *low_s, *high_s);
    Bar { name: name.clone(), time: time.clone(), from_s, low_s, high_s }
}

/// A value.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum SampleValue {
    /// A number of things.
    Count(u64),
    /// Words ready to be read.
    Text(String),
}

const OPEN: &str = "{{sample.";

/// Puts the values in the places `{{sample.built|one build|# builds}}` and `{{sample.store}}`.
pub(crate) fn fill(text: &str, sample: &Sample) -> Result<String, Problem> {
    let mut filled = String::new();
    let mut at = 0;
    while let Some(found) = text[at..].find(OPEN) {
        let open = at + found;
        let problem = |message: String| Problem::new(line_of(text, open), message);
        let Some(length) = text[open..].find("}}") else {
            return Err(problem("expected `}}` after `{{`".to_owned()));
        };
        filled.push_str(&text[at..open]);
        let inside = &text[open + OPEN.len()..open + length];
        filled.push_str(&words(inside, sample).map_err(problem)?);
        at = open + length + 2;
    }
    Ok(filled + &text[at..])
}

fn words(inside: &str, sample: &Sample) -> Result<String, String> {
    let (name, forms) = inside.split_once('|').unwrap_or((inside, ""));
    match (sample.values.get(name), forms.split_once('|')) {
        (None, _) => Err(format!("the sample has no value `{name}`")),
        (Some(SampleValue::Text(text)), None) if forms.is_empty() => Ok(text.clone()),
        (Some(SampleValue::Text(_)), _) => Err(format!("`{name}` is a text and takes no forms")),
        (Some(SampleValue::Count(0)), _) => Err(format!("`{name}` is none in the sample")),
        (Some(SampleValue::Count(1)), Some((one, _))) => Ok(one.to_owned()),
        (Some(SampleValue::Count(count)), Some((_, many))) if many.contains('#') => {
            Ok(many.replace('#', &count.to_string()))
        }
        (Some(SampleValue::Count(_)), _) => {
            Err(format!("expected `{name}|one|# many` for a number"))
        }
    }
}
