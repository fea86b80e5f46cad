//! Which crate of ours may depend on which.

use serde_json::Value;

use super::Problem;

/// Each crate with those of ours that it may use.
const ALLOWED: [(&str, &[&str]); 9] = [
    ("analyzer", &[]),
    ("bits", &[]),
    ("content", &[]),
    // It knows no logs, and the analyzer no files: who reads a file brings them together.
    ("unpack", &[]),
    // It knows the values of a report, and none of its types: what opens a link stays small.
    ("link", &["bits"]),
    // It hands on what the analyzer made, and reads no log.
    ("share", &["analyzer", "link"]),
    ("rebuildscope", &["analyzer", "share", "unpack"]),
    ("app", &["analyzer", "content", "share", "unpack"]),
    ("xtask", &["content"]),
];

/// Compares what `cargo metadata` says with the table.
pub(super) fn check(metadata: &Value) -> Vec<Problem> {
    let packages = metadata["packages"].as_array().map_or(&[][..], Vec::as_slice);
    packages.iter().flat_map(check_package).collect()
}

fn check_package(package: &Value) -> Vec<Problem> {
    let name = package["name"].as_str().unwrap_or_default();
    let Some((_, allowed)) = ALLOWED.iter().find(|(owner, _)| *owner == name) else {
        let message = format!("the crate `{name}` is not in the table of `tidy/crates.rs`");
        return vec![Problem::of_file("Cargo.toml", message)];
    };
    let dependencies = package["dependencies"].as_array().map_or(&[][..], Vec::as_slice);
    dependencies
        .iter()
        // Only our own have a path.
        .filter(|dependency| dependency["path"].is_string())
        .filter_map(|dependency| dependency["name"].as_str())
        .filter(|dependency| !allowed.contains(dependency))
        .map(|dependency| {
            let message = format!("`{name}` may not depend on `{dependency}`");
            Problem::of_file("Cargo.toml", message)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[track_caller]
    fn check_dependency(owner: &str, dependency: &Value, n_problems: usize) {
        let metadata = json!({"packages": [{"name": owner, "dependencies": [dependency]}]});
        assert_eq!(check(&metadata).len(), n_problems);
    }

    #[test]
    fn our_crates_depend_as_the_table_says() {
        check_dependency("app", &json!({"name": "analyzer", "path": "/x/analyzer"}), 0);
        check_dependency("analyzer", &json!({"name": "content", "path": "/x/content"}), 1);
        check_dependency("rebuildscope", &json!({"name": "app", "path": "/x/app"}), 1);
    }

    #[test]
    fn crates_of_others_are_not_in_the_table() {
        check_dependency("analyzer", &json!({"name": "memchr", "path": null}), 0);
    }

    #[test]
    fn a_new_crate_of_ours_must_be_put_into_the_table() {
        check_dependency("extra", &json!({"name": "memchr", "path": null}), 1);
    }
}
