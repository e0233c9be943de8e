//! `snakecase` and `kebabcase`: xstrings' way to find the words of a name.

use super::case::is_connector;
use crate::env::Env;
use crate::go::chars::{is_letter, is_number, is_punct, is_upper, to_lower};
use crate::go::utf8;
use crate::reason::Res;
use crate::text::{Buf, Text};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Invalid,
    Number,
    Upper,
    Alphabet,
    Connector,
    Punct,
    Other,
}

/// xstrings.ToSnakeCase and ToKebabCase: the words in lower case with `connector` between them.
pub(super) fn connect(env: &Env, bytes: &[u8], connector: char) -> Res<Text> {
    env.meter.read(8 * bytes.len())?;
    let mut out = env.buf();
    let mut words = Words { rest: bytes };
    let mut current = words.next();
    while !words.rest.is_empty() {
        if current.0 != Kind::Connector {
            write(&mut out, current, connector)?;
        }
        let previous = std::mem::replace(&mut current, words.next());
        match previous.0 {
            Kind::Number => {
                words.write_run(&mut out, &mut current, connector)?;
                if !matches!(current.0, Kind::Invalid | Kind::Punct | Kind::Connector) {
                    out.char(connector)?;
                }
            }
            Kind::Connector => write(&mut out, previous, connector)?,
            Kind::Punct => {}
            _ if current.0 != Kind::Number => {
                if !matches!(current.0, Kind::Connector | Kind::Punct) {
                    out.char(connector)?;
                }
            }
            _ if words.rest.is_empty() => {}
            _ => {
                let number = std::mem::replace(&mut current, words.next());
                if current.0 == Kind::Alphabet {
                    // Lower case after the number: "HTTP2xx" becomes "http_2xx".
                    out.char(connector)?;
                    write(&mut out, number, connector)?;
                    words.write_run(&mut out, &mut current, connector)?;
                    if !matches!(current.0, Kind::Invalid | Kind::Connector | Kind::Punct) {
                        out.char(connector)?;
                    }
                } else {
                    // The number belongs to the word before it: "Bld4Floor" becomes "bld4_floor".
                    write(&mut out, number, connector)?;
                    if !matches!(current.0, Kind::Connector | Kind::Punct) {
                        out.char(connector)?;
                    }
                }
            }
        }
    }
    write(&mut out, current, connector)?;
    out.into_text()
}

/// Whether xstrings takes the character for part of an alphabet: a letter that is no Chinese character.
fn is_alphabet(c: char) -> bool {
    let chinese = matches!(c, '\u{3400}'..='\u{4D85}' | '\u{4E00}'..='\u{9FCC}' | '\u{20000}'..='\u{2B81D}');
    is_letter(c) && !chinese
}

type Word<'b> = (Kind, &'b [u8]);

fn write(out: &mut Buf, (kind, word): Word, connector: char) -> Res<()> {
    if !matches!(kind, Kind::Upper | Kind::Connector) {
        return out.push(word);
    }
    for (_, rune) in utf8::runes(word) {
        out.char(if is_connector(rune) {
            connector
        } else if is_upper(rune) {
            to_lower(rune)
        } else {
            rune
        })?;
    }
    Ok(())
}

struct Words<'b> {
    rest: &'b [u8],
}

impl<'b> Words<'b> {
    /// Writes the words at hand as long as they are numbers or lower case.
    fn write_run(&mut self, out: &mut Buf, current: &mut Word<'b>, connector: char) -> Res<()> {
        while matches!(current.0, Kind::Alphabet | Kind::Number) {
            write(out, *current, connector)?;
            *current = self.next();
        }
        Ok(())
    }

    fn next(&mut self) -> Word<'b> {
        let all = self.rest;
        if all.is_empty() {
            return (Kind::Invalid, &[]);
        }
        let (rune, size) = next_valid(all, char::REPLACEMENT_CHARACTER);
        let (kind, length) = if rune == char::REPLACEMENT_CHARACTER {
            (Kind::Invalid, size)
        } else if is_connector(rune) {
            (Kind::Connector, run(all, rune, size, is_connector))
        } else if is_punct(rune) {
            (Kind::Punct, run(all, rune, size, is_punct))
        } else if is_upper(rune) {
            (Kind::Upper, upper(all, rune, size))
        } else if is_alphabet(rune) {
            (Kind::Alphabet, run(all, rune, size, |c| is_alphabet(c) && !is_upper(c)))
        } else if is_number(rune) {
            (Kind::Number, run(all, rune, size, is_number))
        } else {
            let other = |c| !is_connector(c) && !is_alphabet(c) && !is_number(c) && !is_punct(c);
            (Kind::Other, run(all, rune, size, other))
        };
        let (word, rest) = all.split_at(length);
        self.rest = rest;
        (kind, word)
    }
}

/// The first rune that is valid, with the length of all up to its end; `previous` if there is none.
fn next_valid(bytes: &[u8], previous: char) -> (char, usize) {
    let mut size = 0;
    while size < bytes.len() {
        let (rune, width) = utf8::first(&bytes[size..]);
        size += width;
        if rune != char::REPLACEMENT_CHARACTER {
            return (rune, size);
        }
    }
    (previous, size)
}

/// The length of the runes at the start that belong together; the first `length` bytes do.
fn run(bytes: &[u8], first: char, mut length: usize, belongs: impl Fn(char) -> bool) -> usize {
    let mut previous = first;
    while length < bytes.len() {
        let (rune, size) = next_valid(&bytes[length..], previous);
        if !belongs(rune) {
            break;
        }
        previous = rune;
        length += size;
    }
    length
}

/// A word that begins with a capital: `HTTP` of `HTTPServer`, or `Server`.
fn upper(bytes: &[u8], first: char, length: usize) -> usize {
    if length >= bytes.len() {
        return length;
    }
    let (second, size) = next_valid(&bytes[length..], first);
    if is_upper(second) {
        let (mut length, mut last_size, mut previous) = (length + size, size, second);
        while length < bytes.len() {
            let (rune, size) = next_valid(&bytes[length..], previous);
            if !is_upper(rune) {
                // The last capital begins the next word if lower case follows it.
                return if is_alphabet(rune) { length - last_size } else { length };
            }
            (previous, last_size) = (rune, size);
            length += size;
        }
        return length;
    }
    if is_alphabet(second) {
        return run(bytes, second, length + size, |c| is_alphabet(c) && !is_upper(c));
    }
    length
}
