//! Numbers in texts, and numbers with a point as whole ones.

use alloc::vec::Vec;

/// The number that digits are; `None` of other texts, and of numbers beyond 64 bits.
pub(crate) fn read(digits: &[u8]) -> Option<u64> {
    if digits.is_empty() {
        return None;
    }
    digits.iter().try_fold(0_u64, |number, byte| {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        number.checked_mul(10)?.checked_add(u64::from(digit))
    })
}

/// Adds a number, with zeros before it up to so many digits.
pub(crate) fn put(text: &mut Vec<u8>, number: u64, n_digits: u32) {
    if n_digits > 1 || number > 9 {
        put(text, number / 10, n_digits.saturating_sub(1));
    }
    text.push(b'0' + (number % 10) as u8);
}

/// The nearest whole number, that farther from zero if two are; the nearest of 64 bits.
pub(crate) fn round(number: f64) -> i64 {
    let whole = number as i64;
    let rest = number - whole as f64;
    if rest >= 0.5 {
        whole.saturating_add(1)
    } else if rest <= -0.5 {
        whole.saturating_sub(1)
    } else {
        whole
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_is_that_of_the_standard_library() {
        for number in [
            0.0,
            0.5,
            1.5,
            2.5,
            -0.5,
            -1.5,
            0.499_999_999_999_999_94,
            4_503_599_627_370_497.5,
            1e18,
            1e300,
            -1e300,
            f64::NAN,
            f64::INFINITY,
            123.456,
            -123.656,
        ] {
            assert_eq!(round(number), number.round() as i64, "{number}");
        }
    }

    #[test]
    fn digits_come_back() {
        for (number, n_digits, text) in [
            (0, 1, "0"),
            (7, 2, "07"),
            (1_234, 2, "1234"),
            (5, 4, "0005"),
            (u64::MAX, 0, "18446744073709551615"),
        ] {
            let mut written = Vec::new();
            put(&mut written, number, n_digits);
            assert_eq!(written, text.as_bytes());
            assert_eq!(read(&written), Some(number));
        }
        for text in ["", "+1", "-1", "1a", "18446744073709551616"] {
            assert_eq!(read(text.as_bytes()), None, "{text}");
        }
    }
}
