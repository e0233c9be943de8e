//! Characters between brackets.

use super::escape;
use super::parse::Flags;
use super::set::Set;
use crate::limits::Meter;
use crate::reason::{Reason, Res};

/// The class at the start of `text`, which begins with `[`, and what follows it.
pub(super) fn parse<'p>(meter: &Meter, text: &'p str, flags: Flags) -> Res<(Set, &'p str)> {
    let mut rest = &text[1..];
    let negated = rest.starts_with('^');
    rest = rest.strip_prefix('^').unwrap_or(rest);
    let mut ranges = Vec::new();
    // `]` is an ordinary character in the first place.
    let mut first = true;
    while first || !rest.starts_with(']') {
        first = false;
        meter.take(32)?;
        if rest.len() > 2
            && rest.starts_with("[:")
            && let Some(end) = rest[2..].find(":]")
        {
            ranges.extend(named(&rest[2..2 + end], flags)?.ranges());
            rest = &rest[2 + end + 2..];
            continue;
        }
        if let Some((set, after)) = escape::set(meter, rest, flags)? {
            meter.take(8 * set.ranges().len())?;
            ranges.extend(set.ranges());
            rest = after;
            continue;
        }
        let (low, after) = character(rest)?;
        rest = after;
        let mut high = low;
        // A hyphen before the closing bracket is an ordinary character.
        if rest.len() >= 2 && rest.starts_with('-') && !rest.starts_with("-]") {
            (high, rest) = character(&rest[1..])?;
            if high < low {
                return Err(Reason::BadRegex);
            }
        }
        ranges.push((low, high));
        if flags.fold {
            ranges.pop();
            let folded = Set::of(&[(low, high)]).folded()?;
            meter.take(8 * folded.ranges().len())?;
            ranges.extend(folded.ranges());
        }
    }
    let set = Set::of(&ranges);
    Ok((if negated { set.negated() } else { set }, &rest[1..]))
}

/// A character or the escape of one.
fn character(text: &str) -> Res<(char, &str)> {
    if text.starts_with('\\') {
        return escape::character(text);
    }
    let mut characters = text.chars();
    let c = characters.next().ok_or(Reason::BadRegex)?;
    Ok((c, characters.as_str()))
}

/// The class of a name like `alnum` or `^alnum`.
fn named(name: &str, flags: Flags) -> Res<Set> {
    let (name, negated) = name.strip_prefix('^').map_or((name, false), |name| (name, true));
    let ranges: &[(char, char)] = match name {
        "alnum" => &[('0', '9'), ('A', 'Z'), ('a', 'z')],
        "alpha" => &[('A', 'Z'), ('a', 'z')],
        "ascii" => &[('\0', '\x7F')],
        "blank" => &[('\t', '\t'), (' ', ' ')],
        "cntrl" => &[('\0', '\x1F'), ('\x7F', '\x7F')],
        "digit" => &[('0', '9')],
        "graph" => &[('!', '~')],
        "lower" => &[('a', 'z')],
        "print" => &[(' ', '~')],
        "punct" => &[('!', '/'), (':', '@'), ('[', '`'), ('{', '~')],
        "space" => &[('\t', '\r'), (' ', ' ')],
        "upper" => &[('A', 'Z')],
        "word" => &[('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')],
        "xdigit" => &[('0', '9'), ('A', 'F'), ('a', 'f')],
        _ => return Err(Reason::BadRegex),
    };
    let set = Set::of(ranges);
    let set = if flags.fold { set.folded()? } else { set };
    Ok(if negated { set.negated() } else { set })
}
