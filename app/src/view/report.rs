//! The report: the verdict and what proves it.

use std::sync::Arc;

use analyzer::Report;
use leptos::prelude::*;

/// The report on a log.
#[component]
pub fn ReportView(
    /// What the log says.
    report: Arc<Report>,
    /// What the person knows the log by.
    name: String,
) -> impl IntoView {
    let finding = |finding: &analyzer::report::Finding| view! { <li>{finding.text.clone()}</li> };
    view! {
        <div class="report">
            <h1>{name}</h1>
            <p>{report.source.lines} " lines, " {report.runs.len()} " runs"</p>
            <ul>{report.findings.iter().map(finding).collect_view()}</ul>
        </div>
    }
}
