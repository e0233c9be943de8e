use crate::error::{Fault, ParseErrorKind};
use crate::{MAX_INPUT_BYTES, Position};

/// The input as text: not too large, UTF-8, no NUL. A byte order mark stays in it, so that offsets are the input's.
pub(crate) fn decode(input: &[u8]) -> Result<&str, Fault> {
    if input.len() > MAX_INPUT_BYTES {
        return Err(Fault { position: None, kind: ParseErrorKind::TooLarge });
    }
    let start = input.get(..2).unwrap_or_default();
    if start == b"\xff\xfe" || start == b"\xfe\xff" {
        return Err(Fault { position: None, kind: ParseErrorKind::Utf16 });
    }
    let text = std::str::from_utf8(input).map_err(|error| {
        let valid = std::str::from_utf8(&input[..error.valid_up_to()]).unwrap_or_default();
        Fault::at(Position::of(valid, valid.len()), ParseErrorKind::NotUtf8)
    })?;
    match memchr::memchr(0, input) {
        Some(0 | 1) if input.len() > 2 => Err(Fault { position: None, kind: ParseErrorKind::Utf16 }),
        Some(at) => Err(Fault::at(Position::of(text, at), ParseErrorKind::ControlCharacter)),
        None => Ok(text),
    }
}

/// The length of the byte order mark at the start of `text`.
pub(crate) fn bom_length(text: &str) -> usize {
    if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }
}
