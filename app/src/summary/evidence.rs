//! Which lines prove a single event, where a fact also names the lines that announced it.

use analyzer::report::{Lines, Plan};

/// Where something was started, copied or failed: its lines without those of the plan. All of
/// them if it was only planned.
pub fn beyond_plan(lines: &Lines, plan: Option<&Plan>) -> Lines {
    let Some(plan) = plan else { return lines.clone() };
    let is_planned =
        |line: u32| plan.lines.0.iter().any(|[first, last]| (*first..=*last).contains(&line));
    let kept: Vec<[u32; 2]> = lines
        .0
        .iter()
        .copied()
        .filter(|[first, last]| !is_planned(*first) || !is_planned(*last))
        .collect();
    if kept.is_empty() { lines.clone() } else { Lines(kept) }
}

/// All lines between the first and the last of several facts.
pub fn of_all<'a>(facts: impl Iterator<Item = &'a Lines>) -> Lines {
    let mut range: Option<[u32; 2]> = None;
    for (first, last) in facts.filter_map(|lines| Some((lines.first()?, lines.last()?))) {
        let [known_first, known_last] = range.unwrap_or([first, last]);
        range = Some([known_first.min(first), known_last.max(last)]);
    }
    range.map(|[first, last]| Lines::range(first, last)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(first: u32, last: u32) -> Plan {
        Plan { lines: Lines::range(first, last), ..Plan::default() }
    }

    #[test]
    fn the_plan_is_no_proof_of_a_build() {
        let lines = Lines(vec![[5, 5], [40, 40], [60, 61]]);
        assert_eq!(beyond_plan(&lines, Some(&plan(1, 20))), Lines(vec![[40, 40], [60, 61]]));
    }

    #[test]
    fn what_was_only_planned_is_proved_by_the_plan() {
        assert_eq!(beyond_plan(&Lines::one(5), Some(&plan(1, 20))), Lines::one(5));
        assert_eq!(beyond_plan(&Lines::one(5), None), Lines::one(5));
    }

    #[test]
    fn several_facts_span_from_the_first_to_the_last_line() {
        let facts = [Lines::one(30), Lines::default(), Lines(vec![[4, 5], [9, 9]])];
        assert_eq!(of_all(facts.iter()), Lines::range(4, 30));
        assert_eq!(of_all([].into_iter()), Lines::default());
    }
}
