use std::fmt;

/// A place in a text: line and column, both from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// From 1. `\n`, `\r\n` and a lone `\r` each end a line.
    pub line: usize,
    /// From 1, in Unicode scalar values, as editors without wide characters count.
    pub column: usize,
}

impl Position {
    /// The place of the byte `offset` of `text`. An offset beyond the end is the end.
    pub fn of(text: &str, offset: usize) -> Self {
        let before = &text.as_bytes()[..offset.min(text.len())];
        let mut line = 1;
        let mut line_start = 0;
        for at in memchr::memchr2_iter(b'\n', b'\r', before) {
            let half_of_crlf = before[at] == b'\r' && text.as_bytes().get(at + 1) == Some(&b'\n');
            if !half_of_crlf {
                line += 1;
                line_start = at + 1;
            }
        }
        Self { line, column: count_chars(&before[line_start..]) + 1 }
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// The number of characters in UTF-8 bytes that may be cut in the middle of one.
fn count_chars(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_at_lf_crlf_and_lone_cr() {
        let text = "a\nb\r\nc\rd";
        let lines: Vec<_> =
            ["a", "b", "c", "d"].iter().map(|c| Position::of(text, text.find(c).unwrap()).line).collect();
        assert_eq!(lines, [1, 2, 3, 4]);
    }

    #[test]
    fn columns_count_characters_and_not_bytes() {
        assert_eq!(Position::of("ä🔑: x", "ä🔑: ".len()), Position { line: 1, column: 5 });
    }

    #[test]
    fn an_offset_past_the_end_is_the_end() {
        assert_eq!(Position::of("ab", 99), Position { line: 1, column: 3 });
    }
}
