//! What the page is told of a link that somebody opens, in the form of postcard: the types
//! `Request` and `Answer` of the crate `share`, which the page reads it by.

use alloc::vec;
use alloc::vec::Vec;

use crate::bytes::{Bytes, put_number};
use crate::coding::decode_once;
use crate::error::OpenError;
use crate::frame;
use crate::seal::Sealed;
use crate::shape::put_bytes;
use crate::tables::Tables;

/// The places of a request's variants.
const OPEN: u8 = 0;
const OPEN_DECRYPTED: u8 = 1;

/// The places of an answer's variants.
const OPENED: u8 = 0;
const LOCKED: u8 = 1;
const REFUSED: u8 = 2;

/// The answer to a request; no bytes for what is no request. The file of the tables is read only
/// where it is needed.
pub fn answer(request: &[u8], tables: &[u8]) -> Vec<u8> {
    let mut request = Bytes::new(request);
    let (Some(kind), Some(link)) = (request.byte(), request.counted()) else { return Vec::new() };
    let answer = match kind {
        OPEN => open(link, tables),
        OPEN_DECRYPTED => opened(link, tables),
        _ => return Vec::new(),
    };
    answer.unwrap_or_else(|error| {
        let mut refused = vec![REFUSED];
        put_bytes(&mut refused, error.sentence().as_bytes());
        refused
    })
}

fn open(link: &[u8], tables: &[u8]) -> Result<Vec<u8>, OpenError> {
    let frame = frame::from_fragment(link)?;
    match Sealed::read(&frame)? {
        Some(sealed) => Ok(locked(&sealed)),
        None => opened(&frame, tables),
    }
}

fn opened(frame: &[u8], tables: &[u8]) -> Result<Vec<u8>, OpenError> {
    let tables = Tables::parse(tables).ok_or(OpenError::OtherTables)?;
    let opened = decode_once(frame, tables)?;
    let mut answer = vec![OPENED];
    answer.extend_from_slice(&opened.report);
    answer.push(opened.level as u8);
    answer.push(u8::from(opened.damage.is_some()));
    if let Some(damage) = opened.damage {
        put_bytes(&mut answer, &damage.sentence());
    }
    Ok(answer)
}

fn locked(sealed: &Sealed) -> Vec<u8> {
    let mut answer = vec![LOCKED, sealed.level as u8];
    put_number(&mut answer, u64::from(sealed.iterations));
    answer.extend_from_slice(&sealed.salt);
    answer.extend_from_slice(&sealed.nonce);
    put_bytes(&mut answer, &sealed.ciphertext);
    answer
}
