//! The last step of a build: turns what Trunk has made into the files that a static host serves.
//!
//! Trunk runs it as its `post_build` hook, on a folder that becomes `dist/` only if this succeeds.

mod hash;
mod pages;
mod parts;
mod shell;
mod styles;
mod worker;

use std::env;
use std::path::{Path, PathBuf};

use crate::build::Profile;
use crate::failure::{Failure, Result};
use crate::files;
use crate::workspace::Workspace;

/// Addresses that the page itself answers; each is a copy of the first page.
const ROUTES: [&str; 4] =
    ["report/index.html", "compare/index.html", "history/index.html", "404.html"];

/// Finishes the folder that Trunk names in its variables.
///
/// # Errors
///
/// Trunk did not start this, or the folder does not hold what is expected.
pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    let staging = env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from);
    let base = env::var("TRUNK_PUBLIC_URL").ok();
    let profile = env::var("TRUNK_PROFILE").ok();
    let (Some(staging), Some(base), Some(profile)) = (staging, base, profile) else {
        return Err(Failure::new("`site` is started by Trunk: use `cargo xtask build`"));
    };
    let (profile, folder) = match &*profile {
        "release" => (Profile::Release, "page"),
        _ => (Profile::Debug, "debug"),
    };
    let linked = workspace.target.join("wasm32-unknown-unknown").join(folder).join("app.wasm");
    parts::cut(&staging, &linked, profile)?;
    finish(&staging, &base)
}

fn finish(staging: &Path, base: &str) -> Result<()> {
    let place = staging.join("index.html");
    let index = files::read(&place)?;
    let index = styles::join(staging, &index, base)?;
    let index = worker::name_by_content(staging, &index)?;
    files::write(&place, &index)?;
    for route in ROUTES {
        files::write(&staging.join(route), &index)?;
    }
    pages::write_all(staging, &index, base)
}

#[cfg(test)]
mod tests {
    use super::*;

    const INDEX: &str = r#"<!doctype html><html><head><title>Home</title>
<meta name="description" content="Home."><meta name="rebuildscope-worker" content="">
<meta name="rebuildscope-tasks" content="">
<base href="/sub/"><link rel="stylesheet" href="/sub/a-1.css" integrity="sha384-x"/>
<link rel="stylesheet" href="/sub/b-2.css"/><script src="/sub/theme.js"></script>
<link rel="modulepreload" href="/sub/app-1.js"><script type="module" src="/sub/boot.js" data-js="/sub/app-1.js"></script>
</head><body><nav aria-label="Site"><a href="/sub/" aria-current="page">Analyse</a><a href="/sub/learn/">Learn</a></nav>
<main id="main" class="start"><h1>Home</h1></main></body></html>"#;

    /// A folder as Trunk leaves it.
    fn staged(name: &str) -> PathBuf {
        let staging = env::temp_dir().join(format!("xtask-site-{name}-{}", std::process::id()));
        for (path, text) in [("index.html", INDEX), ("a-1.css", "a {}"), ("b-2.css", "b {}")] {
            files::write(&staging.join(path), text).unwrap();
        }
        for program in worker::FILES {
            files::write(&staging.join(program), "worker.js").unwrap();
        }
        staging
    }

    #[test]
    fn every_address_of_the_site_has_a_file() {
        let staging = staged("all");
        finish(&staging, "/sub/").unwrap();
        let mut expected = vec!["index.html", "about/index.html", "learn/index.html"];
        expected.extend(ROUTES);
        let mut expected: Vec<String> = expected.into_iter().map(str::to_owned).collect();
        for article in content::ARTICLES {
            expected.push(format!("learn/{}/index.html", article.slug));
            expected.push(format!("learn/{}/fragment.html", article.slug));
        }
        for path in expected {
            let html = files::read(&staging.join(&path)).unwrap();
            assert!(!html.contains("a-1.css"), "{path} has a style of its own");
            let is_app = html.contains("data-js");
            let is_page_of_app = path == "index.html" || ROUTES.contains(&&*path);
            assert_eq!(is_app, is_page_of_app, "{path}");
        }
        files::remove_folder(&staging).unwrap();
    }

    #[test]
    fn a_page_that_names_no_worker_fails() {
        let staging = staged("bad");
        let index = INDEX.replace("rebuildscope-worker", "other");
        files::write(&staging.join("index.html"), index).unwrap();
        assert!(finish(&staging, "/sub/").is_err());
        files::remove_folder(&staging).unwrap();
    }
}
