//! Checks the articles and writes them as Rust constants.

mod article;
mod body;
#[path = "../src/figure.rs"]
#[expect(unreachable_pub, reason = "the library, which this file belongs to, exports it")]
mod figure;
mod front_matter;
mod living;
#[path = "../src/mention.rs"]
#[expect(unreachable_pub, reason = "the library, which this file belongs to, exports it")]
mod mention;
mod note;
mod problem;
mod sample;
mod source;
mod term_links;
#[path = "../src/value.rs"]
#[expect(unreachable_pub, reason = "the library, which this file belongs to, exports it")]
mod value;

use std::error::Error;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use article::Article;
use problem::Problem;
use sample::Sample;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Cargo shows this as an error of the build, without the noise around a panic.
            let _ = writeln!(io::stdout(), "cargo::error={error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    for watched in ["articles", "pages", "samples", "build", "src"] {
        writeln!(io::stdout(), "cargo::rerun-if-changed={watched}")?;
    }
    let sample = read_sample(Path::new("samples/ollama-upgrade.toml"))?;
    let articles = read_articles(Path::new("articles"), &sample)?;
    let about = read_page(Path::new("pages/about.md"), &articles)?;
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    fs::write(out.join("articles.rs"), source::articles(&articles))?;
    fs::write(out.join("html.rs"), source::html(&articles, &about))?;
    Ok(())
}

/// All articles of a folder, each alone and all together without a fault, in their order.
fn read_articles(folder: &Path, sample: &Sample) -> Result<Vec<Article>, String> {
    let mut articles = Vec::new();
    for path in markdown_files(folder).map_err(|error| at(folder, 1, &error.to_string()))? {
        let text = read(&path)?;
        let slug = path.file_stem().unwrap_or_default().to_string_lossy();
        let article = sample::fill(&text, sample)
            .and_then(|text| article::parse(&slug, &text))
            .and_then(|article| with_figures(article, sample))
            .map_err(|problem| in_file(&path, &problem))?;
        articles.push(article);
    }
    articles.sort_by_key(|article| article.front.sort_order);
    article::check_together(&articles)
        .map_err(|(slug, problem)| in_file(&folder.join(slug).with_extension("md"), &problem))?;
    Ok(articles)
}

/// The article with its figures drawn.
fn with_figures(mut article: Article, sample: &Sample) -> Result<Article, Problem> {
    let facts = sample.facts();
    for (line, name) in &article.body.figures {
        let drawn = figure::draw(name, &facts);
        let drawn = drawn.ok_or_else(|| {
            Problem::new(*line, format!("the sample tells too little for the figure `{name}`"))
        })?;
        article.body.html = article.body.html.replace(&body::drawing(name), &drawn);
    }
    Ok(article)
}

fn read_sample(path: &Path) -> Result<Sample, String> {
    let text = read(path)?;
    toml::from_str(&text).map_err(|error| {
        let offset = error.span().map_or(0, |span| span.start);
        at(path, problem::line_of(&text, offset), error.message())
    })
}

fn read_page(path: &Path, articles: &[Article]) -> Result<body::Body, String> {
    let text = read(path)?.replace("{{version}}", env!("CARGO_PKG_VERSION"));
    let body = body::render("", &text, 1).map_err(|problem| in_file(path, &problem))?;
    article::check_page(&body, articles).map_err(|problem| in_file(path, &problem))?;
    Ok(body)
}

fn markdown_files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "md") {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| at(path, 1, &error.to_string()))
}

fn in_file(path: &Path, problem: &Problem) -> String {
    at(path, problem.line, &problem.message)
}

fn at(path: &Path, line: usize, message: &str) -> String {
    format!("content/{}:{line}: {message}", path.display())
}
