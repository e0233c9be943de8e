//! Byte strings that are accounted for and wiped: what Go calls a string.

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::fmt;
use std::rc::Rc;

use zeroize::{Zeroize, Zeroizing};

use crate::limits::Meter;
use crate::reason::Res;

/// Bytes that are wiped when they are dropped. `Zeroizing<Vec<u8>>` does the same byte by byte, which takes longer than
/// all the rest when a template makes megabytes.
#[derive(Default)]
struct Wiped(Vec<u8>);

impl Drop for Wiped {
    fn drop(&mut self) {
        self.0.as_mut_slice().zeroize();
    }
}

/// An immutable byte string, shared and wiped with its last owner. Often, but not always, UTF-8.
#[derive(Clone)]
pub(crate) struct Text(Rc<Wiped>);

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.bytes() == other.bytes()
    }
}

impl Eq for Text {}

impl PartialOrd for Text {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Text {
    fn cmp(&self, other: &Self) -> Ordering {
        self.bytes().cmp(other.bytes())
    }
}

impl Borrow<[u8]> for Text {
    fn borrow(&self) -> &[u8] {
        self.bytes()
    }
}

impl Text {
    /// A copy of `bytes`.
    pub(crate) fn new(meter: &Meter, bytes: &[u8]) -> Res<Self> {
        meter.take(OVERHEAD + bytes.len())?;
        Ok(Self(Rc::new(Wiped(bytes.to_vec()))))
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0.0
    }

    pub(crate) fn len(&self) -> usize {
        self.bytes().len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.bytes().is_empty()
    }

    /// For names out of a template's source, which is UTF-8.
    pub(crate) fn lossy(&self) -> String {
        String::from_utf8_lossy(self.bytes()).into_owned()
    }
}

/// What a `Text` takes beside its bytes.
const OVERHEAD: usize = 64;

/// A growing byte string. Where a `Vec` leaves its old contents behind when it moves, this wipes them.
pub(crate) struct Buf<'m> {
    meter: &'m Meter,
    wiped: Wiped,
}

impl<'m> Buf<'m> {
    pub(crate) fn new(meter: &'m Meter) -> Self {
        Self { meter, wiped: Wiped::default() }
    }

    pub(crate) fn with_capacity(meter: &'m Meter, capacity: usize) -> Res<Self> {
        meter.take(capacity)?;
        Ok(Self { meter, wiped: Wiped(Vec::with_capacity(capacity)) })
    }

    /// Makes room for `more` bytes.
    fn reserve(&mut self, more: usize) -> Res<()> {
        let (length, capacity) = (self.wiped.0.len(), self.wiped.0.capacity());
        let needed = length.saturating_add(more);
        if needed <= capacity {
            return Ok(());
        }
        let capacity = needed.max(2 * capacity).max(32);
        self.meter.take(capacity)?;
        let mut grown = Wiped(Vec::with_capacity(capacity));
        grown.0.extend_from_slice(&self.wiped.0);
        self.wiped = grown;
        Ok(())
    }

    pub(crate) fn push(&mut self, bytes: &[u8]) -> Res<()> {
        self.reserve(bytes.len())?;
        self.wiped.0.extend_from_slice(bytes);
        Ok(())
    }

    pub(crate) fn byte(&mut self, byte: u8) -> Res<()> {
        self.reserve(1)?;
        self.wiped.0.push(byte);
        Ok(())
    }

    pub(crate) fn char(&mut self, c: char) -> Res<()> {
        self.push(c.encode_utf8(&mut [0; 4]).as_bytes())
    }

    pub(crate) fn repeat(&mut self, byte: u8, count: usize) -> Res<()> {
        self.reserve(count)?;
        let length = self.len() + count;
        self.wiped.0.resize(length, byte);
        Ok(())
    }

    pub(crate) fn len(&self) -> usize {
        self.wiped.0.len()
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.wiped.0
    }

    pub(crate) fn bytes_mut(&mut self) -> &mut [u8] {
        &mut self.wiped.0
    }

    pub(crate) fn truncate(&mut self, length: usize) {
        if let Some(cut) = self.wiped.0.get_mut(length..) {
            cut.zeroize();
        }
        self.wiped.0.truncate(length);
    }

    pub(crate) fn into_text(self) -> Res<Text> {
        self.meter.take(OVERHEAD)?;
        Ok(Text(Rc::new(self.wiped)))
    }

    pub(crate) fn into_bytes(mut self) -> Zeroizing<Vec<u8>> {
        Zeroizing::new(std::mem::take(&mut self.wiped.0))
    }
}

/// Formats numbers and other short things straight into the buffer. A limit shows as `fmt::Error`.
impl fmt::Write for Buf<'_> {
    fn write_str(&mut self, s: &str) -> fmt::Result {
        self.push(s.as_bytes()).map_err(|_| fmt::Error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;
    use crate::reason::Reason;

    #[test]
    fn a_buffer_grows_within_the_limit_only() {
        let meter = Meter::new(Limits { memory: 1000, ..Limits::default() });
        let mut buf = Buf::new(&meter);
        assert_eq!(buf.repeat(b'x', 100), Ok(()));
        assert_eq!(buf.push(&[b'y'; 2000]), Err(Reason::TooMuchMemory));
        assert_eq!(buf.len(), 100);
    }
}
