//! The program that finds the versions in the plan of a log that compares nothing: it turns bytes
//! into bytes.

use analyzer::Report;
use analyzer::compare::planned_changes;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::protocol::{self, PlanQuestion};

/// Takes a [`PlanQuestion`] with the bytes of the report behind it, and gives the bytes of the
/// report with the changes of that run in it. Bytes that are nothing of the kind give none.
#[wasm_bindgen]
pub fn plan(request: &[u8]) -> Vec<u8> {
    answer(request).unwrap_or_default()
}

fn answer(request: &[u8]) -> Option<Vec<u8>> {
    let (PlanQuestion { run, earlier }, rest) = protocol::take(request)?;
    let mut report: Report = protocol::from_bytes(rest)?;
    let earlier = match earlier {
        Some((run, report)) => {
            let report: Report = protocol::from_bytes(&report)?;
            Some(report.runs.into_iter().nth(run as usize)?)
        }
        None => None,
    };
    let run = report.runs.get_mut(run as usize)?;
    run.changes = planned_changes(run, earlier.as_ref());
    protocol::to_bytes(&report)
}

#[cfg(test)]
mod tests {
    use analyzer::report::ChangeSource;

    use super::*;

    fn report(version: &str) -> Report {
        let path = format!("/nix/store/{}-ollama-{version}", "0".repeat(32));
        let log = format!(
            "this path will be fetched (1.00 MiB download, 2.00 MiB unpacked):\n  {path}\n\
             copying path '{path}' from 'https://a.test'...\n\
             activating the configuration...\n\
             Done. The new configuration is /nix/store/{}-nixos-system-laptop-25.05\n",
            "1".repeat(32)
        );
        let mut analyzer = analyzer::Analyzer::default();
        analyzer.feed(log.as_bytes());
        analyzer.finish()
    }

    #[track_caller]
    fn check(earlier: Option<(u32, Vec<u8>)>, old: &[&str], source: ChangeSource) {
        let mut request = protocol::to_bytes(&PlanQuestion { run: 0, earlier }).unwrap();
        request.extend(protocol::to_bytes(&report("0.6.0")).unwrap());
        let answer: Report = protocol::from_bytes(&plan(&request)).unwrap();
        let [change] = &answer.runs[0].changes[..] else { panic!("expected one change") };
        assert_eq!((&change.old[..], &change.new[..]), (&own(old)[..], &own(&["0.6.0"])[..]));
        assert_eq!(change.source, source);
    }

    fn own(versions: &[&str]) -> Vec<String> {
        versions.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_versions_of_a_plan_are_found_with_those_of_an_earlier_report() {
        check(None, &[], ChangeSource::Plan);
        let earlier = protocol::to_bytes(&report("0.5.13")).unwrap();
        check(Some((0, earlier)), &["0.5.13"], ChangeSource::History);
    }

    #[test]
    fn what_is_no_question_has_no_answer() {
        assert!(plan(b"").is_empty());
        assert!(plan(b"\xff\xff").is_empty());
    }
}
