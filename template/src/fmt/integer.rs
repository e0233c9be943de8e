//! Integers.

use super::Printer;
use crate::go::{chars, quote, utf8};
use crate::reason::Res;
use crate::text::Buf;

/// An integer as its magnitude and sign, or as the 64 bits that some verbs take it for.
#[derive(Clone, Copy)]
pub(super) struct Integer {
    pub(super) bits: u64,
    pub(super) signed: bool,
}

impl Integer {
    fn negative(self) -> bool {
        self.signed && self.bits >> 63 == 1
    }

    fn magnitude(self) -> u64 {
        if self.negative() { self.bits.wrapping_neg() } else { self.bits }
    }
}

impl Printer<'_, '_> {
    pub(super) fn integer(&mut self, number: Integer, verb: char) -> Res<()> {
        match verb {
            'v' if self.flags.sharp_v && !number.signed => self.hex_with_prefix(number.bits),
            'v' | 'd' => self.digits(number, 10, verb),
            'b' => self.digits(number, 2, verb),
            'o' | 'O' => self.digits(number, 8, verb),
            'x' | 'X' => self.digits(number, 16, verb),
            'c' => {
                let mut encoded = [0; 4];
                self.pad(utf8::from_u64(number.bits).encode_utf8(&mut encoded).as_bytes())
            }
            'q' => {
                let mut quoted = Buf::new(self.env.meter);
                quote::quote_rune(&mut quoted, utf8::from_u64(number.bits), self.flags.plus)?;
                self.pad(quoted.bytes())
            }
            'U' => self.unicode(number.bits),
            _ => self.bad_verb(verb),
        }
    }

    pub(super) fn hex_with_prefix(&mut self, bits: u64) -> Res<()> {
        let sharp = std::mem::replace(&mut self.flags.sharp, true);
        let result = self.digits(Integer { bits, signed: false }, 16, 'v');
        self.flags.sharp = sharp;
        result
    }

    fn digits(&mut self, number: Integer, base: u64, verb: char) -> Res<()> {
        let flags = self.flags;
        let magnitude = number.magnitude();
        let signed = number.negative() || flags.plus || flags.space;
        let precision = match (flags.precision, flags.width) {
            // Zero with precision zero prints nothing but padding.
            (Some(0), _) if magnitude == 0 => return self.pad_with_spaces(b""),
            (Some(precision), _) => precision,
            (None, Some(width)) if flags.zero && !flags.minus => width.saturating_sub(usize::from(signed)),
            _ => 0,
        };
        // The digits from the last to the first.
        let mut reversed = Vec::with_capacity(68);
        let mut rest = magnitude;
        loop {
            let digit = u32::try_from(rest % base).unwrap_or(0);
            let digit = char::from_digit(digit, 16).unwrap_or('0');
            reversed.push(if verb == 'X' { digit.to_ascii_uppercase() } else { digit } as u8);
            rest /= base;
            if rest == 0 {
                break;
            }
        }
        let zeros = precision.saturating_sub(reversed.len());
        let mut out = Buf::with_capacity(self.env.meter, reversed.len() + zeros + 5)?;
        if number.negative() {
            out.byte(b'-')?;
        } else if flags.plus {
            out.byte(b'+')?;
        } else if flags.space {
            out.byte(b' ')?;
        }
        if verb == 'O' {
            out.push(b"0o")?;
        }
        if flags.sharp {
            match base {
                2 => out.push(b"0b")?,
                8 if zeros == 0 && reversed.last() != Some(&b'0') => out.byte(b'0')?,
                16 => out.push(if verb == 'X' { b"0X" } else { b"0x" })?,
                _ => {}
            }
        }
        out.repeat(b'0', zeros)?;
        reversed.reverse();
        out.push(&reversed)?;
        self.pad_with_spaces(out.bytes())
    }

    /// `U+0078`, or `U+0078 'x'` with `#`.
    fn unicode(&mut self, code: u64) -> Res<()> {
        let digits = self.flags.precision.unwrap_or(4).max(4);
        let mut out = Buf::new(self.env.meter);
        let shown = format!("{code:X}");
        out.push(b"U+")?;
        out.repeat(b'0', digits.saturating_sub(shown.len()))?;
        out.push(shown.as_bytes())?;
        let printable = u32::try_from(code).ok().and_then(char::from_u32).filter(|&c| chars::is_print(c));
        if let (true, Some(character)) = (self.flags.sharp, printable) {
            out.push(b" '")?;
            out.char(character)?;
            out.byte(b'\'')?;
        }
        self.pad_with_spaces(out.bytes())
    }
}
