#!/usr/bin/env bash
# Makes a sample log: make.sh ollama-upgrade | failed-build | fetch-heavy
# Needs root, debootstrap, openssl, python3 and a mirror of Debian. README.md says what happens.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=${SAMPLES_WORK:-${TMPDIR:-/tmp}/rebuildscope-samples}
mirror=${MIRROR:-http://deb.debian.org/debian}

sample=${1:-}
case $sample in
  ollama-upgrade | fetch-heavy) suite=trixie ;; # Nix 2.26
  failed-build) suite=sid ;;                    # Nix 2.34 when this was written
  *)
    sed -n 2,3p "$0" >&2
    exit 2
    ;;
esac
root=$work/root-$suite

if ! [ -e "$root.ready" ]; then
  echo "installing Debian $suite with Nix into $root" >&2
  mkdir -p "$work"
  debootstrap --variant=minbase "$suite" "$root" "$mirror" > "$work/$suite.log" 2>&1
  unshare -m bash -c "
    mount --make-rprivate / && mount -t proc proc '$root/proc' && mount --bind /dev '$root/dev'
    export DEBIAN_FRONTEND=noninteractive
    chroot '$root' apt-get update
    chroot '$root' apt-get -y install --no-install-recommends \
      nix-bin git ca-certificates python3-minimal zstd xz-utils gcc make libc6-dev" >> "$work/$suite.log" 2>&1
  touch "$root.ready"
fi

# A network of its own, in which cache.nixos.org, github.com and channels.nixos.org are one
# slow server of this machine. The real ones are never asked.
exec unshare -m -n -p -f --mount-proc bash "$here/tools/inside.sh" "$sample" "$root" "$work" \
  "$here/../../public/samples/$sample.log"
