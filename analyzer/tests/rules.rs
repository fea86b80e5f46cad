//! The rules of a comparison, one by one: what two systems hold, and what is said of them.

use analyzer::compare::compare;
use analyzer::report::{Change, ChangeKind, DerivationKind};
use analyzer::{Analyzer, Reading};

/// A listing of store paths; `name#2` has another hash than `name`.
fn system(paths: &[&str]) -> Reading {
    let mut analyzer = Analyzer::default();
    for path in paths {
        let (name, copy) = path.split_once('#').unwrap_or((path, "0"));
        let copy: u64 = copy.parse().expect("a number");
        let hash = name.bytes().fold(copy, |hash, byte| hash.wrapping_mul(31) + u64::from(byte));
        analyzer.feed(format!("/nix/store/{hash:032}-{name}\n").as_bytes());
    }
    analyzer.finish_reading()
}

/// A change in one line: `curl 8.1 x1 -> 8.1 x2: duplicated`, with its level, family and old name.
fn told(change: &Change) -> String {
    let side = |versions: &[String], count: Option<u32>| match (versions, count) {
        (_, Some(0)) => "nothing".to_owned(),
        ([], count) => format!("unversioned x{}", count.unwrap_or_default()),
        (versions, Some(count)) if count as usize != versions.len() => {
            format!("{} x{count}", versions.join(", "))
        }
        (versions, _) => versions.join(", "),
    };
    let (old, new) = (side(&change.old, change.old_count), side(&change.new, change.new_count));
    let mut words = vec![format!("{:?}", change.kind).to_lowercase()];
    words.extend(change.level.map(|level| format!("{level:?}").to_lowercase()));
    words.extend(change.family.as_ref().map(|family| format!("of {family}")));
    words.extend(change.renamed_from.as_ref().map(|before| format!("was {before}")));
    words.extend(
        (change.subject == DerivationKind::Configuration).then(|| "configuration".to_owned()),
    );
    format!("{} {old} -> {new}: {}", change.name, words.join(", "))
}

#[track_caller]
fn check(old: &[&str], new: &[&str], expected: &[&str]) {
    let report = compare(&system(old), &system(new));
    let changes: Vec<String> = report.runs[0].changes.iter().map(told).collect();
    assert_eq!(changes, expected, "{old:?} -> {new:?}");
}

#[test]
fn a_new_version_beside_a_kept_one_is_no_downgrade() {
    check(
        &["expat-2.6.3", "expat-2.6.3#1"],
        &["expat-2.6.3", "expat-2.6.4"],
        &["expat 2.6.3 x2 -> 2.6.3, 2.6.4: duplicated"],
    );
    check(
        &["ffmpeg-6.1.2", "ffmpeg-7.1"],
        &["ffmpeg-4.4.5", "ffmpeg-6.1.2", "ffmpeg-7.1"],
        &["ffmpeg 6.1.2, 7.1 -> 4.4.5, 6.1.2, 7.1: duplicated"],
    );
}

#[test]
fn a_dropped_duplicate_is_no_downgrade() {
    check(
        &["glibc-2.37-8", "glibc-2.38-27"],
        &["glibc-2.38-27"],
        &["glibc 2.37-8, 2.38-27 -> 2.38-27: deduplicated"],
    );
    check(&["a-1.0", "a-2.0"], &["a-1.0"], &["a 1.0, 2.0 -> 1.0: deduplicated"]);
    check(&["a-1.0", "a-1.0#1"], &["a-1.0"], &["a 1.0 x2 -> 1.0: deduplicated"]);
}

#[test]
fn an_extra_copy_is_no_upgrade() {
    check(&["curl-8.1"], &["curl-8.1", "curl-8.1#1"], &["curl 8.1 -> 8.1 x2: duplicated"]);
    check(&["a-1.0"], &["a-1.0", "a-2.0"], &["a 1.0 -> 1.0, 2.0: duplicated"]);
}

#[test]
fn one_of_several_versions_may_move() {
    check(
        &["nodejs-20.17.0", "nodejs-22.9.0"],
        &["nodejs-20.18.1", "nodejs-22.9.0"],
        &["nodejs 20.17.0, 22.9.0 -> 20.18.1, 22.9.0: upgraded, minor"],
    );
    check(
        &["llvm-17.0.6", "llvm-19.1.7"],
        &["llvm-18.1.8", "llvm-19.1.6"],
        &["llvm 17.0.6, 19.1.7 -> 18.1.8, 19.1.6: changed, major"],
    );
}

#[test]
fn outputs_are_of_one_package() {
    check(
        &["openssl-3.3.3", "openssl-3.3.3-bin", "openssl-3.3.3-dev", "openssl-3.3.3-man"],
        &["openssl-3.4.1", "openssl-3.4.1-bin", "openssl-3.4.1-man"],
        &["openssl 3.3.3 x4 -> 3.4.1 x3: upgraded, minor"],
    );
    // Nothing tells whether this is an output or a pre-release; no version is invented.
    check(&["a-1.0-dev"], &["a-1.1-dev"], &["a 1.0-dev -> 1.1-dev: upgraded, minor"]);
}

#[test]
fn the_same_versions_are_rebuilt() {
    check(&["zlib-1.3.1"], &["zlib-1.3.1#1"], &["zlib 1.3.1 -> 1.3.1: rebuilt"]);
    check(&["zlib-1.3.1"], &["zlib-1.3.1"], &[]);
}

#[test]
fn configuration_is_told_apart() {
    check(
        &["etc", "unit-nginx.service", "set-environment"],
        &["etc#1", "unit-nginx.service#1", "set-environment"],
        &[
            "etc unversioned x1 -> unversioned x1: rebuilt, configuration",
            "unit-nginx.service unversioned x1 -> unversioned x1: rebuilt, configuration",
        ],
    );
}

#[test]
fn an_interpreter_takes_its_package_set_along() {
    check(
        &["python3-3.13.2", "python3.13-requests-2.32.3", "python3.13-pip-25.0"],
        &["python3-3.14.0", "python3.14-requests-2.32.3", "python3.14-pip-25.3"],
        &[
            "python3 3.13.2 -> 3.14.0: upgraded, minor, of python",
            "python3.14-pip 25.0 -> 25.3: upgraded, minor, of python, was python3.13-pip",
            "python3.14-requests 2.32.3 -> 2.32.3: rebuilt, of python, was python3.13-requests",
        ],
    );
    check(
        &["perl-5.38.2", "perl5.38.2-URI-5.21"],
        &["perl-5.40.0", "perl5.40.0-URI-5.30"],
        &[
            "perl 5.38.2 -> 5.40.0: upgraded, minor, of perl",
            "perl5.40.0-URI 5.21 -> 5.30: upgraded, minor, of perl, was perl5.38.2-URI",
        ],
    );
    check(
        &["ocaml5.1.0-findlib-1.9.6"],
        &["ocaml5.1.1-findlib-1.9.6"],
        &["ocaml5.1.1-findlib 1.9.6 -> 1.9.6: rebuilt, of ocaml, was ocaml5.1.0-findlib"],
    );
}

#[test]
fn a_kernel_takes_its_modules_and_drivers_along() {
    check(
        &[
            "linux-6.12.18",
            "linux-6.12.18-modules",
            "nvidia-x11-570.124.04-6.12.18",
            "v4l2loopback-0.13.2-6.12.18",
            "zfs-kernel-2.2.7-6.12.18",
        ],
        &[
            "linux-6.12.19",
            "linux-6.12.19-modules",
            "nvidia-x11-570.124.04-6.12.19",
            "v4l2loopback-0.13.2-6.12.19",
            "zfs-kernel-2.2.7-6.12.19",
        ],
        &[
            "linux 6.12.18, 6.12.18-modules -> 6.12.19, 6.12.19-modules: upgraded, patch, of linux",
            "nvidia-x11 570.124.04-6.12.18 -> 570.124.04-6.12.19: upgraded, patch, of linux",
            "v4l2loopback 0.13.2-6.12.18 -> 0.13.2-6.12.19: upgraded, patch, of linux",
            "zfs-kernel 2.2.7-6.12.18 -> 2.2.7-6.12.19: upgraded, patch, of linux",
        ],
    );
}

/// Packages that change together, by name.
#[test]
fn packages_are_of_families() {
    for (family, names) in [
        (
            "haskell",
            &["ghc-9.6.6", "haskell-language-server-2.9.0.1", "cabal-install-3.12.1.0"][..],
        ),
        ("texlive", &["texlive-2024", "texlive-scripts-2024"]),
        ("gnome", &["gnome-shell-47.3", "mutter-47.4", "nautilus-47.2"]),
        ("kde", &["plasma-workspace-6.3.2", "kwin-6.3.2", "kio-6.11.0"]),
        ("qt", &["qtbase-6.8.2", "qtwayland-6.8.2", "qtbase-5.15.16"]),
        ("vim", &["vimplugin-nvim-lspconfig-2025-03-01", "vimplugin-plenary.nvim-2024-09-17"]),
        ("tree-sitter", &["tree-sitter-0.25.3", "tree-sitter-nix-0.0.2", "nix-grammar-0.25.3"]),
        ("nerd-fonts", &["nerd-fonts-fira-code-3.3.0", "nerdfonts-3.2.1"]),
        ("locales", &["glibc-locales-2.40-66", "hunspell-dict-en-us-2020.12.07"]),
    ] {
        for name in names {
            let report = compare(&system(&["a-1"]), &system(&["a-1", name]));
            let [change] = &report.runs[0].changes[..] else { panic!("{name}") };
            assert_eq!(change.family.as_deref(), Some(family), "{name}");
        }
    }
}

#[test]
fn a_rename_needs_good_evidence() {
    // The same version and all words of the other name.
    check(
        &["noto-fonts-emoji-2.047"],
        &["noto-fonts-color-emoji-2.047"],
        &["noto-fonts-color-emoji 2.047 -> 2.047: rebuilt, was noto-fonts-emoji"],
    );
    // Names of different words.
    check(
        &["pulseaudio-17.0"],
        &["pipewire-1.2.7"],
        &["pipewire nothing -> 1.2.7: added", "pulseaudio 17.0 -> nothing: removed"],
    );
    // A third package with such a name.
    check(
        &["llvm-toolchain-17"],
        &["llvm-toolchain18-18.1.8", "llvm-toolchain19-19.1.7"],
        &[
            "llvm-toolchain 17 -> nothing: removed",
            "llvm-toolchain18 nothing -> 18.1.8: added",
            "llvm-toolchain19 nothing -> 19.1.7: added",
        ],
    );
    // Another version, and a word more: an addition that happens to sound alike.
    check(
        &["foo-1.0"],
        &["foo-extra-2.0"],
        &["foo 1.0 -> nothing: removed", "foo-extra nothing -> 2.0: added"],
    );
}

#[test]
fn an_older_version_is_a_downgrade() {
    check(&["a-2.0"], &["a-1.9"], &["a 2.0 -> 1.9: downgraded, major"]);
    check(&["a-2.0", "a-1.0"], &["a-1.5", "a-0.9"], &["a 1.0, 2.0 -> 0.9, 1.5: downgraded, major"]);
}

#[test]
fn kinds_are_opposite_on_the_way_back() {
    use ChangeKind::{Added, Downgraded, Removed, Upgraded};
    let (old, new) = (system(&["a-1", "b-1"]), system(&["a-2", "c-1"]));
    let kinds = |old, new| -> Vec<(String, ChangeKind)> {
        let report = compare(old, new);
        report.runs[0].changes.iter().map(|it| (it.name.clone(), it.kind)).collect()
    };
    let named = |kinds: [ChangeKind; 3]| -> Vec<(String, ChangeKind)> {
        ["a", "b", "c"].map(str::to_owned).into_iter().zip(kinds).collect()
    };
    assert_eq!(kinds(&old, &new), named([Upgraded, Removed, Added]));
    assert_eq!(kinds(&new, &old), named([Downgraded, Added, Removed]));
}
