//! Lines of the programs that install a boot loader.

use super::ActivationLine;

const GRUB: &str = "GRUB";
const SYSTEMD_BOOT: &str = "systemd-boot";
const LANZABOOTE: &str = "Lanzaboote";

/// How the lines of a boot loader begin.
const STARTS: [(&str, &str); 13] = [
    ("updating GRUB", GRUB),
    ("installing the GRUB", GRUB),
    ("Installing for x86_64-efi platform.", GRUB),
    ("Installing for i386-pc platform.", GRUB),
    ("Installing for arm64-efi platform.", GRUB),
    ("Installation finished. No error reported.", GRUB),
    ("updating systemd-boot from ", SYSTEMD_BOOT),
    ("Random seed file /", SYSTEMD_BOOT),
    ("Installing Lanzaboote to ", LANZABOOTE),
    ("Successfully installed Lanzaboote", LANZABOOTE),
    ("Collecting garbage...", LANZABOOTE),
    ("updating the boot generations directory", "boot generations directory"),
    ("Updating systemd-boot...", LANZABOOTE),
];

/// Reads a line that tells which boot loader is installed or updated.
pub(super) fn parse(line: &str) -> Option<ActivationLine<'_>> {
    let known = STARTS.iter().find(|(start, _)| line.starts_with(start)).map(|(_, name)| *name);
    known.or_else(|| bootctl(line)).map(ActivationLine::Bootloader)
}

// Copied "/nix/store/…-systemd-257.9/lib/systemd/boot/efi/systemd-bootx64.efi" to "/boot/EFI/BOOT/BOOTX64.EFI".
// Created EFI boot entry "Linux Boot Manager".
// Created "/boot/EFI/systemd".
fn bootctl(line: &str) -> Option<&'static str> {
    let copied = line.starts_with("Copied \"") && line.contains("/systemd-boot");
    let created = line.strip_prefix("Created ").is_some_and(|rest| {
        rest.starts_with("EFI boot entry ") || (rest.starts_with("\"/") && rest.contains("/EFI"))
    });
    (copied || created).then_some(SYSTEMD_BOOT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boot_loaders_are_named() {
        for (line, name) in [
            ("updating GRUB 2 menu...", GRUB),
            ("installing the GRUB 2 boot loader on /dev/sda...", GRUB),
            ("Installing for x86_64-efi platform.", GRUB),
            ("updating systemd-boot from 256.9 to 256.10", SYSTEMD_BOOT),
            ("Created EFI boot entry \"Linux Boot Manager\".", SYSTEMD_BOOT),
            (
                "Copied \"/x/lib/systemd/boot/efi/systemd-bootx64.efi\" to \"/boot/x\".",
                SYSTEMD_BOOT,
            ),
            ("Installing Lanzaboote to \"/boot\"...", LANZABOOTE),
        ] {
            assert_eq!(parse(line), Some(ActivationLine::Bootloader(name)), "{line}");
        }
        assert_eq!(parse("updating users"), None);
        assert_eq!(parse("Copied \"a\" to \"b\"."), None);
    }
}
