//! The last step of a build: turns what Trunk has made into the files that a static host serves.
//!
//! Trunk runs it as its `post_build` hook, on a folder that becomes `dist/` only if this succeeds.

mod feeds;
mod glue;
mod hash;
mod head;
mod hosting;
mod lost;
mod offline;
mod pages;
mod parts;
mod picture;
mod place;
mod search;
mod shell;
mod styles;
mod worker;

use std::env;
use std::path::{Path, PathBuf};

use crate::build::Profile;
use crate::failure::{Failure, Result};
use crate::files;
use crate::workspace::Workspace;
use head::{About, Kind};
pub(crate) use offline::Offline;
use picture::{Painter, Shape};
pub(crate) use place::Place;

/// Leads from the first page to the root of the site: no page holds the path of a host.
pub(crate) const BASE: &str = "./";

/// Names the address of the site's first page.
const ADDRESS: &str = "REBUILDSCOPE_ADDRESS";

/// Set to `off`, the site is not kept on the devices of its visitors.
const OFFLINE: &str = "REBUILDSCOPE_OFFLINE";

/// Addresses that the program itself answers, each with its title and what it is for.
const ROUTES: [(&str, &str, &str); 3] = [
    ("report/", "Report", "What a rebuild did: the report of the log that is loaded."),
    (
        "compare/",
        "Compare two rebuilds",
        "Two logs, listings or links side by side: what got slower, newly built or another version.",
    ),
    ("history/", "History", "The reports that you keep on this device."),
];

/// Icons that are drawn, with their sizes in pixels.
const ICONS: [(&str, u32, Shape); 4] = [
    ("icon-192.png", 192, Shape::Rounded),
    ("icon-512.png", 512, Shape::Rounded),
    ("icon-maskable-512.png", 512, Shape::Full),
    ("apple-touch-icon.png", 180, Shape::Full),
];

/// What the build is told of the host.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Hosting {
    /// Where it is.
    pub(crate) place: Place,
    /// Whether visitors are to have the site without a network.
    pub(crate) offline: Offline,
}

impl Hosting {
    /// What the variables say.
    ///
    /// # Errors
    ///
    /// The address is none.
    pub(crate) fn from_environment() -> Result<Self> {
        let variable = |name: &str| env::var(name).unwrap_or_default();
        let offline = if variable(OFFLINE) == "off" { Offline::Off } else { Offline::Kept };
        Ok(Self { place: Place::of(&variable(ADDRESS))?, offline })
    }

    /// The same as variables, for the process that finishes the build.
    pub(crate) fn variables(&self) -> [(&'static str, String); 2] {
        let offline = if self.offline == Offline::Off { "off" } else { "" };
        [(ADDRESS, self.place.absolute("").unwrap_or_default()), (OFFLINE, offline.to_owned())]
    }
}

/// Finishes the folder that Trunk names in its variables.
///
/// # Errors
///
/// Trunk did not start this, or the folder does not hold what is expected.
pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    let staging = env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from);
    let profile = env::var("TRUNK_PROFILE").ok();
    let (Some(staging), Some(profile)) = (staging, profile) else {
        return Err(Failure::new("`site` is started by Trunk: use `cargo xtask build`"));
    };
    let (profile, folder) = match &*profile {
        "release" => (Profile::Release, "page"),
        _ => (Profile::Debug, "debug"),
    };
    let linked = workspace.target.join("wasm32-unknown-unknown").join(folder).join("app.wasm");
    parts::cut(&staging, &linked, profile)?;
    finish(&staging, &Hosting::from_environment()?)?;
    if profile == Profile::Release {
        hosting::pack(&staging)?;
    }
    Ok(())
}

fn finish(staging: &Path, Hosting { place, offline }: &Hosting) -> Result<()> {
    let first = staging.join("index.html");
    let index = files::read(&first)?;
    let index = styles::join(staging, &index, BASE)?;
    let index = worker::name_by_content(staging, &index)?;
    let mut abouts = vec![start()];
    abouts.extend(ROUTES.iter().map(route));
    for about in &abouts {
        let html = shell::with_head(&index, about, place)?;
        files::write(&staging.join(&about.path).join("index.html"), html)?;
    }
    files::write(&staging.join("404.html"), lost::page(&index, place)?)?;
    let search_index = search::write(staging)?;
    abouts.extend(pages::write_all(staging, &index, &search_index, place)?);
    // They show nothing to one who has loaded nothing.
    abouts.retain(|about| !["report/", "history/"].contains(&about.path.as_str()));
    feeds::write_all(staging, &abouts, place)?;
    draw(staging, &abouts, place)?;
    hosting::write_headers(staging)?;
    offline::write_list(staging, *offline)
}

/// Draws the icons, and the pictures of pages where they have an address to be shown with.
fn draw(staging: &Path, pages: &[About], place: &Place) -> Result<()> {
    let painter = Painter::new();
    for (name, pixels, shape) in ICONS {
        files::write(&staging.join(name), painter.icon(pixels, shape)?)?;
    }
    if place.path().is_none() {
        return Ok(());
    }
    for About { title, description, picture, .. } in pages {
        files::write(&staging.join(picture), painter.preview(title, description)?)?;
    }
    Ok(())
}

fn start() -> About {
    About {
        title: "Rebuildscope: what did that rebuild do?".to_owned(),
        description: "Drop in the text of a nixos-rebuild and read what changed, where the time \
                      went, what failed and whether to reboot."
            .to_owned(),
        path: String::new(),
        picture: "pictures/start.png".to_owned(),
        kind: Kind::Program,
    }
}

fn route((path, title, description): &(&str, &str, &str)) -> About {
    let [title, description, path] = [*title, *description, *path].map(str::to_owned);
    let picture = "pictures/start.png".to_owned();
    About { title, description, path, picture, kind: Kind::Program }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) const INDEX: &str = r#"<!doctype html><html><head>
<meta http-equiv="Content-Security-Policy" content="script-src 'self' 'wasm-unsafe-eval'"><title>Home</title>
<meta name="description" content="Home."><meta name="rebuildscope-worker" content="">
<meta name="rebuildscope-tasks" content="">
<base href="./"><link rel="stylesheet" href="./a-1.css" integrity="sha384-x"/>
<link rel="stylesheet" href="./b-2.css"/><script src="./theme.js"></script>
<link rel="modulepreload" href="./app-1.js"><script type="module" src="./boot.js" data-js="./app-1.js"></script>
</head><body><nav aria-label="Site"><a href="./" aria-current="page">Analyse</a><a href="learn/">Learn</a></nav>
<main id="main" class="start"><h1>Home</h1></main></body></html>"#;

    /// A folder as Trunk leaves it.
    fn staged(name: &str) -> PathBuf {
        let staging = env::temp_dir().join(format!("xtask-site-{name}-{}", std::process::id()));
        for (path, text) in [
            ("index.html", INDEX),
            ("a-1.css", "a {}"),
            ("b-2.css", "b {}"),
            ("service_worker.js", "const FILES = {}\nconst VERSION = ''\n"),
        ] {
            files::write(&staging.join(path), text).unwrap();
        }
        for program in worker::FILES {
            files::write(&staging.join(program), "worker.js").unwrap();
        }
        staging
    }

    fn finished(name: &str, address: &str) -> PathBuf {
        let staging = staged(name);
        let hosting = Hosting { place: Place::of(address).unwrap(), ..Hosting::default() };
        finish(&staging, &hosting).unwrap();
        staging
    }

    #[test]
    fn every_address_of_the_site_has_a_file() {
        let staging = finished("all", "");
        let mut expected = [
            "index.html",
            "404.html",
            "about/index.html",
            "learn/index.html",
            "learn/glossary/index.html",
        ]
        .map(str::to_owned)
        .to_vec();
        expected.extend(ROUTES.map(|(path, ..)| format!("{path}index.html")));
        for article in content::ARTICLES {
            expected.push(format!("learn/{}/index.html", article.slug));
            expected.push(format!("learn/{}/fragment.html", article.slug));
        }
        for path in expected {
            let html = files::read(&staging.join(&path)).unwrap();
            assert!(!html.contains("a-1.css"), "{path} has a style of its own");
            let is_app = html.contains("data-js");
            let folder = path.trim_end_matches("index.html");
            let is_page_of_app =
                folder.is_empty() || ROUTES.iter().any(|(route, ..)| *route == folder);
            assert_eq!(is_app, is_page_of_app, "{path}");
            assert!(!html.contains("=\"/") || path == "404.html", "{path} is of one place");
        }
        files::remove_folder(&staging).unwrap();
    }

    #[test]
    fn without_an_address_there_is_neither_sitemap_nor_feed_nor_picture() {
        let staging = finished("nowhere", "");
        for path in ["sitemap.xml", "feed.xml", "pictures"] {
            assert!(!staging.join(path).exists(), "{path}");
        }
        files::remove_folder(&staging).unwrap();
    }

    #[test]
    fn with_an_address_every_picture_that_a_page_names_is_there() {
        let staging = finished("somewhere", "https://a.org/s/");
        let mut n_pictures = 0;
        for path in files::list_deep(&staging).unwrap() {
            let is_page = path.extension().is_some_and(|extension| extension == "html");
            let Some(html) = is_page.then(|| files::read(&path).unwrap()) else { continue };
            let Some((_, rest)) = html.split_once("\"og:image\" content=\"https://a.org/s/") else {
                continue;
            };
            let picture = rest.split('"').next().unwrap();
            assert!(staging.join(picture).is_file(), "{picture} of {}", path.display());
            n_pictures += 1;
        }
        // The first page, its routes, articles with their list and glossary, and what this is.
        assert_eq!(n_pictures, 1 + ROUTES.len() + content::ARTICLES.len() + 3);
        for article in content::ARTICLES {
            let sitemap = files::read(&staging.join("sitemap.xml")).unwrap();
            assert!(sitemap.contains(&format!("https://a.org/s/learn/{}/", article.slug)));
        }
        files::remove_folder(&staging).unwrap();
    }

    #[test]
    fn a_page_that_names_no_worker_fails() {
        let staging = staged("bad");
        let index = INDEX.replace("rebuildscope-worker", "other");
        files::write(&staging.join("index.html"), index).unwrap();
        assert!(finish(&staging, &Hosting::default()).is_err());
        files::remove_folder(&staging).unwrap();
    }
}
