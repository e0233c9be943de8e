//! What follows a backslash.

use super::names;
use super::parse::{Assertion, Flags};
use super::set::Set;
use crate::limits::Meter;
use crate::reason::{Reason, Res};

pub(super) enum Escape<'p> {
    Char(char),
    Set(Set),
    Assertion(Assertion),
    /// `\Q…\E`
    Quoted(&'p str),
}

/// The escape at the start, and what follows it.
pub(super) fn parse<'p>(meter: &Meter, text: &'p str, flags: Flags) -> Res<(Escape<'p>, &'p str)> {
    let mut characters = text.chars();
    let _backslash = characters.next();
    let letter = characters.next().ok_or(Reason::BadRegex)?;
    let rest = characters.as_str();
    let assertion = match letter {
        'A' => Assertion::BeginText,
        'z' => Assertion::EndText,
        'b' => Assertion::WordBoundary,
        'B' => Assertion::NoWordBoundary,
        'Q' => {
            let (quoted, rest) = rest.split_once(r"\E").unwrap_or((rest, ""));
            return Ok((Escape::Quoted(quoted), rest));
        }
        _ => {
            if let Some((set, rest)) = set(meter, text, flags)? {
                return Ok((Escape::Set(set), rest));
            }
            let (c, rest) = character(text)?;
            return Ok((Escape::Char(c), rest));
        }
    };
    Ok((Escape::Assertion(assertion), rest))
}

/// A class like `\d` or `\p{Greek}` at the start, which may also stand between brackets.
pub(super) fn set<'p>(meter: &Meter, text: &'p str, flags: Flags) -> Res<Option<(Set, &'p str)>> {
    let mut characters = text.chars();
    if characters.next() != Some('\\') {
        return Ok(None);
    }
    let Some(letter) = characters.next() else { return Ok(None) };
    let mut rest = characters.as_str();
    let mut negated = letter.is_ascii_uppercase();
    let set = match letter.to_ascii_lowercase() {
        'd' => Set::of(&[('0', '9')]),
        's' => Set::of(&[('\t', '\n'), ('\x0C', '\r'), (' ', ' ')]),
        'w' => Set::of(&[('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')]),
        'p' => {
            let mut name;
            if let Some(braced) = rest.strip_prefix('{') {
                (name, rest) = braced.split_once('}').ok_or(Reason::BadRegex)?;
            } else {
                let length = rest.chars().next().ok_or(Reason::BadRegex)?.len_utf8();
                (name, rest) = rest.split_at(length);
            }
            if let Some(inverse) = name.strip_prefix('^') {
                (name, negated) = (inverse, !negated);
            }
            names::lookup(meter, name)?.ok_or(Reason::BadRegex)?
        }
        _ => return Ok(None),
    };
    let set = if flags.fold { set.folded()? } else { set };
    Ok(Some((if negated { set.negated() } else { set }, rest)))
}

/// An escape that stands for one character.
pub(super) fn character(text: &str) -> Res<(char, &str)> {
    let mut characters = text.chars();
    let _backslash = characters.next();
    let letter = characters.next().ok_or(Reason::BadRegex)?;
    let rest = characters.as_str();
    let c = match letter {
        'a' => '\x07',
        'f' => '\x0C',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'v' => '\x0B',
        '0'..='7' => return octal(letter, rest),
        'x' => return hex(rest),
        _ if letter.is_ascii() && !letter.is_ascii_alphanumeric() => letter,
        _ => return Err(Reason::BadRegex),
    };
    Ok((c, rest))
}

/// Up to three octal digits. One digit that is not zero would be a back-reference.
fn octal(first: char, rest: &str) -> Res<(char, &str)> {
    let length = rest.bytes().take(2).take_while(|byte| (b'0'..=b'7').contains(byte)).count();
    if first != '0' && length == 0 {
        return Err(Reason::BadRegex);
    }
    let first = first.to_digit(8).unwrap_or(0);
    let code = rest[..length].chars().fold(first, |code, digit| code * 8 + digit.to_digit(8).unwrap_or(0));
    Ok((char::from_u32(code).ok_or(Reason::BadRegex)?, &rest[length..]))
}

/// `7F` or `{10FFFF}`
fn hex(rest: &str) -> Res<(char, &str)> {
    let (digits, rest) = match rest.strip_prefix('{') {
        Some(braced) => braced.split_once('}').ok_or(Reason::BadRegex)?,
        None => (rest.get(..2).ok_or(Reason::BadRegex)?, &rest[2..]),
    };
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(Reason::BadRegex);
    }
    let digits = match digits.trim_start_matches('0') {
        "" => "0",
        digits => digits,
    };
    let code = u32::from_str_radix(digits, 16).ok().filter(|&code| code <= 0x10_FFFF).ok_or(Reason::BadRegex)?;
    // Go takes surrogates, which match nothing.
    Ok((char::from_u32(code).unwrap_or('\u{FFFE}'), rest))
}
