//! Takes the documentation out of the scripts that wasm-bindgen writes: browsers do not read it.

/// The script without its blocks of documentation, which begin with `/**` on a line of their own.
pub(super) fn without_docs(script: &str) -> String {
    let mut is_doc = false;
    let mut kept = String::with_capacity(script.len());
    for line in script.split_inclusive('\n') {
        is_doc |= line.trim() == "/**";
        if !is_doc {
            kept.push_str(line);
        }
        is_doc &= !line.trim_end().ends_with("*/");
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_documentation_is_taken_out() {
        let script =
            "/* eslint */\n    /**\n     * @param {number} a\n     */\nconst a = 2 /** 3 */\n";
        assert_eq!(without_docs(script), "/* eslint */\nconst a = 2 /** 3 */\n");
        assert_eq!(without_docs("no end"), "no end");
    }
}
