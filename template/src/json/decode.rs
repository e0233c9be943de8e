//! Values out of JSON.

use std::collections::BTreeMap;

use crate::env::Env;
use crate::go::number::parse_float;
use crate::go::utf8;
use crate::reason::{Reason, Res};
use crate::text::Text;
use crate::value::Value;

/// What came out. A number that is out of range makes the result incomplete: it is nil in its place.
pub(crate) struct Decoded {
    pub(crate) value: Option<Value>,
    pub(crate) complete: bool,
}

/// json.Unmarshal into an `interface{}`. Text that is no JSON has no value; only limits are errors.
pub(crate) fn decode(env: &Env, bytes: &[u8]) -> Res<Decoded> {
    env.meter.read(4 * bytes.len())?;
    let mut reader = Reader { env, rest: bytes, complete: true };
    match reader.document() {
        Ok(value) => Ok(Decoded { value: Some(value), complete: reader.complete }),
        Err(Reason::BadJson) => Ok(Decoded { value: None, complete: false }),
        Err(limit) => Err(limit),
    }
}

struct Reader<'e, 'm, 'b> {
    env: &'e Env<'m>,
    rest: &'b [u8],
    complete: bool,
}

impl Reader<'_, '_, '_> {
    fn document(&mut self) -> Res<Value> {
        let value = self.value()?;
        self.skip_space();
        if self.rest.is_empty() { Ok(value) } else { Err(Reason::BadJson) }
    }

    fn skip_space(&mut self) {
        while let [b' ' | b'\t' | b'\r' | b'\n', rest @ ..] = self.rest {
            self.rest = rest;
        }
    }

    /// Passes `expected` after any space, if it is there.
    fn passes(&mut self, expected: u8) -> bool {
        self.skip_space();
        let found = self.rest.first() == Some(&expected);
        if found {
            self.rest = &self.rest[1..];
        }
        found
    }

    fn expect(&mut self, expected: u8) -> Res<()> {
        if self.passes(expected) { Ok(()) } else { Err(Reason::BadJson) }
    }

    fn value(&mut self) -> Res<Value> {
        self.env.meter.work(1)?;
        self.skip_space();
        let meter = self.env.meter;
        match self.rest.first() {
            Some(b'{') => meter.nested(|| self.object()),
            Some(b'[') => meter.nested(|| self.array()),
            Some(b'"') => Ok(Value::Text(self.string()?)),
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ => {
                for (word, value) in [("true", Value::Bool(true)), ("false", Value::Bool(false)), ("null", Value::Nil)]
                {
                    if let Some(rest) = self.rest.strip_prefix(word.as_bytes()) {
                        self.rest = rest;
                        return Ok(value);
                    }
                }
                Err(Reason::BadJson)
            }
        }
    }

    fn object(&mut self) -> Res<Value> {
        self.expect(b'{')?;
        let mut entries = BTreeMap::new();
        if !self.passes(b'}') {
            loop {
                self.skip_space();
                let key = self.string()?;
                self.expect(b':')?;
                let value = self.value()?;
                entries.insert(key, value);
                if self.passes(b'}') {
                    break;
                }
                self.expect(b',')?;
            }
        }
        Ok(self.env.dict(entries)?.into())
    }

    fn array(&mut self) -> Res<Value> {
        self.expect(b'[')?;
        let mut values = Vec::new();
        if !self.passes(b']') {
            loop {
                self.env.meter.take(size_of::<Value>())?;
                values.push(self.value()?);
                if self.passes(b']') {
                    break;
                }
                self.expect(b',')?;
            }
        }
        self.env.list(values)
    }

    fn number(&mut self) -> Res<Value> {
        let length = number_length(self.rest).ok_or(Reason::BadJson)?;
        let (digits, rest) = self.rest.split_at(length);
        self.rest = rest;
        Ok(parse_float(digits).map_or_else(
            |_| {
                self.complete = false;
                Value::Nil
            },
            Value::Float,
        ))
    }

    fn string(&mut self) -> Res<Text> {
        let Some((b'"', mut rest)) = self.rest.split_first() else { return Err(Reason::BadJson) };
        let mut out = self.env.buf();
        loop {
            let (rune, width) = utf8::first(rest);
            match rune {
                _ if width == 0 => return Err(Reason::BadJson),
                '"' => {
                    self.rest = &rest[1..];
                    return out.into_text();
                }
                '\\' => {
                    let (rune, after) = escape(rest)?;
                    out.char(rune)?;
                    rest = after;
                    continue;
                }
                ..' ' => return Err(Reason::BadJson),
                _ => out.char(rune)?,
            }
            rest = &rest[width..];
        }
    }
}

/// The length of the number at the start, by JSON's strict grammar.
fn number_length(text: &[u8]) -> Option<usize> {
    let digits = |at: usize| text.get(at..).map_or(0, |rest| rest.iter().take_while(|b| b.is_ascii_digit()).count());
    let mut at = usize::from(text.first() == Some(&b'-'));
    at += match (text.get(at), digits(at)) {
        (_, 0) => return None,
        (Some(b'0'), _) => 1,
        (_, count) => count,
    };
    if text.get(at) == Some(&b'.') {
        let count = Some(digits(at + 1)).filter(|&count| count > 0)?;
        at += 1 + count;
    }
    if matches!(text.get(at), Some(b'e' | b'E')) {
        at += 1;
        at += usize::from(matches!(text.get(at), Some(b'+' | b'-')));
        at += Some(digits(at)).filter(|&count| count > 0)?;
    }
    Some(at)
}

/// The character of the escape at the start, and what follows. Half a surrogate pair is U+FFFD.
fn escape(text: &[u8]) -> Res<(char, &[u8])> {
    let rune = match text.get(1).ok_or(Reason::BadJson)? {
        letter @ (b'"' | b'\\' | b'/') => char::from(*letter),
        b'b' => '\x08',
        b'f' => '\x0C',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'u' => {
            let high = code_unit(text).ok_or(Reason::BadJson)?;
            let rest = &text[6..];
            if (0xD800..0xDC00).contains(&high)
                && let Some(low) = code_unit(rest).filter(|low| (0xDC00..0xE000).contains(low))
            {
                let code = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
                return Ok((char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER), &rest[6..]));
            }
            return Ok((char::from_u32(high).unwrap_or(char::REPLACEMENT_CHARACTER), rest));
        }
        _ => return Err(Reason::BadJson),
    };
    Ok((rune, &text[2..]))
}

/// The code unit of `\uXXXX` at the start.
fn code_unit(text: &[u8]) -> Option<u32> {
    let digits = text.strip_prefix(b"\\u")?.get(..4)?;
    digits.iter().try_fold(0, |code, &digit| Some(code << 4 | char::from(digit).to_digit(16)?))
}
