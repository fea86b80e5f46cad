//! Tells what is built only because something that it is made of is built.

use crate::model::builds::Need;
use crate::model::graph::Origin;
use crate::model::kind::full_name;
use crate::report::{Confidence, Derivation, DerivationKind, WhyBuilt, WhyBuiltGuess};

/// Follows `needs` from the builds that have a reason of their own to those that are made of them.
/// `started` has the indices in order of start: what is used began before its user.
pub(in crate::model) fn follow(derivations: &mut [Derivation], started: &[usize], needs: &[Need]) {
    for user in started {
        if !is_open(&derivations[*user]) {
            continue;
        }
        let first = needs.partition_point(|need| need.user < *user);
        let own = needs[first..].iter().take_while(|need| need.user == *user);
        let mut causes = own.filter(|need| is_cause(&derivations[need.input]));
        let Some(need) = causes.next() else { continue };
        let input = &derivations[need.input];
        let name = full_name(&input.name, input.version.as_deref());
        let root = input.caused_by_input.clone().or_else(|| input.drv.clone());
        let confidence = match need.origin {
            Origin::Read => Confidence::Likely,
            Origin::Inferred => Confidence::Possible,
        };
        let because = format!("it is made of {name}, which is built here, too");
        let user = &mut derivations[*user];
        user.caused_by_input = root;
        user.why_built = Some(WhyBuilt { guess: WhyBuiltGuess::Dependency, confidence, because });
    }
}

/// Whether nothing better is known of a package than that no cache has it.
fn is_open(derivation: &Derivation) -> bool {
    use WhyBuiltGuess::{AheadOfCache, CacheNotAsked, NotInCache};
    is_package(derivation)
        && derivation
            .why_built
            .as_ref()
            .is_some_and(|why| matches!(why.guess, AheadOfCache | CacheNotAsked | NotInCache))
}

/// Whether whatever is made of it cannot be in a cache either.
fn is_cause(derivation: &Derivation) -> bool {
    use WhyBuiltGuess::{Dependency, NotInCache, OtherSystem, Override, OwnSource, UnfreeOrCuda};
    is_package(derivation)
        && derivation.why_built.as_ref().is_some_and(|why| {
            matches!(
                why.guess,
                Dependency | NotInCache | OtherSystem | Override | OwnSource | UnfreeOrCuda
            )
        })
}

fn is_package(derivation: &Derivation) -> bool {
    matches!(derivation.kind, DerivationKind::Software | DerivationKind::KernelOrInitrd)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{DerivationStatus, Lines};

    fn package(name: &str, guess: WhyBuiltGuess) -> Derivation {
        Derivation {
            drv: Some(format!("/nix/store/x-{name}.drv")),
            name: name.to_owned(),
            version: Some("1".to_owned()),
            kind: DerivationKind::Software,
            planned: true,
            started: true,
            status: DerivationStatus::Built,
            host: None,
            time: None,
            from_s: None,
            drag_s: None,
            caused_by_input: None,
            phases: Vec::new(),
            log_lines: 0,
            silence: None,
            why_built: Some(WhyBuilt {
                guess,
                confidence: Confidence::Possible,
                because: String::new(),
            }),
            lines: Lines::one(1),
        }
    }

    fn need(user: usize, input: usize, origin: Origin) -> Need {
        Need { user, input, origin }
    }

    #[test]
    fn what_is_made_of_a_changed_package_is_built_because_of_it() {
        use WhyBuiltGuess::{NotInCache, Override};
        let mut all =
            [package("glibc", Override), package("curl", NotInCache), package("git", NotInCache)];
        let needs = [need(1, 0, Origin::Read), need(2, 1, Origin::Inferred)];
        follow(&mut all, &[0, 1, 2], &needs);
        let guesses = all.each_ref().map(|it| it.why_built.as_ref().unwrap().guess);
        assert_eq!(guesses, [Override, WhyBuiltGuess::Dependency, WhyBuiltGuess::Dependency]);
        let roots = all.each_ref().map(|it| it.caused_by_input.as_deref());
        let glibc = Some("/nix/store/x-glibc.drv");
        assert_eq!(roots, [None, glibc, glibc]);
        assert_eq!(all[2].why_built.as_ref().unwrap().confidence, Confidence::Possible);
    }

    #[test]
    fn what_has_a_reason_of_its_own_keeps_it() {
        use WhyBuiltGuess::{NotInCache, UnfreeOrCuda};
        let mut all = [package("glibc", NotInCache), package("discord", UnfreeOrCuda)];
        follow(&mut all, &[0, 1], &[need(1, 0, Origin::Read)]);
        assert_eq!(all[1].why_built.as_ref().unwrap().guess, UnfreeOrCuda);
    }
}
