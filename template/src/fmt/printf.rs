//! Sprintf: formats.

use super::{Flags, Printer};
use crate::env::Env;
use crate::go::utf8;
use crate::reason::Res;
use crate::text::Text;
use crate::value::{Ty, Value};

/// fmt.Sprintf
pub(crate) fn sprintf(env: &Env, format: &[u8], values: &[Value]) -> Res<Text> {
    let mut formatter =
        Formatter { printer: Printer::new(env), format, at: 0, values, next: 0, good_index: true, reordered: false };
    formatter.run()?;
    formatter.printer.out.into_text()
}

/// Go refuses a larger width or precision.
const TOO_LARGE: i64 = 1_000_000;

struct Formatter<'f, 'e, 'm> {
    printer: Printer<'e, 'm>,
    format: &'f [u8],
    at: usize,
    values: &'f [Value],
    /// The index of the next argument.
    next: usize,
    /// Whether the explicit indices of this verb made sense.
    good_index: bool,
    /// Whether any explicit index was seen.
    reordered: bool,
}

impl Formatter<'_, '_, '_> {
    fn peek(&self) -> Option<u8> {
        self.format.get(self.at).copied()
    }

    fn run(&mut self) -> Res<()> {
        loop {
            self.printer.env.meter.work(1)?;
            let rest = &self.format[self.at..];
            let text = rest.iter().position(|&byte| byte == b'%').unwrap_or(rest.len());
            self.printer.out.push(&rest[..text])?;
            self.at += text;
            if self.at >= self.format.len() {
                break;
            }
            self.at += 1;
            if !self.verb()? {
                break;
            }
        }
        self.extra()
    }

    /// One verb with its flags; false when the format ends before it.
    fn verb(&mut self) -> Res<bool> {
        self.good_index = true;
        self.printer.flags = Flags::default();
        self.flags();
        let mut after_index = self.index();
        if self.width(after_index)? {
            after_index = false;
        }
        if self.peek() == Some(b'.') && self.at + 1 < self.format.len() {
            self.at += 1;
            after_index = self.precision(after_index)?;
        }
        if !after_index {
            self.index();
        }
        let rest = &self.format[self.at..];
        if rest.is_empty() {
            self.printer.write("%!(NOVERB)")?;
            return Ok(false);
        }
        let (verb, width) = utf8::first(rest);
        self.at += width;
        match verb {
            '%' => self.printer.write("%")?,
            _ if !self.good_index => self.complain(verb, "(BADINDEX)")?,
            _ if self.next >= self.values.len() => self.complain(verb, "(MISSING)")?,
            _ => {
                if matches!(verb, 'v' | 'w') {
                    let flags = &mut self.printer.flags;
                    flags.sharp_v = std::mem::replace(&mut flags.sharp, false);
                    flags.plus_v = std::mem::replace(&mut flags.plus, false);
                }
                self.printer.argument(&self.values[self.next], verb)?;
                self.next += 1;
            }
        }
        Ok(true)
    }

    fn complain(&mut self, verb: char, complaint: &str) -> Res<()> {
        self.printer.write("%!")?;
        self.printer.out.char(verb)?;
        self.printer.write(complaint)
    }

    fn flags(&mut self) {
        while let Some(byte) = self.peek() {
            let flags = &mut self.printer.flags;
            match byte {
                b'#' => flags.sharp = true,
                b'0' => flags.zero = true,
                b'+' => flags.plus = true,
                b'-' => flags.minus = true,
                b' ' => flags.space = true,
                _ => return,
            }
            self.at += 1;
        }
    }

    /// An explicit index like `[3]`; whether there was one.
    fn index(&mut self) -> bool {
        if self.peek() != Some(b'[') {
            return false;
        }
        self.reordered = true;
        let rest = &self.format[self.at..];
        let Some(close) = rest.iter().position(|&byte| byte == b']').filter(|_| rest.len() >= 3) else {
            self.at += 1;
            self.good_index = false;
            return false;
        };
        self.at += close + 1;
        let (Some(number), []) = number(&rest[1..close]) else {
            self.good_index = false;
            return false;
        };
        match number.checked_sub(1).filter(|&index| index < self.values.len()) {
            Some(index) => self.next = index,
            None => self.good_index = false,
        }
        true
    }

    /// The width; whether it was taken from an argument.
    fn width(&mut self, after_index: bool) -> Res<bool> {
        if self.peek() == Some(b'*') {
            self.at += 1;
            match self.number_argument() {
                Some(width) => {
                    self.printer.flags.width = Some(usize::try_from(width.unsigned_abs()).unwrap_or(0));
                    if width < 0 {
                        self.printer.flags.minus = true;
                        self.printer.flags.zero = false;
                    }
                }
                None => self.printer.write("%!(BADWIDTH)")?,
            }
            return Ok(true);
        }
        let (width, rest) = number(&self.format[self.at..]);
        self.at = self.format.len() - rest.len();
        self.printer.flags.width = width;
        if after_index && width.is_some() {
            self.good_index = false;
        }
        Ok(false)
    }

    /// The precision after its point; whether an explicit index stands right before what follows.
    fn precision(&mut self, after_index: bool) -> Res<bool> {
        if after_index {
            self.good_index = false;
        }
        let after_index = self.index();
        if self.peek() == Some(b'*') {
            self.at += 1;
            let precision = self.number_argument().and_then(|precision| usize::try_from(precision).ok());
            self.printer.flags.precision = precision;
            if precision.is_none() {
                self.printer.write("%!(BADPREC)")?;
            }
            return Ok(false);
        }
        let (precision, rest) = number(&self.format[self.at..]);
        self.at = self.format.len() - rest.len();
        self.printer.flags.precision = Some(precision.unwrap_or(0));
        Ok(after_index)
    }

    /// The next argument as a width or precision.
    fn number_argument(&mut self) -> Option<i64> {
        let value = self.values.get(self.next)?;
        self.next += 1;
        let number = match value {
            Value::Int(_, number) => *number,
            Value::Uint(_, number) => i64::try_from(*number).ok()?,
            _ => return None,
        };
        (-TOO_LARGE..=TOO_LARGE).contains(&number).then_some(number)
    }

    /// Complains about arguments that no verb asked for.
    fn extra(&mut self) -> Res<()> {
        if self.reordered || self.next >= self.values.len() {
            return Ok(());
        }
        self.printer.flags = Flags::default();
        self.printer.write("%!(EXTRA ")?;
        for (index, value) in self.values[self.next..].iter().enumerate() {
            if index > 0 {
                self.printer.write(", ")?;
            }
            match value.ty().map(Ty::name) {
                Some(name) => {
                    self.printer.write(name)?;
                    self.printer.write("=")?;
                    self.printer.argument(value, 'v')?;
                }
                None => self.printer.write("<nil>")?,
            }
        }
        self.printer.write(")")
    }
}

/// The decimal number at the start, and what follows it. A number that is too large takes the rest with it.
fn number(text: &[u8]) -> (Option<usize>, &[u8]) {
    let mut value = None;
    for (at, byte) in text.iter().enumerate() {
        if !byte.is_ascii_digit() {
            return (value, &text[at..]);
        }
        let before = value.unwrap_or(0);
        if before > 1_000_000 {
            return (None, &[]);
        }
        value = Some(before * 10 + usize::from(byte - b'0'));
    }
    (value, &[])
}
