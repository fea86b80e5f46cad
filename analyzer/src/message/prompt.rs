//! Commands behind the prompts of shells, and in the headlines of what runs them.

/// Prompts that stand alone in front of a command.
const PROMPTS: [&str; 5] = ["$ ", "+ ", "% ", "❯ ", "λ "];

/// What ends a prompt with a user, a host and a folder: of bash, root, zsh and fish.
const ENDS: [&str; 4] = ["$ ", "# ", "% ", "> "];

/// A prompt is no longer than this.
const MAX_PROMPT_LEN: usize = 120;

/// A name of a user is no longer than this.
const MAX_USER_LEN: usize = 32;

/// What stands behind a prompt; whether it is a command, its first word must tell.
pub(super) fn command(text: &str) -> Option<&str> {
    if let Some(command) = PROMPTS.iter().find_map(|prompt| text.strip_prefix(prompt)) {
        return Some(command.trim());
    }
    let command = match text.as_bytes().first()? {
        b'[' => text.strip_prefix("[command]").or_else(|| behind_brackets(text)),
        b'#' => text.strip_prefix("##[group]Run ").or_else(|| of_root(text)),
        b'S' => recorded(text),
        0x80.. => behind_arrow(text),
        _ => behind_user(text),
    };
    command.map(str::trim)
}

// [alice@host:~]$ sudo nixos-rebuild switch
fn behind_brackets(text: &str) -> Option<&str> {
    let (_, command) = text.split_once("]$ ").or_else(|| text.split_once("]# "))?;
    Some(command)
}

// # nixos-rebuild switch
// Other commands could be those of a comment.
fn of_root(text: &str) -> Option<&str> {
    text.strip_prefix("# ").filter(|command| command.starts_with("nixos-rebuild "))
}

// Script started on 2026-11-22 11:28:06+00:00 [COMMAND="nixos-rebuild switch" TERM="xterm"]
fn recorded(text: &str) -> Option<&str> {
    let (_, rest) = text.strip_prefix("Script started on ")?.split_once("[COMMAND=\"")?;
    rest.split_once('"').map(|(command, _)| command)
}

// ➜  nixos git:(main) ✗ sudo nixos-rebuild switch
fn behind_arrow(text: &str) -> Option<&str> {
    let (_, rest) = text.strip_prefix('➜')?.trim_start().split_once(' ')?;
    let rest = match rest.strip_prefix("git:(") {
        Some(branch) => branch.split_once(") ")?.1,
        None => rest,
    };
    Some(rest.strip_prefix("✗ ").unwrap_or(rest))
}

// alice@host:~/nixos$ sudo nixos-rebuild switch
// alice@host ~/nixos> sudo nixos-rebuild switch
fn behind_user(text: &str) -> Option<&str> {
    let head = &text.as_bytes()[..text.len().min(MAX_USER_LEN)];
    let user = memchr::memchr(b'@', head)?;
    let is_user =
        text[..user].bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte));
    let starts = ENDS.iter().filter_map(|end| text.find(end).map(|at| at + end.len()));
    let start = starts.min()?;
    (is_user && user > 0 && start <= MAX_PROMPT_LEN).then(|| &text[start..])
}

#[cfg(test)]
mod tests {
    use super::command;

    #[test]
    fn commands_stand_behind_prompts() {
        for (prompt, end) in [
            ("$ ", ""),
            ("+ ", ""),
            ("❯ ", ""),
            ("[alice@host:~]$ ", ""),
            ("[root@host:~]# ", ""),
            ("# ", ""),
            ("alice@host:~/nixos$ ", ""),
            ("root@host:/etc/nixos# ", ""),
            ("alice@host ~/nixos % ", ""),
            ("alice@host ~/n/nixos (main)> ", ""),
            ("➜  nixos git:(main) ✗ ", ""),
            ("➜  ~ ", ""),
            ("##[group]Run ", ""),
            ("[command]", ""),
            ("Script started on 2026-11-22 11:28:06+00:00 [COMMAND=\"", "\" TERM=\"xterm\"]"),
        ] {
            let text = format!("{prompt}nixos-rebuild switch -L{end}");
            assert_eq!(command(&text), Some("nixos-rebuild switch -L"), "{text}");
        }
    }

    #[test]
    fn other_lines_have_no_prompt() {
        for text in [
            "# nix build is what to run",
            "copying path '/nix/store/x' to 'ssh://root@host'...",
            "@nix {\"action\":\"msg\"}",
            "Script done on 2026-11-22 11:28:06+00:00 [COMMAND_EXIT_CODE=\"0\"]",
            "[1/2 built] building x",
            "root@192.168.0.144: Permission denied (publickey).",
            "➜",
        ] {
            assert_eq!(command(text), None, "{text}");
        }
    }
}
