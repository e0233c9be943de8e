//! Floats and complex numbers.

use super::Printer;
use crate::go::float::{self, Form};
use crate::reason::Res;

impl Printer<'_, '_> {
    pub(super) fn float(&mut self, value: f64, verb: char) -> Res<()> {
        let (form, precision) = match verb {
            'v' | 'g' | 'G' => (Form::General, None),
            'b' => (Form::Binary, None),
            'x' | 'X' => (Form::Hex, None),
            'f' | 'F' => (Form::Fixed, Some(6)),
            'e' | 'E' => (Form::Exponent, Some(6)),
            _ => return self.bad_verb(verb),
        };
        self.float_as(value, form, self.flags.precision.or(precision), verb)
    }

    fn float_as(&mut self, value: f64, form: Form, precision: Option<usize>, verb: char) -> Res<()> {
        let flags = self.flags;
        self.env.meter.take(64 + precision.unwrap_or(0))?;
        let mut text = float::format(value, form, precision, verb.is_ascii_uppercase() && verb != 'F');
        let sign = match text.first() {
            Some(&sign @ (b'-' | b'+')) => {
                text.remove(0);
                sign
            }
            _ => b'+',
        };
        let shown_sign = if flags.space && sign == b'+' && !flags.plus { b' ' } else { sign };
        if !value.is_finite() {
            // No number, so no zeros before it. Infinity always has a sign, NaN when one is asked for.
            let bare = value.is_nan() && !flags.space && !flags.plus;
            let text = if bare { text } else { [&[shown_sign], &text[..]].concat() };
            return self.pad_with_spaces(&text);
        }
        if flags.sharp && verb != 'b' {
            restore_point_and_zeros(&mut text, form, precision, verb);
        }
        if !flags.plus && shown_sign == b'+' {
            return self.pad(&text);
        }
        match flags.width {
            // The sign comes before the zeros.
            Some(width) if flags.zero && !flags.minus && width > text.len() + 1 => {
                self.out.byte(shown_sign)?;
                self.padding(width - text.len() - 1)?;
                self.out.push(&text)
            }
            _ => self.pad(&[&[shown_sign], &text[..]].concat()),
        }
    }

    pub(super) fn complex(&mut self, real: f64, imaginary: f64, verb: char) -> Res<()> {
        if !matches!(verb, 'v' | 'b' | 'g' | 'G' | 'x' | 'X' | 'f' | 'F' | 'e' | 'E') {
            return self.bad_verb(verb);
        }
        self.out.byte(b'(')?;
        self.float(real, verb)?;
        let plus = std::mem::replace(&mut self.flags.plus, true);
        let result = self.float(imaginary, verb);
        self.flags.plus = plus;
        result?;
        self.write("i)")
    }
}

/// What the flag `#` does: a decimal point always, and no trailing zeros cut off.
fn restore_point_and_zeros(text: &mut Vec<u8>, form: Form, precision: Option<usize>, verb: char) {
    let mut missing = match form {
        Form::General | Form::Hex if verb != 'X' => i64::try_from(precision.unwrap_or(6)).unwrap_or(i64::MAX),
        _ => 0,
    };
    let hex = form == Form::Hex;
    let tail = text
        .iter()
        .position(|&byte| matches!(byte, b'p' | b'P') || (!hex && matches!(byte, b'e' | b'E')))
        .unwrap_or(text.len());
    let tail = text.split_off(tail);
    let mut has_point = false;
    let mut saw_digit = false;
    for &byte in text.iter() {
        if byte == b'.' {
            has_point = true;
            continue;
        }
        saw_digit |= byte != b'0';
        if saw_digit {
            missing -= 1;
        }
    }
    if !has_point {
        if text == b"0" {
            missing -= 1;
        }
        text.push(b'.');
    }
    text.extend(std::iter::repeat_n(b'0', usize::try_from(missing).unwrap_or(0)));
    text.extend(tail);
}
