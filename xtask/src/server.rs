//! A static file server for the built site that answers as a plain static host does.

mod request;
mod response;

use std::io::{self, BufReader, BufWriter, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use crate::failure::{Result, While};
use request::Request;
use response::Response;
pub(crate) use response::{IMMUTABLE, has_hash};

/// Tried first, so that the address of the page stays the same from one start to the next.
const USUAL_PORT: u16 = 8465;

/// A browser that opens a connection and sends nothing must not keep a thread.
const PATIENCE: Duration = Duration::from_secs(20);

/// A running server. It ends with the process.
pub(crate) struct Server {
    port: u16,
    base: String,
}

impl Server {
    /// Serves the files of `folder` under the path `base` on the loopback interface, in threads.
    /// Without a port: the usual one, or any if that is taken.
    ///
    /// # Errors
    ///
    /// The port is taken.
    pub(crate) fn start(folder: PathBuf, base: &str, port: Option<u16>) -> Result<Self> {
        let listener = listen(port)?;
        let address = listener.local_addr().while_doing(|| "asking for our port".into())?;
        let site = Arc::new(Site { folder, base: base.to_owned() });
        thread::spawn(move || accept(&listener, &site));
        Ok(Self { port: address.port(), base: base.to_owned() })
    }

    /// The address of the site's first page.
    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}{}", self.port, self.base)
    }
}

/// What is served where.
struct Site {
    folder: PathBuf,
    /// Begins and ends with `/`.
    base: String,
}

impl Site {
    /// The answer to a request for a path, whatever its query.
    fn answer(&self, Request { target, packing, .. }: &Request) -> Response {
        let path = target.split(['?', '#']).next().unwrap_or_default();
        let Some(relative) = path.strip_prefix(&self.base).and_then(request::safe_path) else {
            return Response::not_found(&self.folder);
        };
        let file = self.folder.join(relative);
        if !file.is_dir() {
            return Response::of_file(&file, *packing)
                .unwrap_or_else(|| Response::not_found(&self.folder));
        }
        if !path.ends_with('/') {
            return Response::moved_to(&format!("{path}/"));
        }
        Response::of_file(&file.join("index.html"), *packing)
            .unwrap_or_else(|| Response::not_found(&self.folder))
    }
}

fn listen(port: Option<u16>) -> Result<TcpListener> {
    let bind = |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port));
    match port {
        Some(port) => bind(port),
        None => bind(USUAL_PORT).or_else(|_| bind(0)),
    }
    .while_doing(|| format!("listening on port {}", port.unwrap_or(USUAL_PORT)))
}

fn accept(listener: &TcpListener, site: &Arc<Site>) {
    for stream in listener.incoming().flatten() {
        let site = Arc::clone(site);
        // A connection that breaks concerns the browser alone.
        thread::spawn(move || drop(converse(stream, &site)));
    }
}

/// Answers the requests of one connection until the browser closes it.
fn converse(stream: TcpStream, site: &Site) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_nodelay(true)?;
    let mut output = BufWriter::new(stream.try_clone()?);
    let mut input = BufReader::new(stream);
    while let Some(request) = Request::read(&mut input)? {
        let response = match request.method.as_str() {
            "GET" | "HEAD" => site.answer(&request),
            _ => Response::method_not_allowed(),
        };
        response.write_head(&mut output)?;
        if request.method != "HEAD" {
            response.write_body(&mut output)?;
        }
        output.flush()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files;
    use std::fs;
    use std::io::Read;

    fn site(name: &str) -> PathBuf {
        let folder =
            std::env::temp_dir().join(format!("xtask-server-{name}-{}", std::process::id()));
        for (path, text) in [
            ("index.html", "home"),
            ("404.html", "lost"),
            ("learn/nix-store/index.html", "article"),
            ("a b.js", "script"),
            ("theme.js", "plain"),
            ("theme.js.br", "packed"),
            ("page-0123456789abcdef_bg.wasm", "\0asm"),
        ] {
            files::write(&folder.join(path), text).unwrap();
        }
        folder
    }

    /// Sends a request and returns the whole answer.
    fn ask(base: &str, request: &str) -> String {
        let folder = site(&base.replace('/', "-"));
        let server = Server::start(folder.clone(), base, Some(0)).unwrap();
        let mut stream = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
        write!(stream, "{request} HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
        stream.shutdown(std::net::Shutdown::Write).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        fs::remove_dir_all(folder).unwrap();
        answer
    }

    #[track_caller]
    fn check(base: &str, request: &str, expected: &[&str]) {
        let answer = ask(base, request);
        for part in expected {
            assert!(answer.contains(part), "`{part}` is not in\n{answer}");
        }
    }

    #[test]
    fn html_is_always_asked_for_again() {
        check("/1/", "GET /1/", &["200 OK", "text/html; charset=utf-8", "no-cache", "home"]);
    }

    #[test]
    fn hashed_files_are_kept_and_have_their_type() {
        let expected = ["200 OK", "application/wasm", "immutable", "nosniff"];
        check("/2/", "GET /2/page-0123456789abcdef_bg.wasm", &expected);
    }

    #[test]
    fn a_packed_copy_goes_to_a_browser_that_unpacks_it() {
        let request = "GET /7/theme.js HTTP/1.1\r\nAccept-Encoding: br\r\nX: ";
        check("/7/", request, &["Content-Encoding: br", "text/javascript", "\r\n\r\npacked"]);
        let answer = ask("/8/", "GET /8/theme.js");
        assert!(answer.ends_with("\r\n\r\nplain") && !answer.contains("Encoding"), "{answer}");
    }

    #[test]
    fn escapes_in_paths_are_decoded_and_the_query_is_ignored() {
        check("/3/", "GET /3/a%20b.js?v=1", &["200 OK", "text/javascript", "script"]);
    }

    #[test]
    fn a_folder_is_its_index_and_wants_a_slash() {
        check("/4/", "GET /4/learn/nix-store/", &["200 OK", "article"]);
        check("/4/", "GET /4/learn/nix-store", &["301", "Location: /4/learn/nix-store/\r\n"]);
    }

    #[test]
    fn what_is_missing_or_outside_is_the_404_page() {
        check("/5/", "GET /5/nothing", &["404 Not Found", "lost"]);
        check("/5/", "GET /other", &["404 Not Found", "lost"]);
        check("/5/", "GET /5/../../etc/passwd", &["404 Not Found", "lost"]);
        check("/5/", "GET /5/%2e%2e/secret", &["404 Not Found", "lost"]);
    }

    #[test]
    fn head_has_no_body_and_other_methods_are_refused() {
        let answer = ask("/6/", "HEAD /6/");
        assert!(answer.contains("Content-Length: 4") && answer.ends_with("\r\n\r\n"), "{answer}");
        check("/6/", "POST /6/", &["405 Method Not Allowed"]);
    }
}
