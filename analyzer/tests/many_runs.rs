//! A log of very many runs: the report has the last of them and says so.

use analyzer::{Analyzer, Report};

/// A rebuild that fetches so many paths, of which the number `run` shows in the names.
fn run(run: usize, n_paths: usize) -> String {
    let path = |at: usize| format!("/nix/store/{at:032}-thing{run}-1.{at}");
    let listed = (0..n_paths).map(|at| format!("  {}\n", path(at)));
    let copied = (0..n_paths)
        .map(|at| format!("copying path '{}' from 'https://cache.nixos.org'...\n", path(at)));
    format!(
        "$ sudo nixos-rebuild switch\n\
         building the system configuration...\n\
         these {n_paths} paths will be fetched (1.0 MiB download, 2.0 MiB unpacked):\n\
         {}{}activating the configuration...\nsetting up /etc...\n",
        listed.collect::<String>(),
        copied.collect::<String>(),
    )
}

fn read(runs: impl Iterator<Item = String>) -> (Report, u32) {
    let mut analyzer = Analyzer::default();
    runs.for_each(|run| analyzer.feed(run.as_bytes()));
    let copied = analyzer.progress().paths_copied;
    (analyzer.finish(), copied)
}

fn note(report: &Report) -> Option<&String> {
    report.notes.iter().find(|note| note.contains("more than one report takes"))
}

#[test]
fn all_runs_of_an_ordinary_log_are_kept() {
    let (report, _) = read((0..365).map(|at| run(at, 20)));
    assert_eq!(report.runs.len(), 365);
    assert_eq!(note(&report), None);
}

#[test]
fn the_last_of_very_many_runs_are_kept_and_the_others_are_counted() {
    for (n_runs, n_paths) in [(300_usize, 200_usize), (1500, 2)] {
        let (report, copied) = read((0..n_runs).map(|at| run(at, n_paths)));
        assert_eq!(copied as usize, n_runs * n_paths, "progress counts all");
        let n_kept = report.runs.len();
        assert!(n_kept <= 1000 && n_kept * n_paths <= 40_000, "{n_kept}");
        assert!(n_kept > 700 || n_kept * n_paths > 29_000, "{n_kept}");
        let note = note(&report).unwrap();
        let said = format!(
            "holds {n_runs} runs, more than one report takes. This one is of the last {n_kept}"
        );
        assert!(note.contains(&said), "{note}");
        let (alone, _) = read(std::iter::once(run(n_runs - 1, n_paths)));
        let (last, alone) = (report.runs.last().unwrap(), &alone.runs[0]);
        assert_eq!(last.fetches.len(), n_paths);
        assert_eq!(last.fetches[0].name, alone.fetches[0].name);
        assert_eq!(last.outcome, alone.outcome);
        let first = report.source.lines - alone.lines.last().unwrap();
        assert_eq!(last.lines.first(), Some(first + alone.lines.first().unwrap()));
    }
}

#[test]
fn one_run_is_kept_whatever_it_holds() {
    let (report, _) = read([run(0, 45_000), run(1, 3)].into_iter());
    assert_eq!(report.runs.len(), 1, "the one before it goes");
    let (report, _) = read(std::iter::once(run(0, 45_000)));
    assert_eq!(report.runs[0].fetches.len(), 45_000);
    assert_eq!(note(&report), None);
}
