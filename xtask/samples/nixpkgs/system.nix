# What NixOS makes from a configuration: modules, initial ram disk, units, /etc, the system.
{ derive, named, versionOf, software, local, hostName, kind, label }:
let
  linux = versionOf "linux";
  hasOllama = kind == "desktop";
  extra =
    if kind == "desktop" then [ local.ollama local.nvidia local.nvidia.bin local.steam ]
    else if kind == "camera" then [ local.v4l2loopback ]
    else [ ];
  modules =
    if kind == "desktop" then [ local.nvidia.bin ]
    else if kind == "camera" then [ local.v4l2loopback ]
    else [ ];

  file = name: deps: derive { inherit name deps; builder = ./builders/file.sh; };
  files = deps: map (name: file name deps);
  slow = name: seconds: deps: derive { inherit name deps seconds; builder = ./builders/tree.sh; };

  kernelModules = slow "linux-${linux}-modules" "1" ([ (named "linux").modules ] ++ modules);
  shrunk = slow "linux-${linux}-modules-shrunk" "2" [ kernelModules ];
  initrd = derive {
    name = "initrd-linux-${linux}";
    builder = ./builders/initrd.sh;
    deps = [ shrunk (named "systemd-minimal") ];
  };
  bootJson = file "boot.json" [ initrd (named "linux").out ];

  systemPath = slow "system-path" "4" (software ++ extra);
  dbusConfig = file "dbus-1" [ systemPath ];
  triggers = files [ dbusConfig ] [ "X-Restart-Triggers-dbus" "X-Restart-Triggers-polkit" ];

  ollamaUnit = file "unit-ollama.service" [ (file "unit-script-ollama-start" [ local.ollama ]) ];
  pathUnits = files [ systemPath ] [
    "unit-accounts-daemon.service" "unit-display-manager.service" "unit-fwupd.service" "unit-nix-daemon.service"
    "unit-nix-gc.service" "unit-systemd-fsck-.service"
  ];
  systemdUnits = files [ (named "systemd").out ] [
    "unit-systemd-logind.service" "unit-systemd-networkd.service" "unit-systemd-timesyncd.service"
    "unit-systemd-tmpfiles-resetup.service" "unit-user-.service" "unit-getty-.service"
  ];
  sslUnits = files [ (named "openssl").out ] [
    "unit-sshd.service" "unit-NetworkManager.service" "unit-wpa_supplicant.service"
  ];
  units = file "system-units" (pathUnits ++ systemdUnits ++ sslUnits ++ files triggers [ "unit-dbus.service" "unit-polkit.service" ]
    ++ (if hasOllama then [ ollamaUnit ] else [ ]));
  userUnits = file "user-units" (files triggers [ "unit-dbus-broker.service" ] ++ files [ (named "pipewire").out ] [
    "unit-pipewire.service" "unit-wireplumber.service"
  ]);

  etcFiles = files [ (named "systemd").out ] [
    "etc-os-release" "etc-profile" "etc-pam-environment" "set-environment" "nix.conf" "fc-00-nixos-cache.conf"
    "sysctl.d-60-nixos.conf" "tmpfiles.d" "udev-rules" "hwdb.bin" "issue" "lsb-release"
  ] ++ [ (file "man-cache" [ systemPath ]) (file "ca-bundle.crt" [ (named "nss") ]) ];
  etc = slow "etc" "1" ([ units userUnits dbusConfig ] ++ etcFiles);
in
slow "nixos-system-${hostName}-${label}" "1" [
  etc systemPath initrd bootJson kernelModules (file "activate" [ etc (named "perl").out ]) (named "systemd").out
]
