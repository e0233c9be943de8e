//! Text of other people in our own sentences.

use std::fmt::{self, Write as _};

/// As long as the longest name of Kubernetes.
const LONGEST: usize = 253;

/// How many keys a message names.
const NAMED: usize = 5;

/// A name out of a file: control characters, and what turns the writing around, are escaped, and it is cut where no
/// name is that long.
pub(crate) struct Shown<'a>(pub(crate) &'a str);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, character) in self.0.chars().enumerate() {
            if at == LONGEST {
                return f.write_char('…');
            }
            match character {
                '"' | '\'' | '\\' => f.write_char(character)?,
                _ => write!(f, "{}", character.escape_debug())?,
            }
        }
        Ok(())
    }
}

/// `a, b, c`, and how many more.
pub(crate) fn listed(names: &[&str]) -> String {
    let mut text = names.iter().take(NAMED).map(|name| Shown(name).to_string()).collect::<Vec<_>>().join(", ");
    if names.len() > NAMED {
        let _ = write!(text, " and {} more", names.len() - NAMED);
    }
    text
}

/// `1 error`, `2 errors`.
pub(crate) fn counted(count: usize, thing: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {thing}{plural}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hostile_name_cannot_steer_a_terminal_or_fill_it() {
        assert_eq!(Shown("a\u{1b}[31m\n\u{202e}b").to_string(), "a\\u{1b}[31m\\n\\u{202e}b");
        assert_eq!(Shown("tls.key \"ü\"").to_string(), "tls.key \"ü\"");
        assert_eq!(Shown(&"x".repeat(300)).to_string().chars().count(), LONGEST + 1);
    }

    #[test]
    fn a_long_list_is_cut() {
        assert_eq!(listed(&["a", "b"]), "a, b");
        assert_eq!(listed(&["a", "b", "c", "d", "e", "f", "g"]), "a, b, c, d, e and 2 more");
    }
}
