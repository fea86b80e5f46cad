# Software that no cache has: unfree, or made from this machine's own choices.
{ derive, named, versionOf, isNew }:
let
  linux = versionOf "linux";
  source = { name, version, url }: derive {
    inherit name url;
    builder = ./builders/source.sh;
    content = version;
    outputHashMode = "flat";
    outputHashAlgo = "sha256";
    outputHash = builtins.hashString "sha256" "${version}\n";
  };
in
rec {
  ollamaVersion = if isNew then "0.6.0" else "0.5.13";
  ollamaSource = source {
    name = "source";
    version = ollamaVersion;
    url = "https://github.com/ollama/ollama/archive/refs/tags/v${ollamaVersion}.tar.gz";
  };
  ollamaModules = source {
    name = "ollama-${ollamaVersion}-go-modules";
    version = "modules of ${ollamaVersion}";
    url = "https://proxy.golang.org";
  };
  ollama = derive {
    name = "ollama-${ollamaVersion}";
    version = ollamaVersion;
    builder = ./builders/ollama.sh;
    src = ollamaSource;
    modules = ollamaModules;
    deps = [ (named "gcc").lib ];
    # The old one only has to be there; nobody watches it being built.
    pace = if isNew then "1.7" else "0";
  };
  nvidia = derive {
    name = "nvidia-x11-${versionOf "nvidia-settings"}-${linux}";
    builder = ./builders/nvidia.sh;
    outputs = [ "out" "bin" ];
    deps = [ (named "linux") ];
    pace = if isNew then "0.25" else "0";
  };
  v4l2loopback = derive {
    name = "v4l2loopback-0.13.2-${linux}";
    builder = ./builders/v4l2loopback.sh;
    outputs = [ "out" "bin" ];
    src = ./v4l2loopback;
    deps = [ (named "linux") ];
    inherit linux;
  };
  steam = derive {
    name = "steam-1.0.0.82-fhsenv-rootfs";
    builder = ./builders/tree.sh;
    deps = [ (named "steam-unwrapped") (named "glibc") (named "mesa").out ];
    seconds = if isNew then "6" else "0";
  };
}
