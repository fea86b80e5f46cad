# Phases as stdenv announces them, for the stand-in builders.
export PATH=/usr/local/bin:/usr/bin:/bin
: "${pace:=0}" "${seconds:=0}"

# begin NAME: the line and the message that mark the start of a phase
begin() {
  phase=$1 began=$(date +%s)
  echo "Running phase: $phase"
  [ -z "${NIX_LOG_FD:-}" ] || printf '@nix { "action": "setPhase", "phase": "%s" }\n' "$phase" >&"$NIX_LOG_FD"
}

# end: stdenv tells the time of phases of 30 seconds and more
end() {
  took=$(($(date +%s) - began))
  [ "$took" -ge 30 ] || return 0
  printf '%s completed in ' "$phase"
  [ "$took" -lt 60 ] || printf '%d minutes ' $((took / 60))
  printf '%d seconds\n' $((took % 60))
}

# install_outputs: every output refers to all dependencies
install_outputs() {
  for output in $outputs; do
    eval "path=\$$output"
    mkdir -p "$path/share"
    echo "$name $output $deps" > "$path/share/name"
  done
}

fixup() {
  begin fixupPhase
  for output in $outputs; do
    eval "path=\$$output"
    echo "shrinking RPATHs of ELF executables and libraries in $path"
    echo "checking for references to /build/ in $path..."
    echo "patching script interpreter paths in $path"
    echo "stripping (with command strip and flags -S -p) in  $path/share"
  done
  end
}
