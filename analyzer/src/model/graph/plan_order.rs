//! What the order of a plan tells.
//!
//! Nix sorts the derivations that it will build depth first: it goes through them by path, and
//! lists what a derivation is made of, again by path, right before the derivation. So has every Nix
//! from 2.0 to 2.34. Whatever stands out of the order of paths is there because something below
//! needs it:
//!
//! - Of all that is left, the one with the first path is taken next. All that is listed from there
//!   up to it is listed because of it.
//! - The last of these, right above it, is one of its inputs, and the last that was taken of them:
//!   those right above with later paths are there because of this input.

/// For each path of the list of what Nix will build, in its order, the index of a later one that is
/// made of it, directly or by way of others in the list; `None` where the order does not tell. All
/// that the order tells follows from these.
pub fn users_in_plan(paths: &[&str]) -> Vec<Option<usize>> {
    let mut users = vec![None; paths.len()];
    let starts = run_starts(paths);
    let mut end = paths.len();
    // The last path is taken as the last; before what is there because of it stands the one that
    // was taken before.
    while end > 0 {
        chain(&starts, end - 1, &mut users);
        end = starts[end - 1];
    }
    users
}

/// Goes up from `root`, by the last input of each.
fn chain(starts: &[usize], root: usize, users: &mut [Option<usize>]) {
    let (mut first, mut user) = (starts[root], root);
    while first < user {
        let input = user - 1;
        let start = starts[input].max(first);
        users[first..start].fill(Some(user));
        users[input] = Some(user);
        (first, user) = (start, input);
    }
}

/// For each path the index where the run of later paths right above it begins.
fn run_starts(paths: &[&str]) -> Vec<usize> {
    let mut starts = Vec::with_capacity(paths.len());
    let mut smaller: Vec<usize> = Vec::new();
    for (index, path) in paths.iter().enumerate() {
        while smaller.last().is_some_and(|last| paths[*last] > *path) {
            smaller.pop();
        }
        starts.push(smaller.last().map_or(0, |last| last + 1));
        smaller.push(index);
    }
    starts
}
#[cfg(test)]
mod tests {
    use super::users_in_plan;

    #[track_caller]
    fn check(paths: &str, expected: &[Option<usize>]) {
        let paths: Vec<&str> = paths.split(' ').collect();
        assert_eq!(users_in_plan(&paths), expected, "{paths:?}");
    }

    #[test]
    fn what_stands_before_its_turn_is_an_input() {
        // The kernel: archive, kernel, two modules, all modules; then a shrunk set and an initrd.
        check(
            "7r b0 v3 z2 0b xd 2j 2k",
            &[Some(4), Some(4), Some(3 + 1), Some(4), None, Some(6), None, None],
        );
    }

    #[test]
    fn a_list_by_path_tells_nothing() {
        check("a b c", &[None, None, None]);
    }

    #[test]
    fn a_list_against_all_order_is_a_chain() {
        check("d c b a", &[Some(1), Some(2), Some(3), None]);
    }

    #[test]
    fn an_input_before_a_later_one_may_be_of_either() {
        // `b` and `c`: both are inputs of `a`, perhaps one by way of the other.
        check("b c a", &[Some(2), Some(2), None]);
    }

    #[test]
    fn an_empty_plan_has_no_order() {
        assert_eq!(users_in_plan(&[]), []);
    }
}
