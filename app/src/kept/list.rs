//! The list of kept reports: what stands together, and in which order.

use super::Kept;
use super::facts::Facts;
use crate::sorting;

/// A report that is kept, with its number.
#[derive(Clone, Debug, PartialEq)]
pub struct Stored {
    /// Its number, which no other report gets.
    pub id: u32,
    /// What is kept.
    pub kept: Kept,
}

/// Runs of one host.
#[derive(Clone, Debug, PartialEq)]
pub struct Host {
    /// Its name; `None` for runs of which the log does not name it.
    pub name: Option<String>,
    /// The runs, newest first.
    pub rows: Vec<Row>,
}

/// A run of a kept report.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The number of the report.
    pub id: u32,
    /// What the report is called.
    pub label: String,
    /// When the report was kept, as RFC 3339.
    pub at: String,
    /// Index of the run in the report.
    pub run: usize,
    /// What is known of it.
    pub facts: Facts,
}

impl Row {
    /// When the run began, or else when its report was kept, as RFC 3339.
    pub fn when(&self) -> &str {
        self.facts.from.as_deref().unwrap_or(&self.at)
    }
}

/// All runs by their hosts, in the order of names; those without a name come last.
pub fn by_host(all: &[Stored]) -> Vec<Host> {
    let mut hosts: Vec<Host> = Vec::new();
    for Stored { id, kept } in all {
        for (run, facts) in kept.runs.iter().enumerate() {
            let (label, at, facts) = (kept.label.clone(), kept.at.clone(), facts.clone());
            let row = Row { id: *id, label, at, run, facts };
            match hosts.iter_mut().find(|host| host.name == row.facts.host) {
                Some(host) => host.rows.push(row),
                None => hosts.push(Host { name: row.facts.host.clone(), rows: vec![row] }),
            }
        }
    }
    for host in &mut hosts {
        // Times with different offsets are hours apart at most: good enough to look at.
        host.rows = sorting::sorted(&host.rows, |a, b| b.when().cmp(a.when()));
    }
    let key = |host: &Host| (host.name.is_none(), host.name.clone());
    sorting::sorted(&hosts, |a, b| key(a).cmp(&key(b)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;

    fn stored(id: u32, at: &str, runs: &[(&str, &str)]) -> Stored {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let facts = |(host, from): &(&str, &str)| Facts {
            host: some(host),
            from: some(from),
            ..Facts::of(&testing::run())
        };
        let runs = runs.iter().map(facts).collect();
        let kept = Kept { at: at.to_owned(), label: String::new(), link: "r1a".to_owned(), runs };
        Stored { id, kept }
    }

    #[test]
    fn runs_stand_with_those_of_their_host_and_the_newest_comes_first() {
        let all = [
            stored(1, "2025-03-01", &[("server", "2025-02-28"), ("laptop", "")]),
            stored(2, "2025-03-09", &[("", "")]),
            stored(3, "2025-03-05", &[("laptop", ""), ("laptop", "2025-02-01")]),
        ];
        let found: Vec<_> = by_host(&all)
            .into_iter()
            .map(|host| {
                let rows: Vec<_> = host.rows.iter().map(|row| (row.id, row.run)).collect();
                (host.name.unwrap_or_default(), rows)
            })
            .collect();
        let expected = [
            ("laptop".to_owned(), vec![(3, 0), (1, 1), (3, 1)]),
            ("server".to_owned(), vec![(1, 0)]),
            (String::new(), vec![(2, 0)]),
        ];
        assert_eq!(found, expected);
    }
}
