//! The figures of an article, drawn from the reader's report: asked of a program that is loaded
//! for them alone.

use crate::browser::task::{Program, Tasks};
use crate::protocol::{self, DrawQuestion};

/// A drawing for each of the figures, given by name; `None` for those of which the run tells too
/// little, and for all if the program cannot be had: the drawings of the sample stay then.
pub async fn drawn(report: &[u8], run: usize, figures: Vec<String>) -> Vec<Option<String>> {
    let run = u32::try_from(run).unwrap_or(u32::MAX);
    let mut request = protocol::to_bytes(&DrawQuestion { run, figures }).unwrap_or_default();
    request.extend(report);
    let answer = async { Tasks::start()?.run(Program::Draw, &request).await };
    let answer = answer.await.unwrap_or_default();
    protocol::from_bytes(&answer).unwrap_or_default()
}
