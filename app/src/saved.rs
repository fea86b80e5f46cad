//! The program that reads saved reports for the page: it turns bytes into bytes.

use analyzer::Report;
use analyzer::inventory::Inventory;
use analyzer::report::SCHEMA;
use serde::Deserialize;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::protocol::{self, Response};

/// Takes a report in its public form, as `rebuildscope report --format json` writes it, and gives
/// the message that the worker would give for its log.
#[wasm_bindgen]
pub fn run(request: &[u8]) -> Vec<u8> {
    // A saved report does not hold what was listed.
    let listed = None::<Inventory>;
    let answer = match read(request) {
        Ok(report) => protocol::to_bytes(&(Response::Done, report, listed)),
        Err(message) => protocol::to_bytes(&Response::Failed { message }),
    };
    answer.unwrap_or_default()
}

/// What is looked at first: the rest may be of a form that does not exist yet.
#[derive(Deserialize)]
struct Head {
    schema: u32,
}

fn read(json: &[u8]) -> Result<Report, String> {
    let json = json.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(json);
    let head: Head = serde_json::from_slice(json).map_err(|error| damaged(&error))?;
    if head.schema > SCHEMA {
        return Err(format!(
            "This report was saved by a newer version, in form {}. Reload the page to be up to date.",
            head.schema
        ));
    }
    serde_json::from_slice(json).map_err(|error| damaged(&error))
}

fn damaged(error: &serde_json::Error) -> String {
    format!("This begins like a saved report, but is none or is damaged: {error}.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_comes_back_as_it_was_saved() {
        let mut analyzer = analyzer::Analyzer::default();
        analyzer.feed(b"building the system configuration...\n");
        let report = analyzer.finish();
        let json = serde_json::to_string(&report).unwrap();
        let expected = protocol::to_bytes(&(Response::Done, report, None::<Inventory>));
        assert_eq!(Some(run(json.as_bytes())), expected);
    }

    #[test]
    fn what_is_no_report_gets_a_sentence() {
        let cases = [
            ("{\"schema\":1}", "damaged: missing field `source`"),
            ("{\"schema\":1,\"source\":", "damaged: EOF while parsing"),
            ("{\"schema\":\"one\"}", "damaged: invalid type"),
            ("{\"schema\":7,\"all\":\"is different\"}", "newer version, in form 7"),
        ];
        for (json, expected) in cases {
            let answer = protocol::from_bytes(&run(json.as_bytes()));
            let Some(Response::Failed { message }) = answer else { panic!("{json} was read") };
            assert!(message.contains(expected), "{message}");
        }
    }
}
