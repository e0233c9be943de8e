//! The elements of a layout, like `2006-01-02 15:04:05`.

/// An element of a layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Element {
    LongMonth,
    Month,
    NumMonth,
    ZeroMonth,
    LongWeekday,
    Weekday,
    Day,
    UnderDay,
    ZeroDay,
    UnderYearDay,
    ZeroYearDay,
    Hour,
    Hour12,
    ZeroHour12,
    Minute,
    ZeroMinute,
    Second,
    ZeroSecond,
    LongYear,
    Year,
    /// `PM`, or `pm` in lower case.
    Pm {
        lower: bool,
    },
    /// `MST`
    ZoneName,
    Offset(Offset),
    /// `.000`, or `.999` without trailing zeros.
    Fraction {
        digits: usize,
        trim: bool,
        separator: u8,
    },
}

/// An offset from UTC, like `Z07:00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a property of the layout that is there or not")]
pub(super) struct Offset {
    /// Shows UTC as `Z`.
    pub(super) iso: bool,
    pub(super) colon: bool,
    pub(super) minutes: bool,
    pub(super) seconds: bool,
}

/// Takes a layout apart at its first element: what is before it, the element, and what is after it.
pub(super) fn next(layout: &[u8]) -> (&[u8], Option<Element>, &[u8]) {
    for at in 0..layout.len() {
        if let Some((skip, element, length)) = element(&layout[at..]) {
            return (&layout[..at + skip], Some(element), &layout[at + skip + length..]);
        }
    }
    (layout, None, &[])
}

/// Elements that are recognised by their text alone; of two that fit, the first counts.
const PLAIN: [(&[u8], Element); 21] = [
    (b"January", Element::LongMonth),
    (b"Monday", Element::LongWeekday),
    (b"MST", Element::ZoneName),
    (b"01", Element::ZeroMonth),
    (b"02", Element::ZeroDay),
    (b"03", Element::ZeroHour12),
    (b"04", Element::ZeroMinute),
    (b"05", Element::ZeroSecond),
    (b"06", Element::Year),
    (b"002", Element::ZeroYearDay),
    (b"15", Element::Hour),
    (b"1", Element::NumMonth),
    (b"2006", Element::LongYear),
    (b"2", Element::Day),
    (b"_2", Element::UnderDay),
    (b"__2", Element::UnderYearDay),
    (b"3", Element::Hour12),
    (b"4", Element::Minute),
    (b"5", Element::Second),
    (b"PM", Element::Pm { lower: false }),
    (b"pm", Element::Pm { lower: true }),
];

/// Offsets, after their sign; of two that fit, the first counts.
const OFFSETS: [(&[u8], Offset); 5] = [
    (b"070000", Offset { iso: false, colon: false, minutes: true, seconds: true }),
    (b"07:00:00", Offset { iso: false, colon: true, minutes: true, seconds: true }),
    (b"0700", Offset { iso: false, colon: false, minutes: true, seconds: false }),
    (b"07:00", Offset { iso: false, colon: true, minutes: true, seconds: false }),
    (b"07", Offset { iso: false, colon: false, minutes: false, seconds: false }),
];

/// The element at the start: bytes before it that are literal, the element, and its length.
fn element(layout: &[u8]) -> Option<(usize, Element, usize)> {
    match layout.first()? {
        // `_2006` is a literal `_` and a year.
        b'_' if layout.starts_with(b"_2006") => Some((1, Element::LongYear, 4)),
        sign @ (b'-' | b'Z') => {
            let &(text, offset) = OFFSETS.iter().find(|(text, _)| layout[1..].starts_with(text))?;
            Some((0, Element::Offset(Offset { iso: *sign == b'Z', ..offset }), text.len() + 1))
        }
        separator @ (b'.' | b',') => {
            let digit = layout.get(1).copied().filter(|digit| matches!(digit, b'0' | b'9'))?;
            let digits = layout[1..].iter().take_while(|&&byte| byte == digit).count();
            // Only a fraction that is all the same digits is one.
            let ends = !layout.get(1 + digits).is_some_and(u8::is_ascii_digit);
            let fraction = Element::Fraction { digits, trim: digit == b'9', separator: *separator };
            ends.then_some((0, fraction, 1 + digits))
        }
        _ => {
            let plain = PLAIN.iter().find(|(text, _)| layout.starts_with(text));
            plain.map(|&(text, element)| (0, element, text.len())).or_else(|| short_name(layout))
        }
    }
}

/// `Jan` and `Mon`, unless a longer word begins with them.
fn short_name(layout: &[u8]) -> Option<(usize, Element, usize)> {
    let element = match layout.get(..3)? {
        b"Jan" => Element::Month,
        b"Mon" => Element::Weekday,
        _ => return None,
    };
    (!layout.get(3).is_some_and(u8::is_ascii_lowercase)).then_some((0, element, 3))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn elements(layout: &str) -> Vec<Element> {
        let mut rest = layout.as_bytes();
        let mut found = Vec::new();
        while let (_, Some(element), after) = next(rest) {
            found.push(element);
            rest = after;
        }
        found
    }

    #[test]
    fn a_layout_is_taken_apart_as_go_does() {
        use Element::{Day, LongYear, Month, UnderDay, Weekday, ZeroDay, ZeroMonth};
        assert_eq!(elements("2006-01-02"), [LongYear, ZeroMonth, ZeroDay]);
        assert_eq!(elements("Mon Jan _2"), [Weekday, Month, UnderDay]);
        assert_eq!(elements("Month 2"), [Day]);
        assert_eq!(elements("_2006"), [LongYear]);
        assert_eq!(elements(".0001"), [ZeroMonth]);
        let offset = Offset { iso: true, colon: true, minutes: true, seconds: false };
        assert_eq!(elements("Z07:00"), [Element::Offset(offset)]);
    }
}
