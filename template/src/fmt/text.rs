//! Strings.

use super::Printer;
use crate::go::{quote, utf8};
use crate::reason::Res;
use crate::text::Buf;

impl Printer<'_, '_> {
    pub(super) fn text(&mut self, bytes: &[u8], verb: char) -> Res<()> {
        match verb {
            'v' if self.flags.sharp_v => self.quoted(bytes),
            'v' | 's' => self.pad(self.truncated(bytes)),
            'x' => self.hex(bytes, b"0123456789abcdefx"),
            'X' => self.hex(bytes, b"0123456789ABCDEFX"),
            'q' => self.quoted(bytes),
            _ => self.bad_verb(verb),
        }
    }

    /// At most as many runes as the precision says.
    fn truncated<'b>(&self, bytes: &'b [u8]) -> &'b [u8] {
        let Some(precision) = self.flags.precision else { return bytes };
        utf8::runes(bytes).nth(precision).map_or(bytes, |(end, _)| &bytes[..end])
    }

    fn quoted(&mut self, bytes: &[u8]) -> Res<()> {
        let bytes = self.truncated(bytes);
        self.env.meter.read(4 * bytes.len())?;
        let mut quoted = Buf::new(self.env.meter);
        if self.flags.sharp && quote::can_backquote(bytes) {
            quoted.byte(b'`')?;
            quoted.push(bytes)?;
            quoted.byte(b'`')?;
        } else {
            quote::quote(&mut quoted, bytes, self.flags.plus)?;
        }
        self.pad(quoted.bytes())
    }

    fn hex(&mut self, bytes: &[u8], digits: &[u8; 17]) -> Res<()> {
        let flags = self.flags;
        let bytes = flags.precision.map_or(bytes, |precision| &bytes[..precision.min(bytes.len())]);
        if bytes.is_empty() {
            return self.padding(flags.width.unwrap_or(0));
        }
        self.env.meter.read(2 * bytes.len())?;
        let mut width = 2 * bytes.len();
        if flags.space {
            if flags.sharp {
                width *= 2;
            }
            width += bytes.len() - 1;
        } else if flags.sharp {
            width += 2;
        }
        let missing = flags.width.unwrap_or(0).saturating_sub(width);
        if !flags.minus {
            self.padding(missing)?;
        }
        for (index, byte) in bytes.iter().enumerate() {
            if flags.space && index > 0 {
                self.out.byte(b' ')?;
            }
            if flags.sharp && (flags.space || index == 0) {
                self.out.push(&[b'0', digits[16]])?;
            }
            self.out.push(&[digits[usize::from(byte >> 4)], digits[usize::from(byte & 0xF)]])?;
        }
        if flags.minus {
            self.padding(missing)?;
        }
        Ok(())
    }
}
