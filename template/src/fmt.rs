//! Go's package fmt: values as text.

mod integer;
mod number;
pub(crate) mod print;
mod printf;
mod text;
mod value;

pub(crate) use printf::sprintf;

use crate::env::Env;
use crate::go::utf8;
use crate::reason::Res;
use crate::text::Buf;
use crate::value::Value;

/// The flags, width and precision of one verb.
#[derive(Clone, Copy, Default)]
#[allow(clippy::struct_excessive_bools, reason = "the five flags of a format and two modes of %v")]
pub(crate) struct Flags {
    width: Option<usize>,
    precision: Option<usize>,
    minus: bool,
    plus: bool,
    sharp: bool,
    space: bool,
    zero: bool,
    /// `%+v`
    plus_v: bool,
    /// `%#v`
    sharp_v: bool,
}

/// Writes values into a buffer.
pub(crate) struct Printer<'e, 'm> {
    env: &'e Env<'m>,
    out: Buf<'m>,
    flags: Flags,
    /// While a bad verb is reported, values do not format themselves.
    erroring: bool,
    /// The value at hand, which a bad verb is reported with.
    subject: Subject,
}

/// What a bad verb is reported with.
#[derive(Clone)]
enum Subject {
    /// An argument.
    Argument(Value),
    /// A value inside an argument.
    Inner(Value),
}

impl<'e, 'm> Printer<'e, 'm> {
    fn new(env: &'e Env<'m>) -> Self {
        Self { env, out: env.buf(), flags: Flags::default(), erroring: false, subject: Subject::Argument(Value::Nil) }
    }

    fn write(&mut self, text: &str) -> Res<()> {
        self.out.push(text.as_bytes())
    }

    /// Writes `count` times the character that fills a field.
    fn padding(&mut self, count: usize) -> Res<()> {
        self.out.repeat(if self.flags.zero && !self.flags.minus { b'0' } else { b' ' }, count)
    }

    /// Writes `bytes`, filled up to the width.
    fn pad(&mut self, bytes: &[u8]) -> Res<()> {
        let Some(width) = self.flags.width.filter(|&width| width > 0) else { return self.out.push(bytes) };
        self.env.meter.read(bytes.len())?;
        let missing = width.saturating_sub(utf8::count(bytes));
        if self.flags.minus {
            self.out.push(bytes)?;
            self.padding(missing)
        } else {
            self.padding(missing)?;
            self.out.push(bytes)
        }
    }

    /// Like `pad`, filled with spaces whatever the flags say.
    fn pad_with_spaces(&mut self, bytes: &[u8]) -> Res<()> {
        let zero = std::mem::replace(&mut self.flags.zero, false);
        let result = self.pad(bytes);
        self.flags.zero = zero;
        result
    }
}
