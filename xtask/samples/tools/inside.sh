#!/usr/bin/env bash
# inside.sh SAMPLE ROOT WORK OUT: makes one sample inside the namespaces that make.sh has set up.
set -eu
sample=$1 root=$2 work=$3 out=$4
here=$(cd "$(dirname "$0")/.." && pwd)
www=$root/www

# What the sample is: when, how fast its server is, and between which two releases it moves.
series=25.05
old_rev=10069ef4cf863633f57238f179a0297de84bd8d3 old_date=2025-03-06T12:00:00Z
new_rev=6607cf789e541e7873d40d3a8f7815ea92204f32 new_date=2025-03-13T12:00:00Z
case $sample in
  ollama-upgrade) kind=desktop began=2025-03-13T20:14:10+0000 rate=250e3 prefix='' ;;
  fetch-heavy) kind=plasma began=2025-03-14T04:40:02+0000 rate=400e3 prefix=host ;;
  failed-build)
    kind=camera began=2025-06-08T09:02:31+0000 rate=1e6 prefix='' series=25.11
    old_rev=d3d2d80a2191a73d1e86456a751b83aa13085d7d old_date=2025-06-03T12:00:00Z
    new_rev=3e3afe5174c561dee0df6f2c2b2236990146329f new_date=2025-06-07T12:00:00Z
    ;;
esac

mount --make-rprivate /
mount --bind "$root" "$root"
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
python3 "$here/tools/lo.py"

# run COMMAND: in the root, as the only root there is: Nix leaves a mere chroot when it starts git.
run() {
  unshare -m bash -c '
    cd "$1" && mkdir -p .outside && pivot_root . .outside && umount -l /.outside && cd /root
    exec env -i HOME=/root USER=root PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin LANG=C.UTF-8 TERM=dumb \
      NIX_SSL_CERT_FILE=/etc/nix/server.crt NIX_PATH=nixpkgs=/nix/var/nix/profiles/per-user/root/channels/nixos \
      EXTRA_ARGS="$3" bash -c "$2"' run "$root" "$1" "--argstr kind $kind"
}

# ---- the machine
rm -rf "$root/nix" "$www" "$root/root" "$root/etc/nixos"
mkdir -p "$root/nix" "$www" "$root/root" "$root/etc/nix" "$root/etc/nixos" "$root/usr/local/bin"
cp "$here"/stand-ins/* "$root/usr/local/bin/"
cp "$here/switch/$sample.tsv" "$root/etc/switch-lines"
hosts="cache.nixos.org github.com api.github.com channels.nixos.org"
echo "127.0.0.1 localhost $hosts" > "$root/etc/hosts"
openssl req -x509 -newkey rsa:2048 -nodes -days 30 -keyout "$work/server.key" -out "$work/server.crt" -subj /CN=stand-in \
  -addext "subjectAltName=$(printf 'DNS:%s,' $hosts)IP:127.0.0.1" 2> /dev/null
cp "$work/server.crt" "$root/etc/nix/"
cat > "$root/etc/nix/nix.conf" <<X
build-users-group =
sandbox = false
require-sigs = false
substituters = https://cache.nixos.org
flake-registry =
experimental-features = nix-command flakes
max-jobs = 2
cores = 1
X

# ---- two releases of the stand-in for Nixpkgs, as their forge and their channel serve them
release() { # release old|new REV DATE
  local tree="$work/tree/nixpkgs-$2"
  rm -rf "$tree" && mkdir -p "$tree"
  cp -r "$here"/nixpkgs/. "$tree/"
  echo "{ release = \"$1\"; label = \"$series.${3:0:4}${3:5:2}${3:8:2}.${2:0:7}\"; }" > "$tree/generation.nix"
  mkdir -p "$www/NixOS/nixpkgs/archive" "$www/repos/NixOS/nixpkgs/commits" "$www/nixos-unstable"
  tar -C "$work/tree" --mtime="$3" -czf "$www/NixOS/nixpkgs/archive/$2.tar.gz" "nixpkgs-$2"
  tar -C "$work/tree" --mtime="$3" -cJf "$www/nixos-unstable/nixexprs.tar.xz" "nixpkgs-$2"
  echo "{\"sha\": \"$2\", \"commit\": {\"tree\": {\"sha\": \"$2\"}}}" > "$www/repos/NixOS/nixpkgs/commits/nixos-unstable"
  rm -rf "$root/root/nixpkgs-$1" && cp -r "$tree" "$root/root/nixpkgs-$1"
}
cat > "$root/etc/nixos/flake.nix" <<X
{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  outputs = { nixpkgs, ... }: {
    nixosConfigurations.host = builtins.warn "The option \`hardware.pulseaudio' defined in \`/etc/nixos/configuration.nix' has been renamed to \`services.pulseaudio'."
      (nixpkgs.lib.nixosSystem { kind = "$kind"; });
  };
}
X

# ---- the cache, filled by Nix itself; then an empty store
release new "$new_rev" "$new_date"
run "nix-build /root/nixpkgs-new -A cached --argstr kind $kind --no-out-link --option substituters '' > /root/paths &&
  nix copy --to 'file:///www?compression=zstd' \$(nix-store -q --outputs \$(nix-store -q --deriver \$(cat /root/paths)) | sort -u)" \
  > "$work/fill.log" 2>&1
rm -rf "$root/nix"

# ---- the old system
release old "$old_rev" "$old_date"
python3 "$here/tools/serve.py" "$www" "$work/server.crt" "$work/server.key" 50e6 &
server=$!
sleep 1
run "git -C /etc/nixos init -q && git -C /etc/nixos add -A && nix flake lock /etc/nixos && git -C /etc/nixos add -A &&
  git -C /etc/nixos -c user.name=alice -c user.email=alice@host commit -qm configuration" > "$work/old.log" 2>&1
run "nix-channel --add https://channels.nixos.org/nixos-unstable nixos && nix-channel --update &&
  nix-build /root/nixpkgs-old -A system --argstr kind $kind -o /root/old-system --option substituters file:///www &&
  nix-env -p /nix/var/nix/profiles/system --set \$(readlink /root/old-system) &&
  ln -sfn \$(readlink /root/old-system) /nix/var/nix/profiles/system-41-link &&
  ln -sfn system-41-link /nix/var/nix/profiles/system && rm -f /nix/var/nix/profiles/system-1-link" >> "$work/old.log" 2>&1
release new "$new_rev" "$new_date"
# On the first run there is no cache yet, which is no fault.
run "rm -rf /root/.cache/nix/tarball-cache-v* /root/.cache/nix/fetcher-cache*" || true
kill "$server"

# ---- the sample
python3 "$here/tools/serve.py" "$www" "$work/server.crt" "$work/server.key" "$rate" &
server=$!
trap 'kill "$server"' EXIT
sleep 1
case $sample in
  ollama-upgrade) script='
    nix flake update --flake /etc/nixos
    nixos-rebuild switch --flake /etc/nixos
    nvd diff /nix/var/nix/profiles/system-41-link /nix/var/nix/profiles/system-42-link' ;;
  failed-build) script='
    nix-channel --update nixos
    nixos-rebuild switch' ;;
  fetch-heavy) script='nixos-rebuild boot --upgrade' ;;
esac
# What systemd writes around an automatic upgrade is written here, too.
log() {
  if [ "$sample" != fetch-heavy ]; then
    run "bash -x -c '$script'" 2>&1
    return
  fi
  echo "systemd[1]: Starting NixOS Upgrade..."
  run "$script" 2>&1 | sed -u 's/^/nixos-upgrade-start[2174]: /'
  echo "systemd[1]: nixos-upgrade.service: Deactivated successfully."
  echo "systemd[1]: Finished NixOS Upgrade."
}
log | python3 "$here/tools/stamp.py" "$began" ${prefix:+"$prefix"} > "$work/$sample.log"
mv "$work/$sample.log" "$out"
wc "$out" >&2
