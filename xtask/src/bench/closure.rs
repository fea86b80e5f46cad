//! Listings of the store paths of two systems, before and after an upgrade.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::random::Random;
use crate::failure::{Result, While};
use crate::workspace::Workspace;

/// Packages with their versions before and after a real upgrade, seen from the workspace; each
/// says what of it was only built again.
const TABLES: [&str; 2] =
    ["xtask/samples/nixpkgs/packages.tsv", "xtask/samples/nixpkgs/desktop.tsv"];

/// What stands before a name: package sets as a large system has them. The first is nothing, so
/// that each package is there by its own name.
const SETS: [&str; 10] = [
    "",
    "python3.12-",
    "perl5.40.0-",
    "texlive-",
    "ghc-",
    "vimplugin-",
    "unit-",
    "lib",
    "ocaml5.2.1-",
    "rust_",
];

/// The listings of two systems.
pub(super) struct Pair {
    pub(super) old: PathBuf,
    pub(super) new: PathBuf,
}

impl Pair {
    /// Writes two systems of about so many paths each; the same ones each time.
    ///
    /// # Errors
    ///
    /// The table of packages cannot be read, or a listing not be written.
    pub(super) fn write(workspace: &Workspace, folder: &Path, n_paths: usize) -> Result<Self> {
        let mut packages = Vec::new();
        for table in TABLES {
            let path = workspace.root.join(table);
            let text = std::fs::read_to_string(&path)
                .while_doing(|| format!("reading {}", path.display()))?;
            packages.extend(text.lines().filter_map(Package::parse));
        }
        let systems = Systems::of(&packages, n_paths);
        let write = |name: &str, text: &str| {
            let path = folder.join(format!("{name}-{n_paths}.txt"));
            std::fs::write(&path, text).while_doing(|| format!("writing {}", path.display()))?;
            Ok(path)
        };
        Ok(Self { old: write("old", &systems.old)?, new: write("new", &systems.new)? })
    }
}

/// A row of a table.
struct Package {
    name: String,
    /// None where it was not there.
    old: Option<String>,
    /// None where it is not there any more.
    new: Option<String>,
    step: Step,
    outputs: Vec<String>,
}

/// What an upgrade does to a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// Nothing.
    Kept,
    /// The same version is built again.
    Rebuilt,
    /// It comes, goes or gets another version.
    Moved,
}

impl Step {
    /// What it does to the package in another set. The tables hold more that moves than an upgrade
    /// of a whole system does: of that, every fourth does in another set.
    fn in_round(self, index: usize, round: usize) -> Self {
        match (self, index % 4) {
            (Self::Moved, 1 | 3) if round > 0 => Self::Rebuilt,
            (Self::Moved, 2) if round > 0 => Self::Kept,
            _ => self,
        }
    }
}

impl Package {
    /// `acl 2.3.2 ~ out,bin,lib 80`, parted by tabs: the same version, built again, in three
    /// outputs.
    fn parse(row: &str) -> Option<Self> {
        let fields: Vec<&str> = row.split('\t').collect();
        let [name, old, new, outputs, ..] = fields[..] else { return None };
        if name.starts_with('#') {
            return None;
        }
        let version = |text: &str| (text != "-").then(|| text.to_owned());
        let step = match new {
            "=" => Step::Kept,
            "~" => Step::Rebuilt,
            _ => Step::Moved,
        };
        Some(Self {
            name: name.to_owned(),
            old: version(old),
            new: version(if step == Step::Moved { new } else { old }),
            step,
            outputs: outputs.split(',').map(str::to_owned).collect(),
        })
    }
}

#[derive(Default)]
struct Systems {
    old: String,
    new: String,
    random: Random,
}

impl Systems {
    /// Takes packages, and all of them again in other sets, until there are enough.
    fn of(packages: &[Package], n_paths: usize) -> Self {
        let mut systems = Self::default();
        let mut n_written = 0;
        for round in 0.. {
            let set = SETS[round % SETS.len()];
            let copy = round / SETS.len();
            let more = if copy > 0 { copy.to_string() } else { String::new() };
            for (index, package) in packages.iter().enumerate() {
                let name = [set, &package.name, &more].concat();
                let step = package.step.in_round(index + round, round);
                for output in &package.outputs {
                    systems.push(package, step, &name, output);
                    n_written += 1;
                    if n_written >= n_paths {
                        return systems;
                    }
                }
            }
        }
        systems
    }

    fn push(&mut self, package: &Package, step: Step, name: &str, output: &str) {
        let hash = self.random.hash();
        let new_hash = if step == Step::Kept { hash.clone() } else { self.random.hash() };
        let (old, new) = (package.old.as_deref(), package.new.as_deref());
        let new = if step == Step::Moved { new } else { old };
        write(&mut self.old, &hash, name, old, output);
        write(&mut self.new, &new_hash, name, new, output);
    }
}

/// A line of `nix-store -qR`.
fn write(text: &mut String, hash: &str, name: &str, version: Option<&str>, output: &str) {
    let Some(version) = version else { return };
    let output = if output == "out" { String::new() } else { ["-", output].concat() };
    // Writing to text cannot fail.
    let _ = writeln!(text, "/nix/store/{hash}-{name}-{version}{output}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_change_as_their_row_says() {
        let rows = [
            "a\t1.0\t=\tout\t1",
            "b\t1.0\t~\tout,lib\t1",
            "c\t1.0\t1.1\tout\t1",
            "d\t-\t2\tout\t1",
        ];
        let packages: Vec<Package> = rows.into_iter().filter_map(Package::parse).collect();
        let Systems { old, new, .. } = Systems::of(&packages, 5);
        let names = |text: &str| -> Vec<String> {
            text.lines().map(|line| line["/nix/store/".len() + 33..].to_owned()).collect()
        };
        assert_eq!(names(&old), ["a-1.0", "b-1.0", "b-1.0-lib", "c-1.0"]);
        assert_eq!(names(&new), ["a-1.0", "b-1.0", "b-1.0-lib", "c-1.1", "d-2"]);
        let same: Vec<bool> = old.lines().zip(new.lines()).map(|(old, new)| old == new).collect();
        assert_eq!(same, [true, false, false, false]);
    }

    #[test]
    fn a_larger_system_has_the_packages_again_in_other_sets() {
        let packages = [Package::parse("a\t1\t2\tout\t1").expect("a row")];
        let Systems { new, .. } = Systems::of(&packages, 12);
        let last = new.lines().next_back().expect("a line");
        assert!(new.contains("-python3.12-a-1\n") && last.ends_with("-python3.12-a1-1"), "{new}");
    }
}
