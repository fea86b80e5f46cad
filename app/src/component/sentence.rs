//! Sentences with commands in them.

use super::markup::{Child, element};
use crate::summary::verdict::{Piece, pieces};

/// A sentence in which what stands between backticks is code.
pub fn with_code(sentence: &str) -> Child {
    let piece = |piece: Piece<'_>| match piece {
        Piece::Words(words) => Child::from(words.to_owned()),
        Piece::Command(text) => element("code", "").text(text.to_owned()).into(),
    };
    pieces(sentence).map(piece).collect()
}
