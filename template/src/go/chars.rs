//! Classes and case of characters as Go's package unicode knows them: Unicode 15.0, and one character for one.

use std::sync::LazyLock;

use regex_syntax::hir::{Class, HirKind};

/// The characters of a class, as sorted ranges.
pub(crate) type Ranges = Vec<(char, char)>;

/// The Unicode version of Go's tables. Newer characters are unassigned to Go.
const AGE: &str = r"\p{age:15.0}";

/// The ranges of a class in the syntax of the crate `regex`, cut to Go's Unicode version. None if there is no such class.
pub(crate) fn class(pattern: &str) -> Option<Ranges> {
    let hir = regex_syntax::Parser::new().parse(&format!("[{pattern}&&{AGE}]")).ok()?;
    match hir.into_kind() {
        HirKind::Class(Class::Unicode(class)) => Some(class.iter().map(|r| (r.start(), r.end())).collect()),
        HirKind::Literal(literal) => {
            std::str::from_utf8(&literal.0).ok().map(|literal| literal.chars().map(|c| (c, c)).collect())
        }
        _ => None,
    }
}

/// Whether a character is in sorted ranges.
pub(crate) fn contains(ranges: &[(char, char)], c: char) -> bool {
    ranges
        .binary_search_by(|&(low, high)| match () {
            () if high < c => std::cmp::Ordering::Less,
            () if low > c => std::cmp::Ordering::Greater,
            () => std::cmp::Ordering::Equal,
        })
        .is_ok()
}

macro_rules! predicate {
    ($(#[$doc:meta])* $name:ident, $pattern:literal, $ascii:expr) => {
        $(#[$doc])*
        pub(crate) fn $name(c: char) -> bool {
            static RANGES: LazyLock<Ranges> = LazyLock::new(|| class($pattern).unwrap_or_default());
            if c.is_ascii() {
                let ascii: fn(char) -> bool = $ascii;
                return ascii(c);
            }
            contains(&RANGES, c)
        }
    };
}

predicate!(
    /// unicode.IsLetter
    is_letter, r"\p{L}", |c| c.is_ascii_alphabetic()
);
predicate!(
    /// unicode.IsDigit
    is_digit, r"\p{Nd}", |c| c.is_ascii_digit()
);
predicate!(
    /// unicode.IsNumber
    is_number, r"\p{N}", |c| c.is_ascii_digit()
);
predicate!(
    /// unicode.IsUpper
    is_upper, r"\p{Lu}", |c| c.is_ascii_uppercase()
);
predicate!(
    /// unicode.IsLower
    is_lower, r"\p{Ll}", |c| c.is_ascii_lowercase()
);
predicate!(
    /// unicode.IsTitle
    is_title, r"\p{Lt}", |_| false
);
predicate!(
    /// unicode.IsPunct
    is_punct, r"\p{P}", |c| c.is_ascii_punctuation() && !matches!(c, '$' | '+' | '<' | '=' | '>' | '^' | '`' | '|' | '~')
);
predicate!(
    /// strconv.IsPrint and unicode.IsPrint
    is_print, r"\p{L}\p{M}\p{N}\p{P}\p{S}", |c| matches!(c, ' '..='~')
);

/// unicode.IsSpace
pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace()
}

/// unicode.ToUpper
pub(crate) fn to_upper(c: char) -> char {
    match c {
        // Where the full mapping of Unicode has several characters, Go has the simple one.
        '\u{1F80}'..='\u{1F87}' | '\u{1F90}'..='\u{1F97}' | '\u{1FA0}'..='\u{1FA7}' => offset(c, 8),
        '\u{1FB3}' | '\u{1FC3}' | '\u{1FF3}' => offset(c, 9),
        _ => only(c, c.to_uppercase()),
    }
}

/// unicode.ToLower
pub(crate) fn to_lower(c: char) -> char {
    match c {
        'İ' => 'i',
        _ => only(c, c.to_lowercase()),
    }
}

/// unicode.ToTitle
pub(crate) fn to_title(c: char) -> char {
    match c {
        '\u{01C4}'..='\u{01C6}' => '\u{01C5}',
        '\u{01C7}'..='\u{01C9}' => '\u{01C8}',
        '\u{01CA}'..='\u{01CC}' => '\u{01CB}',
        '\u{01F1}'..='\u{01F3}' => '\u{01F2}',
        // Georgian has capitals, and no word begins with one.
        '\u{10D0}'..='\u{10FA}' | '\u{10FD}'..='\u{10FF}' => c,
        _ => to_upper(c),
    }
}

fn only(c: char, mut mapped: impl Iterator<Item = char>) -> char {
    match (mapped.next(), mapped.next()) {
        (Some(one), None) if is_assigned(c) && is_assigned(one) => one,
        _ => c,
    }
}

predicate!(
    /// Whether Go's tables have heard of the character.
    is_assigned, r"\p{Any}", |_| true
);

fn offset(c: char, by: u32) -> char {
    char::from_u32(u32::from(c) + by).unwrap_or(c)
}
