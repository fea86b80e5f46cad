//! What a run would have been spared without one of its builds.
//!
//! While a build is the only thing that goes on, everything else waits for it. By so much at least
//! the run would shrink if the build took no time; whether by more, only the whole graph would tell.

use crate::report::Derivation;
use crate::sorting;

/// The start or the end of a build, in seconds from the start of the run.
#[derive(Clone, Copy, Debug)]
struct Turn {
    at_s: f64,
    index: usize,
    begins: bool,
}

/// Fills in the drag of each build that was alone for a while; `busy` are the times in which
/// something else than builds went on, in seconds.
pub(super) fn fill(derivations: &mut [Derivation], busy: &[(f64, f64)]) {
    let Some(mut turns) = turns(derivations) else { return };
    for (index, (from_s, to_s)) in (derivations.len()..).zip(busy) {
        push(&mut turns, index, *from_s, *to_s);
    }
    // What ends at a moment makes room for what begins at it.
    sorting::sort_by(&mut turns, |a, b| a.at_s.total_cmp(&b.at_s).then(a.begins.cmp(&b.begins)));
    let mut n_running = 0_usize;
    // Where one is running, this is its index.
    let mut sum = 0;
    for (place, turn) in turns.iter().enumerate() {
        if turn.begins {
            (n_running, sum) = (n_running + 1, sum + turn.index);
        } else {
            (n_running, sum) = (n_running - 1, sum - turn.index);
        }
        let next_s = turns.get(place + 1).map_or(f64::INFINITY, |next| next.at_s);
        if let Some(derivation) = derivations.get_mut(sum).filter(|_| n_running == 1) {
            alone(derivation, turn.at_s, next_s);
        }
    }
}

/// When each build began, and had ended at the latest. `None` where one may have run at any time.
fn turns(derivations: &[Derivation]) -> Option<Vec<Turn>> {
    let mut turns = Vec::new();
    for (index, derivation) in derivations.iter().enumerate().filter(|(_, it)| it.started) {
        let from_s = derivation.from_s?;
        let high_s = derivation.time.as_ref().and_then(|time| time.high_s);
        let to_s = high_s.map_or(f64::INFINITY, |high_s| from_s + high_s);
        push(&mut turns, index, from_s, to_s);
    }
    Some(turns)
}

fn push(turns: &mut Vec<Turn>, index: usize, from_s: f64, to_s: f64) {
    if to_s > from_s {
        turns.push(Turn { at_s: from_s, index, begins: true });
        turns.push(Turn { at_s: to_s, index, begins: false });
    }
}

/// Takes a time in which nothing else can have run; the build may have ended in it.
fn alone(derivation: &mut Derivation, from_s: f64, to_s: f64) {
    let low_s = derivation.time.as_ref().and_then(|time| time.low_s);
    let Some(until_s) = derivation.from_s.zip(low_s).map(|(from_s, low_s)| from_s + low_s) else {
        return;
    };
    let seconds = to_s.min(until_s) - from_s;
    if seconds > 0.0 {
        derivation.drag_s = Some(derivation.drag_s.unwrap_or(0.0) + seconds);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::builds::Builds;
    use crate::model::time;
    use crate::model::why::{Evidence, Surroundings};
    use crate::moment::{At, Moment};
    use crate::report::Lines;

    #[track_caller]
    fn check(builds: &[(f64, Option<f64>, Option<f64>)], expected: &[Option<f64>]) {
        let mut derivations: Vec<_> = builds
            .iter()
            .map(|(from_s, low_s, high_s)| {
                let time = time::bounded(*low_s, *high_s, "", Lines::one(1));
                let mut list = Builds::default();
                list.start_named(At::one(Moment { line: 1, time: None }), "a", None);
                let report = list.into_report(None, &Evidence::new(&[], Surroundings::default()));
                Derivation { from_s: Some(*from_s), time: Some(time), ..report[0].clone() }
            })
            .collect();
        fill(&mut derivations, &[(100.0, 103.0)]);
        let found: Vec<_> = derivations.iter().map(|it| it.drag_s).collect();
        assert_eq!(found, expected);
    }

    fn exact(from_s: f64, seconds: f64) -> (f64, Option<f64>, Option<f64>) {
        (from_s, Some(seconds), Some(seconds))
    }

    #[test]
    fn builds_in_a_row_drag_by_all_of_their_time() {
        check(&[exact(0.0, 5.0), exact(5.0, 7.0)], &[Some(5.0), Some(7.0)]);
    }

    #[test]
    fn what_runs_beside_another_drags_by_what_is_left() {
        check(&[exact(0.0, 10.0), exact(2.0, 3.0)], &[Some(7.0), None]);
    }

    #[test]
    fn what_may_have_run_beside_it_takes_the_drag_away() {
        check(&[exact(0.0, 10.0), (2.0, None, None)], &[Some(2.0), None]);
        check(&[exact(0.0, 10.0), (2.0, None, Some(4.0))], &[Some(6.0), None]);
    }

    #[test]
    fn what_is_copied_meanwhile_takes_the_drag_away() {
        check(&[exact(98.0, 10.0)], &[Some(7.0)]);
    }

    #[test]
    fn only_what_a_build_certainly_took_counts() {
        check(&[(0.0, Some(4.0), Some(10.0))], &[Some(4.0)]);
    }
}
