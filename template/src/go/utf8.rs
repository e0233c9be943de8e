//! Go's view of byte strings as runes: a byte that is no part of valid UTF-8 is one rune U+FFFD of width 1.

/// The first rune of `bytes` and its width; U+FFFD and 0 when there is none.
pub(crate) fn first(bytes: &[u8]) -> (char, usize) {
    let Some(&lead) = bytes.first() else { return (char::REPLACEMENT_CHARACTER, 0) };
    if lead < 0x80 {
        return (char::from(lead), 1);
    }
    let width = match lead {
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => return (char::REPLACEMENT_CHARACTER, 1),
    };
    match bytes.get(..width).map(std::str::from_utf8) {
        Some(Ok(valid)) => (valid.chars().next().unwrap_or(char::REPLACEMENT_CHARACTER), width),
        _ => (char::REPLACEMENT_CHARACTER, 1),
    }
}

/// The last rune of `bytes` and its width; U+FFFD and 0 when there is none.
pub(crate) fn last(bytes: &[u8]) -> (char, usize) {
    for width in 1..=bytes.len().min(4) {
        let (rune, found) = first(&bytes[bytes.len() - width..]);
        if found == width && (width > 1 || rune != char::REPLACEMENT_CHARACTER) {
            return (rune, width);
        }
    }
    (char::REPLACEMENT_CHARACTER, bytes.len().min(1))
}

/// The runes of `bytes`, each with the offset of its first byte.
pub(crate) fn runes(bytes: &[u8]) -> impl Iterator<Item = (usize, char)> {
    let mut offset = 0;
    std::iter::from_fn(move || {
        let (rune, width) = first(&bytes[offset..]);
        (width > 0).then(|| {
            let at = offset;
            offset += width;
            (at, rune)
        })
    })
}

/// How many runes there are.
pub(crate) fn count(bytes: &[u8]) -> usize {
    if bytes.is_ascii() {
        return bytes.len();
    }
    runes(bytes).count()
}

/// Whether the rune that `first` found is a byte out of place rather than an encoded U+FFFD.
pub(crate) fn is_invalid(rune: char, width: usize) -> bool {
    rune == char::REPLACEMENT_CHARACTER && width <= 1
}

/// Go's `string(rune)` of any integer: U+FFFD for what is no Unicode scalar value.
pub(crate) fn from_u64(code: u64) -> char {
    u32::try_from(code).ok().and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_invalid_byte_is_one_rune() {
        let found: Vec<_> = runes(b"a\xffb\xe2\x82c\xe2\x82\xac").collect();
        let r = char::REPLACEMENT_CHARACTER;
        assert_eq!(found, [(0, 'a'), (1, r), (2, 'b'), (3, r), (4, r), (5, 'c'), (6, '€')]);
    }

    #[test]
    fn surrogates_and_overlong_forms_are_invalid() {
        assert_eq!(first(b"\xed\xa0\x80"), (char::REPLACEMENT_CHARACTER, 1));
        assert_eq!(first(b"\xc0\x80"), (char::REPLACEMENT_CHARACTER, 1));
    }

    #[test]
    fn the_last_rune_is_found_from_the_end() {
        assert_eq!(last("aé€".as_bytes()), ('€', 3));
        assert_eq!(last(b"a\x80"), (char::REPLACEMENT_CHARACTER, 1));
        assert_eq!(last(b""), (char::REPLACEMENT_CHARACTER, 0));
    }
}
