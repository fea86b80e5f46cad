//! Which names are known by their place, and which are not.

use super::*;

#[track_caller]
fn check(text: &str, users: &[&str], hosts: &[&str]) {
    let (mut found_users, mut found_hosts) = (Vec::new(), Vec::new());
    Places::default().find_all(text.as_bytes(), &mut |role, range| match role {
        Role::User => found_users.push(&text[range]),
        Role::Host => found_hosts.push(&text[range]),
    });
    for found in [&mut found_users, &mut found_hosts] {
        found.sort_unstable();
        found.dedup();
    }
    assert_eq!((&found_users[..], &found_hosts[..]), (users, hosts), "{text}");
}

#[test]
fn prompts_tell_user_and_host() {
    check("alice@laptop:~$ nixos-rebuild switch", &["alice"], &["laptop"]);
    check("[alice@laptop:~/nixos]$ sudo nixos-rebuild switch", &["alice"], &["laptop"]);
    check("alice@laptop ~ % darwin-rebuild switch", &["alice"], &["laptop"]);
    check("[alice@web.example.org:~]$", &["alice"], &["web.example.org"]);
    check("root@laptop:/etc/nixos# nixos-rebuild", &["root"], &["laptop"]);
    check("Identity added: /x/id_ed25519 (alice@laptop)", &["alice"], &["laptop"]);
    check("alice@laptop's password:", &["alice"], &["laptop"]);
}

#[test]
fn other_signs_are_no_accounts() {
    for text in [
        "@nix {\"action\":\"stop\",\"id\":1}",
        "starting user@1000.service, getty@tty1.service",
        "systemd-fsck@dev-disk-by\\x2duuid.service",
        "NOT restarting systemd-backlight@leds:dell::kbd_backlight.service",
        "openssh-server@laptop:22.service",
        "docker pull nginx@sha256:abc",
        "npm install @types/node@18 lodash@4.17.21",
        "HEAD@{1}",
        "mail to alice@example.org about it",
        "@alice",
        "alice@",
    ] {
        check(text, &[], &[]);
    }
}

#[test]
fn homes_tell_users() {
    check("warning: Git tree '/home/alice/nixos' is dirty", &["alice"], &[]);
    check("git+file:///home/alice?dir=x", &["alice"], &[]);
    check("/Users/alice/.nix-profile", &["alice"], &[]);
    check("/var/home/alice", &["alice"], &[]);
    check("/nix/var/nix/profiles/per-user/alice/profile", &["alice"], &[]);
    check("path '/home/alice.'", &["alice"], &[]);
    check("/persist/home/alice/x", &["alice"], &[]);
}

#[test]
fn folders_called_home_are_no_homes() {
    check("/nix/store/abc-source/home/alice/x.nix", &[], &[]);
    check("modules/home/alice, https://example.org/home/alice", &[], &[]);
    check("modules/home/bat.nix and /home/bat.nix'", &[], &[]);
    check("/home/$USER /home/<name> /home/", &[], &[]);
}

#[test]
fn activation_tells_users() {
    check("reloading user units for alice...", &["alice"], &[]);
    check("starting the following user units for alice: x.service", &["alice"], &[]);
    check("unit-home-manager-alice.service.drv", &["alice"], &[]);
    check("home-manager-generation.drv home-manager-path", &[], &[]);
    check("-activation-alice.drv -activation-script.drv", &["alice"], &[]);
    check("reviving user ‘alice’ with UID 1000", &["alice"], &[]);
    check("evaluation warning: alice profile: The option", &["alice"], &[]);
    check("`home-manager.users.alice.home.packages'", &["alice"], &[]);
    check("`users.users.\"alice\".shell'", &["alice"], &[]);
    check("users.users.<name>.shell", &[], &[]);
    check("[sudo] password for alice:", &["alice"], &[]);
    check("   alice : TTY=pts/1 ; PWD=/x ; USER=root ; COMMAND=y", &["alice", "root"], &[]);
    check("session opened for user alice(uid=1000) by (uid=0)", &["alice"], &[]);
}

#[test]
fn systems_tell_hosts() {
    check("nixos-system-laptop-24.11.20250313.abcdef0.drv", &[], &["laptop"]);
    check("nixos-system-web-01-24.11pre-git", &[], &["web-01"]);
    check("activatable-nixos-system-laptop-26.05", &[], &["laptop"]);
    check("nixos-system-laptop.drv", &[], &["laptop"]);
    check("nixos-system-24.11.20250313.abcdef0", &[], &[]);
    check("nixos-system-", &[], &[]);
    check("attribute 'nixosConfigurations.\"laptop\".config'", &[], &["laptop"]);
    check("darwinConfigurations.laptop.system", &[], &["laptop"]);
    check("homeConfigurations.alice.activationPackage", &["alice"], &[]);
    check("homeConfigurations.\"alice@laptop\".x", &["alice"], &["laptop"]);
    check("nixos-rebuild switch --flake .#laptop", &[], &["laptop"]);
    check("--flake=/etc/nixos#laptop --impure", &[], &["laptop"]);
    check("home-manager switch --flake .#alice@laptop", &["alice"], &["laptop"]);
    check("--flake . --flake .#a.b.c", &[], &[]);
    check("nh os switch --hostname laptop", &[], &["laptop"]);
    check("networking.hostName = \"laptop\";", &[], &["laptop"]);
}

#[test]
fn connections_tell_hosts() {
    check("building '/nix/store/x.drv' on 'ssh://builder'...", &[], &["builder"]);
    check("ssh-ng://alice@web.example.org", &["alice"], &["web.example.org"]);
    check("ssh://alice@192.0.2.7", &["alice"], &[]);
    check("https://alice:hunter2@git.example.org/x", &["alice"], &["git.example.org"]);
    check("--target-host alice@server --build-host 'web'", &["alice"], &["server", "web"]);
    check("nix-copy-closure --to alice@web.example.org /x", &["alice"], &["web.example.org"]);
    check("ssh: Could not resolve hostname server: Name", &[], &["server"]);
    check("ssh: connect to host server port 22: No route", &[], &["server"]);
    check("error: failed to start SSH connection to 'server'", &[], &["server"]);
    check("error: cannot connect to 'alice@server'", &["alice"], &["server"]);
    check("Connection to server closed by remote host.", &[], &["server"]);
    check("the connection to the server was lost", &[], &[]);
    check("Permanently added '[server]:22' (ED25519)", &[], &["server"]);
    check("The authenticity of host 'server (192.0.2.1)' can't", &[], &["server"]);
}

#[test]
fn journals_tell_hosts() {
    for stamp in [
        "Mar 13 04:40:12",
        "Mar 13 04:40:12.123456",
        "2025-03-13T04:40:12+0000",
        "2025-03-13T04:40:12.123456+00:00",
        "Thu 2025-03-13 04:40:12 UTC",
        "[12345.678901]",
    ] {
        check(&format!("{stamp} laptop nixos-upgrade-start[12]: x\n"), &[], &["laptop"]);
        check(&format!("x\n{stamp} laptop kernel: x"), &[], &["laptop"]);
        check(&format!("{stamp} evaluation warning: x"), &[], &[]);
        check(&format!("{stamp} building '/nix/store/x.drv'..."), &[], &[]);
        check(&format!("{stamp} laptop"), &[], &[]);
    }
    check("{\"_HOSTNAME\":\"laptop\",\"MESSAGE\":\"x\"}", &[], &["laptop"]);
    check("_HOSTNAME=laptop", &[], &["laptop"]);
}
