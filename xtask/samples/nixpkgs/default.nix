# A stand-in for Nixpkgs: names, versions and outputs of real packages, with made-up contents.
# `make.sh` writes generation.nix: { release = "old" | "new"; label = "..."; }
# kind: "desktop" (unfree software of its own), "plasma" (a large desktop, all of it cached) or "camera" (a kernel module).
{ hostName ? "host", kind ? "desktop" }:
let
  generation = import ./generation.nix;
  isNew = generation.release == "new";
  # The camera's machine follows the latest kernel.
  latestKernel = if isNew then "6.15.2" else "6.14.9";

  lines = file: builtins.filter (line: builtins.isString line && line != "" && builtins.substring 0 1 line != "#")
    (builtins.split "\n" (builtins.readFile file));
  fields = separator: line: builtins.filter builtins.isString (builtins.split separator line);

  derive = { name, builder, outputs ? [ "out" ], deps ? [ ], ... }@attrs: derivation (removeAttrs attrs [ "deps" ] // {
    inherit outputs;
    deps = map (dep: "${dep}") deps;
    system = "x86_64-linux";
    builder = "/bin/sh";
    args = [ "-e" builder ];
    common = ./builders/common.sh;
    preferLocalBuild = true;
  });

  # One row of a table, as the package that this release has of it; null where it has none.
  fromRow = line:
    let
      row = fields "\t" line;
      at = builtins.elemAt row;
      changed = at 2 != "=" && at 2 != "~";
      version =
        if kind == "camera" && at 0 == "linux" then latestKernel
        else if isNew && changed then at 2
        else at 1;
    in
    if version == "-" then null else derive {
      name = "${at 0}-${version}";
      builder = ./builders/payload.sh;
      outputs = fields "," (at 3);
      kib = at 4;
      # What an unchanged version was built with moves on, so the result moves, too.
      stdenv = if at 2 == "~" then generation.release else "";
    };
  fromTable = file: builtins.filter (package: package != null) (map fromRow (lines file));
  outputsOf = package: map (output: package.${output}) package.outputs;

  base = fromTable ./packages.tsv;
  desktop = fromTable ./desktop.tsv;
  named = name: builtins.head (builtins.filter (package: (builtins.parseDrvName package.name).name == name) base);
  versionOf = name: (builtins.parseDrvName (named name).name).version;

  local = import ./local.nix { inherit derive named versionOf isNew; };
  cached = base ++ (if kind == "plasma" then desktop else [ ]);
  software = builtins.concatMap outputsOf cached;
in
{
  inherit cached;
  nix = named "nix";
  system = import ./system.nix {
    inherit derive named versionOf software local hostName kind;
    inherit (generation) label;
  };
}
