//! Quoting and unquoting, as Go's package strconv does.

use super::{chars, utf8};
use crate::limits::Meter;
use crate::reason::{Reason, Res};
use crate::text::{Buf, Text};

/// Writes `bytes` as a string literal, with everything beyond ASCII escaped if `ascii`.
pub(crate) fn quote(out: &mut Buf, bytes: &[u8], ascii: bool) -> Res<()> {
    out.byte(b'"')?;
    let mut rest = bytes;
    while !rest.is_empty() {
        let plain = |byte: &u8| matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\');
        let length = rest.iter().position(|byte| !plain(byte)).unwrap_or(rest.len());
        out.push(&rest[..length])?;
        rest = &rest[length..];
        let (rune, width) = utf8::first(rest);
        if width == 0 {
            break;
        }
        if utf8::is_invalid(rune, width) {
            escape_hex(out, 'x', u32::from(rest[0]), 2)?;
        } else {
            escape_rune(out, rune, '"', ascii)?;
        }
        rest = &rest[width..];
    }
    out.byte(b'"')
}

/// Writes a character literal.
pub(crate) fn quote_rune(out: &mut Buf, rune: char, ascii: bool) -> Res<()> {
    out.byte(b'\'')?;
    escape_rune(out, rune, '\'', ascii)?;
    out.byte(b'\'')
}

fn escape_rune(out: &mut Buf, rune: char, quote: char, ascii: bool) -> Res<()> {
    if rune == quote || rune == '\\' {
        out.byte(b'\\')?;
        return out.char(rune);
    }
    if chars::is_print(rune) && (rune.is_ascii() || !ascii) {
        return out.char(rune);
    }
    let short = match rune {
        '\x07' => b"\\a",
        '\x08' => b"\\b",
        '\x0C' => b"\\f",
        '\n' => b"\\n",
        '\r' => b"\\r",
        '\t' => b"\\t",
        '\x0B' => b"\\v",
        ..' ' | '\x7F' => return escape_hex(out, 'x', u32::from(rune), 2),
        ..='\u{FFFF}' => return escape_hex(out, 'u', u32::from(rune), 4),
        _ => return escape_hex(out, 'U', u32::from(rune), 8),
    };
    out.push(short)
}

fn escape_hex(out: &mut Buf, letter: char, code: u32, digits: u32) -> Res<()> {
    out.byte(b'\\')?;
    out.char(letter)?;
    for place in (0..digits).rev() {
        out.char(char::from_digit(code >> (4 * place) & 0xF, 16).unwrap_or('0'))?;
    }
    Ok(())
}

/// Whether the bytes can stand between backquotes.
pub(crate) fn can_backquote(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    while !rest.is_empty() {
        let (rune, width) = utf8::first(rest);
        let bad = utf8::is_invalid(rune, width)
            || rune == '\u{FEFF}'
            || rune == '`'
            || rune == '\x7F'
            || (rune < ' ' && rune != '\t');
        if bad {
            return false;
        }
        rest = &rest[width..];
    }
    true
}

/// The string that a literal in double quotes or backquotes stands for.
pub(crate) fn unquote(meter: &Meter, literal: &str) -> Res<Text> {
    let inner = literal.get(1..literal.len().saturating_sub(1)).ok_or(Reason::BadConstant)?;
    let mut out = Buf::with_capacity(meter, inner.len())?;
    if literal.starts_with('`') {
        for part in inner.split('\r') {
            out.push(part.as_bytes())?;
        }
        return out.into_text();
    }
    let mut rest = inner;
    while !rest.is_empty() {
        if rest.starts_with('\n') {
            return Err(Reason::BadConstant);
        }
        let (unit, tail) = unquote_char(rest, '"')?;
        match unit {
            Unit::Byte(byte) => out.byte(byte)?,
            Unit::Rune(rune) => out.char(rune)?,
        }
        rest = tail;
    }
    out.into_text()
}

/// What one character or escape of a literal stands for.
#[derive(Clone, Copy)]
pub(crate) enum Unit {
    /// `\x` and octal escapes stand for one byte, whatever it means.
    Byte(u8),
    Rune(char),
}

impl Unit {
    pub(crate) fn code(self) -> u32 {
        match self {
            Self::Byte(byte) => u32::from(byte),
            Self::Rune(rune) => u32::from(rune),
        }
    }
}

/// The first character or escape of a literal, and what follows.
pub(crate) fn unquote_char(text: &str, quote: char) -> Res<(Unit, &str)> {
    let mut characters = text.chars();
    let first = characters.next().ok_or(Reason::BadConstant)?;
    if first == quote {
        return Err(Reason::BadConstant);
    }
    if first != '\\' {
        return Ok((Unit::Rune(first), characters.as_str()));
    }
    let escape = characters.next().ok_or(Reason::BadConstant)?;
    let rest = characters.as_str();
    let unit = match escape {
        'a' => Unit::Rune('\x07'),
        'b' => Unit::Rune('\x08'),
        'f' => Unit::Rune('\x0C'),
        'n' => Unit::Rune('\n'),
        'r' => Unit::Rune('\r'),
        't' => Unit::Rune('\t'),
        'v' => Unit::Rune('\x0B'),
        '\\' => Unit::Rune('\\'),
        '\'' | '"' if escape == quote => Unit::Rune(escape),
        'x' => {
            let (code, rest) = digits(rest, 2, 16)?;
            return Ok((Unit::Byte(u8::try_from(code).map_err(|_| Reason::BadConstant)?), rest));
        }
        'u' | 'U' => {
            let (code, rest) = digits(rest, if escape == 'u' { 4 } else { 8 }, 16)?;
            return Ok((Unit::Rune(char::from_u32(code).ok_or(Reason::BadConstant)?), rest));
        }
        '0'..='7' => {
            let (low, rest) = digits(rest, 2, 8)?;
            let code = escape.to_digit(8).unwrap_or(0) << 6 | low;
            return Ok((Unit::Byte(u8::try_from(code).map_err(|_| Reason::BadConstant)?), rest));
        }
        _ => return Err(Reason::BadConstant),
    };
    Ok((unit, rest))
}

fn digits(text: &str, count: usize, radix: u32) -> Res<(u32, &str)> {
    let digits = text.get(..count).ok_or(Reason::BadConstant)?;
    let mut code = 0_u32;
    for c in digits.chars() {
        code = code.wrapping_mul(radix).wrapping_add(c.to_digit(radix).ok_or(Reason::BadConstant)?);
    }
    Ok((code, &text[count..]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    fn quoted(bytes: &[u8], ascii: bool) -> String {
        let meter = Meter::new(Limits::default());
        let mut out = Buf::new(&meter);
        quote(&mut out, bytes, ascii).unwrap();
        String::from_utf8(out.bytes().to_vec()).unwrap()
    }

    #[test]
    fn quoting_escapes_what_go_escapes() {
        assert_eq!(quoted("a\"\\\n\x01é€\u{200b}😀".as_bytes(), false), r#""a\"\\\n\x01é€\u200b😀""#);
        assert_eq!(quoted("é😀".as_bytes(), true), r#""\u00e9\U0001f600""#);
        assert_eq!(quoted(b"\xff\xef\xbf\xbd", false), "\"\\xff\u{FFFD}\"");
    }

    #[test]
    fn unquoting_reverses_it_and_refuses_the_rest() {
        let meter = Meter::new(Limits::default());
        let unquote = |literal| unquote(&meter, literal).map(|text| text.bytes().to_vec());
        assert_eq!(unquote(r#""a\"\\\n\x41\101é\u00e9""#).unwrap(), "a\"\\\nAAéé".as_bytes());
        assert_eq!(unquote("`a\\n\r`").unwrap(), b"a\\n");
        for wrong in [r#""\q""#, r#""\'""#, r#""\x4""#, r#""\400""#, r#""\ud800""#, "\"a\nb\"", "\""] {
            assert_eq!(unquote(wrong), Err(Reason::BadConstant), "{wrong}");
        }
    }
}
