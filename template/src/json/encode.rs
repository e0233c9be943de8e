//! Values as JSON.

use crate::env::Env;
use crate::go::float::{self, Form};
use crate::go::utf8;
use crate::methods;
use crate::reason::{Reason, Res};
use crate::text::{Buf, Text};
use crate::time::format;
use crate::value::Value;

/// Which characters of a string are escaped beside those that must be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Escape {
    /// `<`, `>` and `&`, so that the text can stand in HTML.
    Html,
    Minimal,
}

/// json.Marshal
pub(crate) fn encode(env: &Env, value: &Value, escape: Escape) -> Res<Text> {
    let mut writer = Writer { env, out: env.buf(), escape, indent: None };
    writer.value(value)?;
    writer.out.into_text()
}

/// json.MarshalIndent with two spaces.
pub(crate) fn encode_indented(env: &Env, value: &Value) -> Res<Text> {
    let mut writer = Writer { env, out: env.buf(), escape: Escape::Html, indent: Some(0) };
    writer.value(value)?;
    writer.out.into_text()
}

struct Writer<'e, 'm> {
    env: &'e Env<'m>,
    out: Buf<'m>,
    escape: Escape,
    /// How deep a new line is indented, if there are new lines.
    indent: Option<usize>,
}

impl Writer<'_, '_> {
    fn value(&mut self, value: &Value) -> Res<()> {
        self.env.meter.work(1)?;
        match value {
            Value::Invalid | Value::Nil => self.out.push(b"null"),
            Value::Bool(value) => self.out.push(if *value { b"true" } else { b"false" }),
            Value::Int(_, number) => self.out.push(number.to_string().as_bytes()),
            Value::Uint(_, number) => self.out.push(number.to_string().as_bytes()),
            Value::Float(number) => self.float(*number),
            Value::Complex(..) => Err(Reason::NoJson),
            Value::Text(text) => self.string(text.bytes()),
            Value::List(list) if list.is_nil() => self.out.push(b"null"),
            Value::List(list) => {
                let values = list.values(self.env.meter)?;
                self.sequence(b'[', b']', values.iter(), Writer::value)
            }
            Value::Dict(dict) if dict.is_nil() => self.out.push(b"null"),
            Value::Dict(dict) => {
                let entries = dict.entries(self.env.meter)?;
                self.sequence(b'{', b'}', entries.iter(), |writer, (key, value)| writer.entry(key.bytes(), value))
            }
            Value::Moment(moment) => {
                if !(0..10_000).contains(&moment.civil().year) {
                    return Err(Reason::NoJson);
                }
                let text = format::format(self.env, moment, format::RFC3339_NANO)?;
                self.string(text.bytes())
            }
            Value::Zone(_) => self.out.push(b"{}"),
            Value::Version(_) | Value::VersionPointer(_) => {
                let text = methods::string(self.env, value)?.ok_or(Reason::Internal)?;
                self.string(text.bytes())
            }
            Value::Certificate(certificate) => {
                let fields = certificate.fields();
                self.sequence(b'{', b'}', fields.iter(), |writer, (name, text)| {
                    writer.entry(name.as_bytes(), &Value::Text((*text).clone()))
                })
            }
        }
    }

    fn entry(&mut self, key: &[u8], value: &Value) -> Res<()> {
        self.string(key)?;
        self.out.push(if self.indent.is_some() { b": " } else { b":" })?;
        self.value(value)
    }

    fn sequence<T>(
        &mut self,
        open: u8,
        close: u8,
        items: impl ExactSizeIterator<Item = T>,
        write: impl Fn(&mut Self, T) -> Res<()>,
    ) -> Res<()> {
        self.out.byte(open)?;
        if items.len() == 0 {
            return self.out.byte(close);
        }
        let meter = self.env.meter;
        meter.nested(|| {
            self.indent = self.indent.map(|depth| depth + 1);
            for (index, item) in items.enumerate() {
                if index > 0 {
                    self.out.byte(b',')?;
                }
                self.new_line()?;
                write(self, item)?;
            }
            self.indent = self.indent.map(|depth| depth - 1);
            self.new_line()?;
            self.out.byte(close)
        })
    }

    fn new_line(&mut self) -> Res<()> {
        let Some(depth) = self.indent else { return Ok(()) };
        self.out.byte(b'\n')?;
        self.out.repeat(b' ', 2 * depth)
    }

    /// A number as JavaScript would write it.
    fn float(&mut self, number: f64) -> Res<()> {
        if !number.is_finite() {
            return Err(Reason::NoJson);
        }
        let magnitude = number.abs();
        let form = if magnitude != 0.0 && !(1e-6..1e21).contains(&magnitude) { Form::Exponent } else { Form::Fixed };
        let mut text = float::format(number, form, None, false);
        // An exponent of one digit has no zero before it when it is negative.
        if let [.., b'e', b'-', b'0', _] = text[..] {
            text.remove(text.len() - 2);
        }
        self.out.push(&text)
    }

    fn string(&mut self, bytes: &[u8]) -> Res<()> {
        self.env.meter.read(4 * bytes.len())?;
        self.out.byte(b'"')?;
        let mut rest = bytes;
        while !rest.is_empty() {
            let (rune, width) = utf8::first(rest);
            match rune {
                '"' => self.out.push(b"\\\"")?,
                '\\' => self.out.push(b"\\\\")?,
                '\x08' => self.out.push(b"\\b")?,
                '\x0C' => self.out.push(b"\\f")?,
                '\n' => self.out.push(b"\\n")?,
                '\r' => self.out.push(b"\\r")?,
                '\t' => self.out.push(b"\\t")?,
                _ if utf8::is_invalid(rune, width) => self.out.push(b"\\ufffd")?,
                '<' | '>' | '&' if self.escape == Escape::Html => self.escaped(rune)?,
                ..' ' | '\u{2028}' | '\u{2029}' => self.escaped(rune)?,
                _ => self.out.push(&rest[..width])?,
            }
            rest = &rest[width..];
        }
        self.out.byte(b'"')
    }

    fn escaped(&mut self, rune: char) -> Res<()> {
        self.out.push(format!("\\u{:04x}", u32::from(rune)).as_bytes())
    }
}
