//! Names that change with the content, so that a browser never mixes two builds.

/// `worker.js` becomes `worker-0123456789abcdef.js`.
pub(super) fn hashed_name(name: &str, content: &[u8]) -> String {
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    format!("{stem}-{:016x}.{extension}", fnv(content))
}

/// FNV-1a with 64 bits: the names have to differ, not to withstand anybody.
fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_the_content() {
        assert_eq!(hashed_name("a.css", b""), "a-cbf29ce484222325.css");
        assert_ne!(hashed_name("a.css", b"x"), hashed_name("a.css", b"y"));
    }
}
