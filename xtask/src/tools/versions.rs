//! The versions of everything that is installed for a build: the one place to change them.

/// Trunk. Later ones need a newer compiler than `rust-toolchain.toml` names.
pub(crate) const TRUNK: &str = "0.21.14";

/// wasm-bindgen's command line; must be the version of the library in `Cargo.lock`.
pub(crate) const WASM_BINDGEN: &str = "0.2.129";

/// Binaryen, for `wasm-opt`, from its npm package; `binaryen/package-lock.json` holds its hash.
pub(crate) const BINARYEN: &str = "132.0.0";

/// The oldest major version of Node that the tests and `wasm-opt` run on.
pub(crate) const NODE_MAJOR: u32 = 20;
