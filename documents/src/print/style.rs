use crate::scalar::resolve_plain;

/// How go-yaml v2 writes a string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Quoting {
    Plain,
    Single,
    Double,
    Literal,
}

/// What a string's characters allow.
#[expect(clippy::struct_excessive_bools, reason = "independent answers, as in libyaml")]
#[derive(Clone, Copy)]
pub(crate) struct Analysis {
    pub(crate) multiline: bool,
    pub(crate) plain_allowed: bool,
    pub(crate) single_allowed: bool,
    pub(crate) literal_allowed: bool,
}

/// The style of a string in block context. `simple_key`: as a key on one line.
pub(crate) fn quoting(text: &str, analysis: Analysis, simple_key: bool) -> Quoting {
    let single_or_double = if analysis.single_allowed { Quoting::Single } else { Quoting::Double };
    if text.contains('\n') {
        return if analysis.literal_allowed && !simple_key { Quoting::Literal } else { Quoting::Double };
    }
    if !resolve_plain(text).is_text() || is_base_60(text) {
        return Quoting::Double;
    }
    if analysis.plain_allowed { Quoting::Plain } else { single_or_double }
}

/// Looks at each character once, with libyaml's rules.
pub(crate) fn analyze(text: &str) -> Analysis {
    let mut indicators = text.starts_with("---") || text.starts_with("...");
    let (mut special, mut breaks) = (false, false);
    let (mut break_then_space, mut space_then_break) = (false, false);
    let mut previous = None;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let before_blank = chars.peek().is_none_or(|next| matches!(next, ' ' | '\t'));
        indicators |= match (c, previous) {
            ('#' | ',' | '[' | ']' | '{' | '}' | '&' | '*' | '!' | '|' | '>' | '\'' | '"' | '%' | '@' | '`', None) => {
                true
            }
            ('?' | '-', None) | (':', _) => before_blank,
            ('#', Some(previous)) => matches!(previous, ' ' | '\t' | '\n'),
            _ => false,
        };
        special |= !is_printable(c);
        breaks |= matches!(c, '\n' | '\r' | '\u{85}');
        break_then_space |= c == ' ' && previous == Some('\n');
        space_then_break |= c == '\n' && previous == Some(' ');
        previous = Some(c);
    }
    let edge = |c: Option<char>| matches!(c, Some(' ' | '\n'));
    let plain_allowed = !(edge(text.chars().next()) || edge(previous) || breaks || special || indicators);
    Analysis {
        multiline: breaks,
        plain_allowed,
        single_allowed: !(break_then_space || space_then_break || special),
        literal_allowed: !(text.is_empty() || previous == Some(' ') || space_then_break || special),
    }
}

/// Whether libyaml writes the character as it is. Line and paragraph separators, which YAML 1.1 takes for line breaks and
/// 1.2 does not, are escaped, unlike there, so that both read the same.
pub(crate) fn is_printable(c: char) -> bool {
    matches!(c, '\n' | ' '..='~' | '\u{a0}'..='\u{2027}' | '\u{202a}'..='\u{d7ff}' | '\u{e000}'..='\u{fefe}' | '\u{ff00}'..='\u{fffd}')
}

/// Sexagesimal numbers of YAML 1.1, which go-yaml does not read but quotes for those that do:
/// `[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?`
fn is_base_60(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (unsigned, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let mut parts = unsigned.split(':');
    let digits_or_separators = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_');
    let whole_fits = parts
        .next()
        .is_some_and(|whole| whole.starts_with(|c: char| c.is_ascii_digit()) && digits_or_separators(whole));
    let mut sixtieths = 0;
    let sixtieths_fit = parts.all(|part| {
        sixtieths += 1;
        matches!(part.as_bytes(), [b'0'..=b'9'] | [b'0'..=b'5', b'0'..=b'9'])
    });
    whole_fits && sixtieths_fit && sixtieths > 0 && digits_or_separators(fraction)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sexagesimal_numbers_are_told_from_times_that_cannot_be() {
        for text in ["1:20", "190:20:30.15", "-1_0:59", "1:0."] {
            assert!(is_base_60(text), "{text}");
        }
        for text in ["1:60", "1:", "a:20", "1:20:", "120", "1:2.3.4", ":20"] {
            assert!(!is_base_60(text), "{text}");
        }
    }
}
