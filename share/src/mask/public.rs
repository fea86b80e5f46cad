//! Servers that everybody knows, so that their names tell nothing of a person.

/// Domains, with everything below them, and why they stay.
const DOMAINS: [(&str, &[&str]); 8] = [
    (
        "They are of Nix, and half of what a log says is about them.",
        &[
            "cachix.org",
            "determinate.systems",
            "flakehub.com",
            "flox.dev",
            "garnix.io",
            "lix.systems",
            "nix-community.org",
            "nix.dev",
            "nixos.org",
            "nixos.wiki",
            "numtide.com",
        ],
    ),
    (
        "Sources and releases of most packages are there.",
        &[
            "bitbucket.org",
            "codeberg.org",
            "freedesktop.org",
            "git.savannah.gnu.org",
            "github.com",
            "githubusercontent.com",
            "github.io",
            "gitlab.com",
            "gitlab.io",
            "sr.ht",
            "sourceforge.io",
            "sourceforge.net",
            "sourcehut.org",
        ],
    ),
    (
        "Packages of a language come from there.",
        &[
            "clojars.org",
            "cpan.org",
            "cran.r-project.org",
            "crates.io",
            "ctan.org",
            "golang.org",
            "go.dev",
            "goproxy.io",
            "gopkg.in",
            "haskell.org",
            "hex.pm",
            "jsr.io",
            "maven.org",
            "maven.apache.org",
            "metacpan.org",
            "npmjs.com",
            "npmjs.org",
            "nuget.org",
            "packagist.org",
            "pypi.org",
            "python.org",
            "pythonhosted.org",
            "rubygems.org",
            "rust-lang.org",
            "yarnpkg.com",
        ],
    ),
    (
        "Projects that many systems have packages of.",
        &[
            "apache.org",
            "archlinux.org",
            "debian.org",
            "fedoraproject.org",
            "gnome.org",
            "gnu.org",
            "hyprland.org",
            "kde.org",
            "kernel.org",
            "launchpad.net",
            "llvm.org",
            "mozilla.net",
            "mozilla.org",
            "openssl.org",
            "postgresql.org",
            "qt.io",
            "sqlite.org",
            "systemd.io",
            "tug.org",
            "ubuntu.com",
            "videolan.org",
            "wikipedia.org",
            "x.org",
            "xorg.org",
            "zlib.net",
        ],
    ),
    (
        "Unfree packages and large files are fetched from there.",
        &[
            "akamai.net",
            "cloudflare.com",
            "developer.download.nvidia.com",
            "discord.com",
            "discordapp.net",
            "dl.google.com",
            "docker.io",
            "fastly.net",
            "ghcr.io",
            "googleapis.com",
            "huggingface.co",
            "jetbrains.com",
            "microsoft.com",
            "nvidia.com",
            "ollama.com",
            "quay.io",
            "spotify.com",
            "steampowered.com",
            "visualstudio.com",
            "vscode-cdn.net",
        ],
    ),
    (
        "Licences, standards and archives that documents name.",
        &[
            "archive.org",
            "creativecommons.org",
            "ietf.org",
            "json-schema.org",
            "spdx.org",
            "w3.org",
        ],
    ),
    ("No machine is called so: the name is kept for that.", &["invalid"]),
    ("It is this machine, whichever it is.", &["localhost"]),
];

/// Addresses that are the same for everybody: resolvers that anybody may ask.
const ADDRESSES: [&str; 8] = [
    "1.0.0.1",
    "1.1.1.1",
    "8.8.4.4",
    "8.8.8.8",
    "9.9.9.9",
    "149.112.112.112",
    "2606:4700:4700::1111",
    "2001:4860:4860::8888",
];

/// Whether everybody knows the server.
pub(super) fn is_public_host(host: &str) -> bool {
    let host = host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase();
    DOMAINS.iter().flat_map(|(_, domains)| domains.iter()).any(|domain| {
        host.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    })
}

/// Whether everybody knows the address.
pub(super) fn is_public_address(address: &str) -> bool {
    ADDRESSES.contains(&address)
}
