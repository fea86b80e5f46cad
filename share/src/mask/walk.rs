//! Goes through every text of a report, so that none is forgotten.

use analyzer::report::{
    Activation, Change, Derivation, Failure, Fetch, Finding, Input, InputRevision, Report, Run,
    Source, Span, StageTime, Timeline, Units,
};

/// What a text of a report is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    /// A word of a list of ours, or a time of day: nothing of the log.
    Fixed,
    /// A name, a version, a unit or a store path.
    Name,
    /// Anything else that stands in the log, or a sentence about it.
    Text,
}

/// Calls `visit` for every text of the report.
pub(super) fn for_each_text(report: &mut Report, visit: &mut dyn FnMut(Field, &mut String)) {
    source(&mut report.source, visit);
    report.runs.iter_mut().for_each(|it| run(it, visit));
    report.findings.iter_mut().for_each(|it| finding(it, visit));
    all(&mut report.notes, Field::Text, visit);
}

type Visit<'a> = &'a mut dyn FnMut(Field, &mut String);

fn all<'a>(texts: impl IntoIterator<Item = &'a mut String>, field: Field, visit: Visit<'_>) {
    texts.into_iter().for_each(|text| visit(field, text));
}

fn source(source: &mut Source, visit: Visit<'_>) {
    visit(Field::Fixed, &mut source.encoding);
    // It says what an archive holds.
    all(&mut source.compression, Field::Text, visit);
    all(&mut source.envelopes, Field::Fixed, visit);
    all(&mut source.dialects, Field::Fixed, visit);
}

fn finding(finding: &mut Finding, visit: Visit<'_>) {
    visit(Field::Fixed, &mut finding.id);
    visit(Field::Text, &mut finding.text);
    all(&mut finding.article, Field::Fixed, visit);
}

fn run(run: &mut Run, visit: Visit<'_>) {
    all(&mut run.command, Field::Text, visit);
    all(&mut run.host, Field::Text, visit);
    span(&mut run.time, visit);
    run.stages.iter_mut().for_each(|StageTime { time, .. }| span(time, visit));
    let Timeline { chain, .. } = &mut run.timeline;
    all(chain, Field::Name, visit);
    run.derivations.iter_mut().for_each(|it| derivation(it, visit));
    run.fetches.iter_mut().for_each(|it| fetch(it, visit));
    run.changes.iter_mut().for_each(|it| change(it, visit));
    run.inputs.iter_mut().for_each(|it| input(it, visit));
    run.failures.iter_mut().for_each(|it| failure(it, visit));
    all(run.warnings.iter_mut().map(|it| &mut it.message), Field::Text, visit);
    run.activation.iter_mut().for_each(|it| activation(it, visit));
    if let Some(system) = &mut run.system {
        all(&mut system.path, Field::Name, visit);
        all(&mut system.label, Field::Name, visit);
    }
    let counted = run.counts.iter_mut().flat_map(|it| &mut it.stores);
    all(counted.filter_map(|it| it.store.as_mut()), Field::Text, visit);
    all(run.reboot.reasons.iter_mut().map(|it| &mut it.what), Field::Text, visit);
}

fn span(span: &mut Span, visit: Visit<'_>) {
    all(&mut span.from, Field::Fixed, visit);
    all(&mut span.to, Field::Fixed, visit);
    visit(Field::Text, &mut span.because);
}

fn derivation(derivation: &mut Derivation, visit: Visit<'_>) {
    all(&mut derivation.drv, Field::Name, visit);
    visit(Field::Name, &mut derivation.name);
    all(&mut derivation.version, Field::Name, visit);
    all(&mut derivation.host, Field::Text, visit);
    derivation.time.iter_mut().for_each(|it| span(it, visit));
    all(&mut derivation.caused_by_input, Field::Name, visit);
    for phase in &mut derivation.phases {
        visit(Field::Name, &mut phase.name);
        phase.time.iter_mut().for_each(|it| span(it, visit));
    }
    all(derivation.why_built.iter_mut().map(|it| &mut it.because), Field::Text, visit);
}

fn fetch(fetch: &mut Fetch, visit: Visit<'_>) {
    all(&mut fetch.path, Field::Name, visit);
    visit(Field::Name, &mut fetch.name);
    all(&mut fetch.version, Field::Name, visit);
    all(&mut fetch.output, Field::Name, visit);
    all(&mut fetch.store, Field::Text, visit);
}

fn change(change: &mut Change, visit: Visit<'_>) {
    visit(Field::Name, &mut change.name);
    all(&mut change.old, Field::Name, visit);
    all(&mut change.new, Field::Name, visit);
    all(&mut change.family, Field::Name, visit);
    all(&mut change.renamed_from, Field::Name, visit);
}

fn input(input: &mut Input, visit: Visit<'_>) {
    visit(Field::Name, &mut input.name);
    for InputRevision { url, rev, date, follows } in input.old.iter_mut().chain(&mut input.new) {
        all(url, Field::Text, visit);
        all(rev, Field::Name, visit);
        all(date, Field::Fixed, visit);
        all(follows, Field::Name, visit);
    }
}

fn failure(failure: &mut Failure, visit: Visit<'_>) {
    all(&mut failure.drv, Field::Name, visit);
    all(&mut failure.name, Field::Name, visit);
    all(&mut failure.version, Field::Name, visit);
    all(&mut failure.caused_by, Field::Name, visit);
    all(&mut failure.unit, Field::Name, visit);
    all(&mut failure.remedy, Field::Fixed, visit);
    visit(Field::Text, &mut failure.message);
    all(&mut failure.excerpt, Field::Text, visit);
    let details = &mut failure.details;
    all(&mut details.specified, Field::Name, visit);
    all(&mut details.got, Field::Name, visit);
    all(&mut details.signal, Field::Fixed, visit);
    all(&mut details.position, Field::Text, visit);
}

fn activation(activation: &mut Activation, visit: Visit<'_>) {
    let Units { stopped, started, restarted, reloaded, not_restarted, new, failed } =
        &mut activation.units;
    for units in [stopped, started, restarted, reloaded, not_restarted, new, failed] {
        all(units, Field::Name, visit);
    }
    all(&mut activation.bootloader, Field::Text, visit);
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::{Map, Value, json};

    use super::*;

    /// Makes a value of a schema in which everything is there, and each text is another one.
    struct Example {
        definitions: Value,
        n_texts: usize,
    }

    impl Example {
        fn of(&mut self, schema: &Value) -> Value {
            if let Some(name) = schema["$ref"].as_str().and_then(|it| it.rsplit('/').next()) {
                let definition = self.definitions[name].clone();
                return self.of(&definition);
            }
            if let Some(choices) = schema["anyOf"].as_array().or(schema["oneOf"].as_array()) {
                let choice = choices.iter().find(|it| it["type"] != "null").unwrap();
                return self.of(choice);
            }
            if let Some(word) = schema.get("const").or(schema["enum"].get(0)) {
                return word.clone();
            }
            let kind = schema["type"].as_str().or(schema["type"][0].as_str()).unwrap();
            match kind {
                "string" => self.text(),
                "integer" | "number" => json!(1),
                "boolean" => json!(true),
                "array" => self.array(schema),
                "object" => self.object(schema),
                other => panic!("a type that this test does not know: {other}"),
            }
        }

        fn text(&mut self) -> Value {
            self.n_texts += 1;
            json!(format!("text {}.", self.n_texts))
        }

        fn array(&mut self, schema: &Value) -> Value {
            let len = schema["minItems"].as_u64().unwrap_or(1);
            (0..len).map(|_| self.of(&schema["items"])).collect()
        }

        fn object(&mut self, schema: &Value) -> Value {
            let properties = schema["properties"].as_object().unwrap();
            properties
                .iter()
                .map(|(name, it)| (name.clone(), self.of(it)))
                .collect::<Map<_, _>>()
                .into()
        }
    }

    #[test]
    fn every_text_of_a_report_is_seen_once() {
        let schema = schemars::schema_for!(Report).to_value();
        let mut example = Example { definitions: schema["$defs"].clone(), n_texts: 0 };
        let value = example.of(&schema);
        let mut report: Report = serde_json::from_value(value).unwrap();
        let mut seen = BTreeSet::new();
        for_each_text(&mut report, &mut |_, text| assert!(seen.insert(text.clone()), "{text}"));
        let json = serde_json::to_string(&report).unwrap();
        for number in 1..=example.n_texts {
            let text = format!("text {number}.");
            assert!(seen.contains(&text), "not seen: {text} in {json}");
        }
        assert!(example.n_texts > 60);
    }
}
