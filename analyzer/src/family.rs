//! Families of packages that change together, by their names.

use crate::kind::{has_start, is_initrd, is_kernel};

/// Families by the whole name of a package.
const NAMES: [(&str, &[&str]); 11] = [
    ("python", &["python", "python2", "python3"]),
    ("perl", &["perl"]),
    ("ruby", &["ruby"]),
    ("lua", &["lua", "luajit"]),
    ("ocaml", &["ocaml"]),
    (
        "haskell",
        &["cabal-install", "cabal2nix", "ghc", "ghcid", "hlint", "hoogle", "ormolu", "stack"],
    ),
    ("texlive", &["texlive"]),
    (
        "gnome",
        &[
            "adwaita-icon-theme",
            "baobab",
            "cheese",
            "eog",
            "epiphany",
            "evince",
            "evolution-data-server",
            "evolution",
            "file-roller",
            "gdm",
            "gjs",
            "gvfs",
            "libadwaita",
            "loupe",
            "mutter",
            "nautilus",
            "orca",
            "rygel",
            "simple-scan",
            "sushi",
            "totem",
            "tracker",
            "tracker-miners",
            "yelp",
            "zenity",
        ],
    ),
    (
        "kde",
        &[
            "ark",
            "attica",
            "baloo",
            "baloo-widgets",
            "bluedevil",
            "bluez-qt",
            "breeze",
            "breeze-gtk",
            "breeze-icons",
            "discover",
            "dolphin",
            "dolphin-plugins",
            "drkonqi",
            "elisa",
            "filelight",
            "frameworkintegration",
            "gwenview",
            "kactivitymanagerd",
            "karchive",
            "kate",
            "kauth",
            "kbookmarks",
            "kcalc",
            "kcmutils",
            "kcodecs",
            "kcompletion",
            "kconfig",
            "kconfigwidgets",
            "kcoreaddons",
            "kcrash",
            "kdbusaddons",
            "kdeclarative",
            "kdecoration",
            "kded",
            "kfilemetadata",
            "kglobalaccel",
            "kglobalacceld",
            "kguiaddons",
            "kholidays",
            "ki18n",
            "kiconthemes",
            "kidletime",
            "kinfocenter",
            "kio",
            "kio-extras",
            "kirigami",
            "kitemmodels",
            "kitemviews",
            "kjobwidgets",
            "kmenuedit",
            "knewstuff",
            "knotifications",
            "knotifyconfig",
            "konsole",
            "kpackage",
            "kparts",
            "kpeople",
            "kpipewire",
            "kpty",
            "krunner",
            "kscreen",
            "kscreenlocker",
            "kservice",
            "ksshaskpass",
            "kstatusnotifieritem",
            "ksvg",
            "ksystemstats",
            "ktexteditor",
            "ktextwidgets",
            "kunitconversion",
            "kwallet",
            "kwallet-pam",
            "kwayland",
            "kwidgetsaddons",
            "kwin",
            "kwindowsystem",
            "kwrited",
            "kxmlgui",
            "layer-shell-qt",
            "libkscreen",
            "libksysguard",
            "libplasma",
            "milou",
            "okular",
            "polkit-kde-agent-1",
            "powerdevil",
            "print-manager",
            "purpose",
            "sddm-kcm",
            "solid",
            "sonnet",
            "spectacle",
            "syntax-highlighting",
            "systemsettings",
            "threadweaver",
            "xdg-desktop-portal-kde",
        ],
    ),
    ("linux", &["cpupower", "kernel-modules", "linux-firmware", "nvidia-settings"]),
    ("locales", &["glibc-locales"]),
];

/// Families by what the name of a package begins with.
const STARTS: [(&str, &[&str]); 14] = [
    ("haskell", &["ghc-", "haskell-"]),
    ("texlive", &["texlive-"]),
    ("gnome", &["gnome-"]),
    ("kde", &["kde-", "plasma-"]),
    ("vim", &["vimplugin-", "vim-plugin-"]),
    ("tree-sitter", &["tree-sitter"]),
    ("nerd-fonts", &["nerd-fonts-", "nerdfonts"]),
    ("locales", &["aspell-dict-", "hunspell-dict-", "hyphen-dict-"]),
    ("linux", &["perf-linux"]),
    // Package sets of one version of an interpreter: python3.12-requests, perl5.40.0-File-Slurp.
    ("python", &["python2.", "python3."]),
    ("perl", &["perl5."]),
    ("ruby", &["ruby2.", "ruby3."]),
    ("lua", &["lua5.", "luajit2."]),
    ("ocaml", &["ocaml4.", "ocaml5."]),
];

/// The family of a package, if it has one.
pub(crate) fn of(name: &str, version: Option<&str>) -> Option<&'static str> {
    if is_kernel(name, version) || is_initrd(name) || version.is_some_and(is_of_driver) {
        return Some("linux");
    }
    if name.ends_with("-grammar") || name.ends_with("-grammar-neovim") {
        return Some("tree-sitter");
    }
    if is_qt(name, version) {
        return Some("qt");
    }
    let by_name = NAMES.iter().find(|(_, names)| names.contains(&name));
    let by_start = || STARTS.iter().find(|(_, starts)| has_start(name, starts));
    by_name.or_else(by_start).map(|(family, _)| *family)
}

/// Whether a version ends in that of the kernel that it was built for: `570.124.04-6.12.19`.
fn is_of_driver(version: &str) -> bool {
    let Some((own, kernel)) = version.rsplit_once('-') else { return false };
    let numbers = |text: &str| text.split('.').all(|part| part.parse::<u16>().is_ok());
    let is_kernel = (2..=3).contains(&kernel.split('.').count()) && numbers(kernel);
    is_kernel && own.starts_with(|c: char| c.is_ascii_digit()) && own.contains('.')
}

/// Modules of Qt have its version: qtbase-6.8.2. Other names begin alike: qtpass-1.4.0.
fn is_qt(name: &str, version: Option<&str>) -> bool {
    name.starts_with("qt")
        && version.is_some_and(|version| version.starts_with("5.15") || version.starts_with("6."))
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn packages_have_families() {
        for (name, version, family) in [
            ("python3.13-requests", "2.32.3", Some("python")),
            ("python3", "3.13.2", Some("python")),
            ("perl5.40.0-File-Slurp", "9999.32", Some("perl")),
            ("linux", "6.12.19-modules", Some("linux")),
            ("linux-firmware", "20250311", Some("linux")),
            ("initrd-linux", "6.12.19", Some("linux")),
            ("nvidia-x11", "570.124.04-6.12.19", Some("linux")),
            ("zfs-kernel", "2.2.7-6.12.19", Some("linux")),
            ("glibc", "2.40-66", None),
            ("qtbase", "6.8.2", Some("qt")),
            ("qtpass", "1.4.0", None),
            ("lua-grammar-neovim", "0.9.5", Some("tree-sitter")),
            ("gnome-shell", "47.3", Some("gnome")),
            ("kwin", "6.3.2", Some("kde")),
            ("nerd-fonts-fira-code", "3.3.0", Some("nerd-fonts")),
            ("firefox", "136.0", None),
        ] {
            assert_eq!(of(name, Some(version)), family, "{name} {version}");
        }
    }
}
