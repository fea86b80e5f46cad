//! Lanes, heaps of builds and how many there are at once.

use super::*;
use crate::testing;

fn run_of(builds: &[(&str, f64, f64)]) -> Run {
    let mut run = testing::run();
    for (name, from_s, to_s) in builds {
        let mut derivation = testing::built(name);
        derivation.from_s = Some(*from_s);
        derivation.time = Some(testing::stamped(to_s - from_s));
        run.derivations.push(derivation);
    }
    run
}

fn of_few(run: &Run) -> Lanes {
    lanes(run, FEW_LANES).unwrap()
}

#[test]
fn builds_beside_each_other_are_in_different_lanes() {
    let lanes = of_few(&run_of(&[("a", 0.0, 10.0), ("b", 5.0, 20.0), ("c", 10.0, 30.0)]));
    let builds: Vec<Vec<_>> =
        lanes.others.iter().map(|lane| lane.iter().map(|bar| bar.builds[0]).collect()).collect();
    assert_eq!(builds, [vec![0, 2], vec![1]]);
}

#[test]
fn the_longest_chain_has_a_lane_of_its_own() {
    let mut run = run_of(&[("a", 0.0, 10.0), ("b", 0.0, 20.0)]);
    run.timeline.chain = vec![run.derivations[1].drv.clone().unwrap()];
    let lanes = of_few(&run);
    assert_eq!(lanes.chain.len(), 1);
    assert_eq!(lanes.chain[0].builds, [1]);
    assert_eq!(lanes.others.len(), 1);
}

#[test]
fn short_neighbours_are_one_bar_until_one_looks_closer() {
    let lanes = of_few(&run_of(&[("a", 0.0, 0.1), ("b", 0.1, 0.2), ("c", 50.0, 100.0)]));
    let builds = |from_s, to_s| {
        let seen = lanes.seen(from_s, to_s);
        seen.others[0].iter().map(|bar| bar.builds.len()).collect::<Vec<_>>()
    };
    assert_eq!(builds(0.0, 100.0), [2, 1]);
    assert_eq!(builds(0.0, 5.0), [1, 1]);
    assert_eq!(builds(40.0, 60.0), [1]);
}

#[test]
fn builds_that_no_lane_has_room_for_are_counted() {
    let many: Vec<_> = (0..10).map(|_| ("a", 0.0, 10.0)).collect();
    let few = of_few(&run_of(&many));
    assert_eq!((few.others.len(), few.left_out), (FEW_LANES, 2));
    let all = lanes(&run_of(&many), usize::MAX).unwrap();
    assert_eq!((all.others.len(), all.left_out), (10, 0));
}

#[test]
fn a_build_without_an_end_is_a_start() {
    let mut run = run_of(&[("a", 0.0, 10.0), ("b", 5.0, 5.0)]);
    run.derivations[1].time = None;
    let mut later = testing::built("c");
    (later.from_s, later.time) = (Some(6.0), Some(testing::at_least(3.0)));
    run.derivations.push(later);
    let lanes = of_few(&run);
    assert_eq!(lanes.starts.iter().map(|bar| bar.builds[0]).collect::<Vec<_>>(), [1]);
    let ends: Vec<_> = lanes.others.iter().flatten().map(|bar| bar.end).collect();
    assert_eq!(ends, [End::Known, End::NotBefore]);
    assert_eq!(Concurrency::of(&run).most(), 2);
}

#[test]
fn without_starts_there_are_no_lanes() {
    let mut run = testing::run();
    run.derivations.push(testing::built("a"));
    assert_eq!(lanes(&run, FEW_LANES), None);
}

#[test]
fn builds_at_once_rise_and_fall() {
    let concurrency = Concurrency::of(&run_of(&[("a", 0.0, 50.0), ("b", 25.0, 100.0)]));
    let steps = |from_s, to_s| {
        let steps = concurrency.steps(from_s, to_s);
        steps.iter().map(|step| (step.x.0, step.builds)).collect::<Vec<_>>()
    };
    assert_eq!(steps(0.0, 100.0), [(0.0, 1), (25.0, 2), (50.0, 1)]);
    assert_eq!(steps(25.0, 75.0), [(0.0, 2), (50.0, 1)]);
    assert_eq!(concurrency.most(), 2);
}

#[test]
fn a_build_that_starts_when_another_ends_is_not_beside_it() {
    let concurrency = Concurrency::of(&run_of(&[("a", 0.0, 50.0), ("b", 50.0, 100.0)]));
    assert_eq!(concurrency.most(), 1);
    assert!(concurrency.steps(0.0, 100.0).iter().all(|step| step.builds == 1));
}

#[test]
fn parts_of_a_timeline_do_not_touch() {
    let bar = Bar { builds: vec![0], from_s: 0.0, to_s: 1.0, end: End::Known };
    let mut lanes = Lanes {
        chain: vec![bar.clone()],
        others: vec![vec![bar.clone()]; 2],
        starts: vec![bar],
        left_out: 0,
        longest: None,
    };
    let bands = Bands::of(&lanes, true);
    let [chain, others, starts, downloads] =
        [bands.chain, bands.others, bands.starts, bands.downloads].map(Option::unwrap);
    assert!(bands.concurrency.unwrap() < chain && chain + Bands::CHAIN < others);
    assert!(Bands::lane(others, 1) + Bands::BAR < starts);
    assert!(starts + Bands::BAR < downloads && downloads + Bands::BAR <= bands.height);
    lanes.chain.clear();
    lanes.others.clear();
    let bands = Bands::of(&lanes, false);
    assert_eq!(
        (bands.concurrency, bands.chain, bands.others, bands.downloads),
        (None, None, None, None)
    );
}
