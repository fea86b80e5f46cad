//! The script that loads the parts, as the tool that cuts writes it, and what it has to become.

use crate::failure::{Failure, Result};

/// How the tool loads a part. It works only where a host names the type of WASM, which plain
/// file servers do not.
const STREAMING: &str = "WebAssembly.instantiateStreaming(src, imports)";

/// Loads from any host.
const INSTANTIATE: &str = "
async function instantiate(src, imports) {
    const response = await src;
    if (!response.ok) throw new Error(`${response.url}: status ${response.status}`);
    const isNamed = response.headers.get('Content-Type') === 'application/wasm';
    if (isNamed) return WebAssembly.instantiateStreaming(response, imports);
    return WebAssembly.instantiate(await response.arrayBuffer(), imports);
}
";

/// The script, but for hosts of every kind.
///
/// # Errors
///
/// It loads its parts in another way than is known here.
pub(super) fn with_fallback(script: &str) -> Result<String> {
    let replaced = expect(script, STREAMING)?.replace(STREAMING, "instantiate(src, imports)");
    Ok(replaced + INSTANTIATE)
}

/// The script with another name of the part that it fetches.
///
/// # Errors
///
/// It does not fetch the part.
pub(super) fn rename_part(script: &str, file: &str, name: &str) -> Result<String> {
    let address = |file: &str| format!("new URL(\"./{file}\",");
    let old = address(file);
    Ok(expect(script, &old)?.replace(&old, &address(name)))
}

/// The script with another name of the script that it imports. The program knows what it imports
/// by the old name, so that stays everywhere else.
///
/// # Errors
///
/// It does not import that script.
pub(super) fn rename_script(script: &str, file: &str, name: &str) -> Result<String> {
    let address = |file: &str| format!(" from \"./{file}\"");
    let old = address(file);
    Ok(expect(script, &old)?.replace(&old, &address(name)))
}

fn expect<'a>(script: &'a str, text: &str) -> Result<&'a str> {
    if script.contains(text) {
        return Ok(script);
    }
    Err(Failure::new(format!("expected `{text}` in a script of the page's parts")))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCRIPT: &str = "import { initSync } from \"./app.js\";
const src = fetch(new URL(\"./chunk_5.wasm\", import.meta.url));
return async (imports) => (WebAssembly.instantiateStreaming(src, imports));
";

    #[test]
    fn parts_load_from_hosts_that_do_not_know_their_type() {
        let script = with_fallback(SCRIPT).unwrap();
        assert!(script.contains("=> (instantiate(src, imports));"), "{script}");
        assert!(script.contains("response.arrayBuffer()"));
    }

    #[test]
    fn only_whole_names_are_replaced() {
        let renamed = rename_part(SCRIPT, "chunk_5.wasm", "part-report-1.wasm").unwrap();
        assert!(renamed.contains("new URL(\"./part-report-1.wasm\","), "{renamed}");
        assert!(rename_part(SCRIPT, "chunk_55.wasm", "x").is_err());
        assert!(rename_part(SCRIPT, "hunk_5.wasm", "x").is_err());
    }

    #[test]
    fn the_program_finds_its_imports_by_their_old_name() {
        let glue = "import * as import1 from \"./app_parts.js\"\n{ \"./app_parts.js\": import1 }";
        let renamed = rename_script(glue, "app_parts.js", "app_parts-1.js").unwrap();
        let expected =
            "import * as import1 from \"./app_parts-1.js\"\n{ \"./app_parts.js\": import1 }";
        assert_eq!(renamed, expected);
        assert!(rename_script(SCRIPT, "app_parts.js", "x").is_err());
    }
}
