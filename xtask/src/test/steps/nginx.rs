//! Tries the recipe for nginx: its very text, with the site below a path, in a browser.

use std::fs;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::thread;
use std::time::Duration;

use super::corpus::release_program;
use crate::build::{Profile, Site};
use crate::failure::{Failure, Result, While};
use crate::files;
use crate::process;
use crate::test::Ended;
use crate::tools::{self, playwright::Playwright};
use crate::workspace::Workspace;

/// The page of the documentation that holds the recipe.
const RECIPE: &str = "docs/hosting.md";

/// Where distributions put the module that serves files packed by brotli.
const BROTLI: &str = "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so";

/// The tests that are run on it.
const TESTS: [&str; 3] = ["hosting.e2e.ts", "shell.e2e.ts", "offline.e2e.ts"];

/// How often it is asked whether it listens, ten times a second.
const PATIENCE: u32 = 100;

/// Serves the release site by the recipe and runs some browser tests; skipped without nginx.
///
/// # Errors
///
/// The recipe does not work, or a test fails.
pub(super) fn run(workspace: &Workspace) -> Result<Ended> {
    let Some(nginx) = find() else {
        return Ok(Ended::Skipped("nginx is not installed here".to_owned()));
    };
    let playwright = Playwright::install(workspace)?;
    let site = Site::anywhere(workspace, Profile::Release);
    site.build_if_stale(workspace, &tools::install(workspace, site.need())?)?;
    let folder = std::env::temp_dir().join(format!("rebuildscope-nginx-{}", std::process::id()));
    let result = try_recipe(workspace, &nginx, &site.dist, &folder, &playwright);
    files::remove_folder(&folder)?;
    result.map(|()| Ended::Passed)
}

fn try_recipe(
    workspace: &Workspace,
    nginx: &Path,
    dist: &Path,
    folder: &Path,
    playwright: &Playwright,
) -> Result<()> {
    let recipe = recipe_in(&files::read(&workspace.path(RECIPE))?)?;
    copy(dist, &folder.join("www/scope"))?;
    let port = free_port()?;
    let config = folder.join("nginx.conf");
    files::write(&config, configuration(&recipe, folder, port, Path::new(BROTLI).is_file()))?;
    let _server = Running::start(nginx, &config, port)?;
    let mut node = playwright.node();
    node.args(["node_modules/@playwright/test/cli.js", "test", "--project=nginx"])
        .args(TESTS)
        .env("REBUILDSCOPE_HOST", "nginx")
        .env("REBUILDSCOPE_DIST", dist)
        .env("REBUILDSCOPE_URL", format!("http://127.0.0.1:{port}/scope/"))
        .env("REBUILDSCOPE_BIN", release_program(workspace)?);
    process::run(&mut node)
}

/// Distributions put it where users of desktops have no path to.
fn find() -> Option<PathBuf> {
    let usual = PathBuf::from("/usr/sbin/nginx");
    process::find_on_path("nginx").or_else(|| usual.is_file().then_some(usual))
}

/// The block of the page that is marked as of nginx.
fn recipe_in(page: &str) -> Result<String> {
    let (_, rest) = page
        .split_once("\n```nginx\n")
        .ok_or_else(|| Failure::new(format!("{RECIPE} holds no block ```nginx")))?;
    Ok(rest.split("\n```").next().unwrap_or_default().to_owned())
}

/// The recipe with the port and the folder of this test, and what has to stand around it.
fn configuration(recipe: &str, folder: &Path, port: u16, has_brotli: bool) -> String {
    let root = folder.join("www");
    let recipe = recipe
        .replace("listen 80;", &format!("listen 127.0.0.1:{port};"))
        .replace("root /srv/www;", &format!("root {};", root.display()));
    let (module, recipe) = if has_brotli {
        (format!("load_module {BROTLI};\n"), recipe.replace("# brotli_static", "brotli_static"))
    } else {
        (String::new(), recipe)
    };
    let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|what| format!("{what}_temp_path {}/{what};\n", folder.display()))
        .concat();
    let folder = folder.display();
    format!(
        "{module}daemon off;\nmaster_process off;\npid {folder}/pid;\nerror_log {folder}/error.log;\n\
         events {{ }}\nhttp {{\ninclude /etc/nginx/mime.types;\naccess_log off;\n{temporary}{recipe}\n}}\n"
    )
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    for path in files::list_deep(from)? {
        let relative = path.strip_prefix(from).unwrap_or(&path);
        let target = to.join(relative);
        files::create_folder(target.parent().unwrap_or(to))?;
        fs::copy(&path, &target).while_doing(|| format!("copying {}", path.display()))?;
    }
    Ok(())
}

/// A port that was free a moment ago.
fn free_port() -> Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0));
    let address = listener.and_then(|listener| listener.local_addr());
    Ok(address.while_doing(|| "asking for a free port".into())?.port())
}

/// A process that is ended with this value.
struct Running(Child);

impl Running {
    fn start(nginx: &Path, config: &Path, port: u16) -> Result<Self> {
        let mut command = Command::new(nginx);
        command.arg("-c").arg(config);
        let mut running =
            Self(command.spawn().while_doing(|| format!("starting {}", nginx.display()))?);
        for _ in 0..PATIENCE {
            if TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok() {
                return Ok(running);
            }
            if let Ok(Some(status)) = running.0.try_wait() {
                return Err(Failure::new(format!("nginx ended with {status}")));
            }
            thread::sleep(Duration::from_millis(100));
        }
        Err(Failure::new("nginx does not answer"))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_recipe_is_the_block_of_the_page() {
        let page = "# Hosting\n\n```sh\nx\n```\n\n```nginx\nserver {\n}\n```\n\n```nix\n```\n";
        assert_eq!(recipe_in(page).unwrap(), "server {\n}");
        assert!(recipe_in("# Hosting\n").is_err());
    }

    #[test]
    fn only_port_folder_and_brotli_differ_from_the_recipe() {
        let recipe = recipe_in(include_str!("../../../../docs/hosting.md")).unwrap();
        let config = configuration(&recipe, Path::new("/t"), 81, true);
        for part in ["listen 127.0.0.1:81;", "root /t/www;", "    brotli_static on;"] {
            assert!(config.contains(part), "`{part}` is not in\n{config}");
        }
        let config = configuration(&recipe, Path::new("/t"), 81, false);
        assert!(config.contains("# brotli_static on;") && !config.contains("load_module"));
    }
}
