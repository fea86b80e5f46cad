//! Commands in articles: they are commands, and those that can run anywhere run.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use content::ARTICLES;

/// A block of commands.
struct Block {
    /// File and line.
    at: String,
    /// Whether it runs on any machine with Nix, without a network.
    runs: bool,
    text: String,
}

fn blocks() -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for article in ARTICLES {
        let file = format!("articles/{}.md", article.slug);
        let text = fs::read_to_string(&file).expect("the file of the article");
        let mut open = false;
        for (index, line) in text.lines().enumerate() {
            match line {
                "```sh" | "```sh run" => {
                    let at = format!("{file}:{}", index + 1);
                    blocks.push(Block { at, runs: line.ends_with("run"), text: String::new() });
                    open = true;
                }
                "```" => open = false,
                _ if open => {
                    let block = blocks.last_mut().expect("an open block");
                    block.text.extend([line, "\n"]);
                }
                _ => {}
            }
        }
    }
    blocks
}

#[test]
fn blocks_of_commands_are_commands_without_prompts() {
    let blocks = blocks();
    assert!(blocks.len() > 40, "only {} blocks", blocks.len());
    for Block { at, text, .. } in blocks {
        let output = Command::new("sh").args(["-n", "-c", &text]).output().unwrap();
        assert!(output.status.success(), "{at}: {}", String::from_utf8_lossy(&output.stderr));
        let prompt = text.lines().find(|line| line.starts_with(['$', '#', '%', '>']));
        assert_eq!(prompt, None, "{at}: a prompt would be copied with the command");
    }
}

#[test]
fn text_that_looks_like_a_command_is_marked_as_one() {
    for article in ARTICLES {
        let file = format!("articles/{}.md", article.slug);
        let text = fs::read_to_string(&file).expect("the file of the article");
        let mut language = "";
        for (index, line) in text.lines().enumerate() {
            if let Some(after) = line.strip_prefix("```") {
                language = after;
            } else if language == "log" {
                let is_command = ["sudo ", "nix ", "nix-", "nixos-rebuild "]
                    .iter()
                    .any(|start| line.starts_with(start));
                assert!(!is_command, "{file}:{}: expected `sh` for a command", index + 1);
            }
        }
    }
}

/// A folder with a store of its own.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("content-commands-{}", std::process::id()));
        fs::create_dir_all(folder.join("home")).expect("a scratch folder");
        // Paths of stores must not lead through links.
        Self(folder.canonicalize().expect("a scratch folder"))
    }

    /// Runs commands with this store, without caches and without the daemon.
    fn run(&self, commands: &str) -> Output {
        let place = |name: &str| self.0.join(name);
        let settings = "substituters =\nbuild-users-group =\nsandbox = false\n";
        Command::new("sh")
            .args(["-e", "-u", "-c", commands])
            .current_dir(place("home"))
            .env("HOME", place("home"))
            .env("NIX_STORE_DIR", place("store"))
            .env("NIX_STATE_DIR", place("state"))
            .env("NIX_LOG_DIR", place("log"))
            .env("NIX_REMOTE", "local")
            .env("NIX_CONFIG", settings)
            .env_remove("NIX_PATH")
            .output()
            .expect("a shell")
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // Nix takes the right to write from what it stores.
        let _ = Command::new("chmod").args(["-R", "u+w"]).arg(&self.0).status();
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn commands_that_run_anywhere_run() {
    let runnable: Vec<Block> = blocks().into_iter().filter(|block| block.runs).collect();
    assert!(runnable.len() >= 5, "only {} blocks are marked `sh run`", runnable.len());
    let is_there = Command::new("nix-store").arg("--version").output();
    if !is_there.is_ok_and(|output| output.status.success()) {
        println!("Nix is not installed: {} blocks are not run", runnable.len());
        return;
    }
    let scratch = Scratch::new();
    for Block { at, text, .. } in runnable {
        let output = scratch.run(&text);
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{at}: {error}");
        println!("{at}: {}", String::from_utf8_lossy(&output.stdout).trim());
    }
    assert!(Path::new(&scratch.0).join("store").exists(), "the scratch store was not used");
}
