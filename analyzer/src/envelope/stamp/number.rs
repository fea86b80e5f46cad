//! Reads digits.

/// `.123456` as milliseconds; nothing is none.
pub(super) fn fraction(text: &str) -> (i64, &str) {
    let Some(digits) = text.strip_prefix(['.', ',']) else { return (0, text) };
    let len = digits.bytes().take_while(u8::is_ascii_digit).count();
    if len == 0 {
        return (0, text);
    }
    let millis = digits.bytes().take(len).chain([b'0'; 3]).take(3);
    let millis = millis.fold(0, |value, digit| value * 10 + i64::from(digit - b'0'));
    (millis, &digits[len..])
}

/// A number of `min` to `max` digits, and what follows; no further digit follows.
pub(super) fn number(text: &str, min: usize, max: usize) -> Option<(i64, &str)> {
    let len = text.bytes().take(max + 1).take_while(u8::is_ascii_digit).count();
    if len < min || len > max {
        return None;
    }
    Some((text[..len].parse().ok()?, &text[len..]))
}
