use std::ops::Range;

use crate::MAX_DEPTH;
use crate::error::{Fault, ParseErrorKind};
use crate::number::parse_float;
use crate::scalar::Scalar;
use crate::tree::{Body, Entry, Mark, Name, Node, NodeId, ScalarNode, Structure, Style, Tree};
use crate::yaml::small;

/// Parses JSON values that follow each other, each with the range from the end of the one before it.
/// `line` is that of the file that the text begins on, `budget` the number of nodes that the input may have.
pub(crate) fn parse_json(
    text: &str,
    start: usize,
    line: usize,
    budget: &mut usize,
) -> Result<Vec<(Range<usize>, Tree)>, Fault> {
    let mut reader = Reader { text, at: start, line, counted: start, column: 0, depth: 0, nodes: Vec::new(), budget };
    let mut documents: Vec<(Range<usize>, Tree)> = Vec::new();
    let mut from = 0;
    loop {
        reader.skip_blanks();
        if reader.at == text.len() {
            break;
        }
        let root = reader.value()?;
        documents.push((
            from..reader.at,
            Tree { nodes: std::mem::take(&mut reader.nodes), root: Some(root), aliases: Vec::new() },
        ));
        from = reader.at;
    }
    if let Some((range, _)) = documents.last_mut() {
        range.end = text.len();
    }
    Ok(documents)
}

struct Reader<'a, 'b> {
    text: &'a str,
    at: usize,
    line: usize,
    /// How far `column` is counted. Counting on from there keeps a file of one long line linear.
    counted: usize,
    column: usize,
    depth: usize,
    nodes: Vec<Node>,
    budget: &'b mut usize,
}

impl Reader<'_, '_> {
    fn value(&mut self) -> Result<NodeId, Fault> {
        match self.peek() {
            Some(b'{') => self.nested(Self::object),
            Some(b'[') => self.nested(Self::array),
            Some(b'"') => {
                let start = self.mark();
                let text = self.string()?;
                self.scalar(start, Style::DoubleQuoted, Scalar::Text, text)
            }
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.word("true", Scalar::Bool(true)),
            Some(b'f') => self.word("false", Scalar::Bool(false)),
            Some(b'n') => self.word("null", Scalar::Null),
            _ => Err(self.syntax("expected a JSON value")),
        }
    }

    fn nested(&mut self, read: fn(&mut Self) -> Result<NodeId, Fault>) -> Result<NodeId, Fault> {
        if self.depth >= MAX_DEPTH {
            return Err(Fault::at(self.mark().position(), ParseErrorKind::TooDeep));
        }
        self.depth += 1;
        let node = read(self);
        self.depth -= 1;
        node
    }

    fn object(&mut self) -> Result<NodeId, Fault> {
        let start = self.mark();
        let id = self.add(start, Body::Mapping { style: Structure::Flow, entries: Vec::new() })?;
        let mut fields = Vec::new();
        self.at += 1;
        self.skip_blanks();
        if !self.accept(b'}') {
            loop {
                self.skip_blanks();
                if self.peek() != Some(b'"') {
                    return Err(self.syntax("expected a key in double quotes"));
                }
                let start = self.mark();
                let text = self.string()?;
                let name = Name::Key(text.clone());
                let key = self.scalar(start, Style::DoubleQuoted, Scalar::Text, text)?;
                self.skip_blanks();
                if !self.accept(b':') {
                    return Err(self.syntax("expected `:` after a key"));
                }
                self.skip_blanks();
                let value = self.value()?;
                fields.push(Entry { name, key, value });
                self.skip_blanks();
                if self.accept(b'}') {
                    break;
                }
                if !self.accept(b',') {
                    return Err(self.syntax("expected `,` or `}`"));
                }
            }
        }
        if let Body::Mapping { entries, .. } = &mut self.close(id).body {
            *entries = fields;
        }
        Ok(id)
    }

    fn array(&mut self) -> Result<NodeId, Fault> {
        let start = self.mark();
        let id = self.add(start, Body::Sequence { style: Structure::Flow, items: Vec::new() })?;
        let mut values = Vec::new();
        self.at += 1;
        self.skip_blanks();
        if !self.accept(b']') {
            loop {
                self.skip_blanks();
                values.push(self.value()?);
                self.skip_blanks();
                if self.accept(b']') {
                    break;
                }
                if !self.accept(b',') {
                    return Err(self.syntax("expected `,` or `]`"));
                }
            }
        }
        if let Body::Sequence { items, .. } = &mut self.close(id).body {
            *items = values;
        }
        Ok(id)
    }

    fn number(&mut self) -> Result<NodeId, Fault> {
        let start = self.mark();
        let rest = &self.text[self.at..];
        let length = rest.bytes().take_while(|b| matches!(b, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E')).count();
        let text = &rest[..length];
        let Some(resolved) = json_number(text) else {
            return Err(self.syntax("a number that JSON does not allow"));
        };
        self.at += length;
        self.scalar(start, Style::Plain, resolved, text.to_owned())
    }

    fn word(&mut self, word: &str, resolved: Scalar) -> Result<NodeId, Fault> {
        if !self.text[self.at..].starts_with(word) {
            return Err(self.syntax("expected a JSON value"));
        }
        let start = self.mark();
        self.at += word.len();
        self.scalar(start, Style::Plain, resolved, word.to_owned())
    }

    /// The string that the quote here begins.
    fn string(&mut self) -> Result<String, Fault> {
        let quote = self.mark();
        let bytes = self.text.as_bytes();
        let mut text = String::new();
        self.at += 1;
        loop {
            let run = bytes[self.at..].iter().take_while(|byte| !matches!(byte, b'"' | b'\\' | 0..=0x1f)).count();
            text.push_str(&self.text[self.at..self.at + run]);
            self.at += run;
            match bytes.get(self.at) {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(text);
                }
                Some(b'\\') => text.push(self.escape()?),
                Some(_) => return Err(Fault::at(self.mark().position(), ParseErrorKind::ControlCharacter)),
                None => return Err(syntax_at(quote, "a string without its closing quote")),
            }
        }
    }

    fn escape(&mut self) -> Result<char, Fault> {
        let start = self.mark();
        let invalid = || syntax_at(start, "an escape that JSON does not know");
        let escaped = self.text.as_bytes().get(self.at + 1).copied();
        self.at += 2;
        Ok(match escaped {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                let high = self.hex4().ok_or_else(invalid)?;
                let code = if (0xd800..0xdc00).contains(&high) && self.text[self.at..].starts_with("\\u") {
                    self.at += 2;
                    let low = self.hex4().filter(|low| (0xdc00..0xe000).contains(low)).ok_or_else(invalid)?;
                    0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00)
                } else {
                    high
                };
                char::from_u32(code).ok_or_else(invalid)?
            }
            _ => return Err(invalid()),
        })
    }

    fn hex4(&mut self) -> Option<u32> {
        let digits = self.text.get(self.at..self.at + 4)?;
        let code = digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, 16).ok())?;
        self.at += 4;
        code
    }

    fn scalar(&mut self, start: Mark, style: Style, resolved: Scalar, text: String) -> Result<NodeId, Fault> {
        self.add(start, Body::Scalar(ScalarNode { style, resolved, merge: false, text }))
    }

    fn add(&mut self, start: Mark, body: Body) -> Result<NodeId, Fault> {
        let Some(budget) = self.budget.checked_sub(1) else {
            return Err(Fault::at(start.position(), ParseErrorKind::TooManyNodes));
        };
        *self.budget = budget;
        let id = NodeId(small(self.nodes.len()));
        self.nodes.push(Node { start, end: small(self.at), properties: None, in_flow: true, body });
        Ok(id)
    }

    /// The mapping or sequence `id`, which ends here.
    fn close(&mut self, id: NodeId) -> &mut Node {
        let node = &mut self.nodes[id.0 as usize];
        node.end = small(self.at);
        node
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn accept(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn skip_blanks(&mut self) {
        while let Some(byte @ (b' ' | b'\t' | b'\n' | b'\r')) = self.peek() {
            self.at += 1;
            if byte == b'\n' || (byte == b'\r' && self.peek() != Some(b'\n')) {
                self.line += 1;
                self.counted = self.at;
                self.column = 0;
            }
        }
    }

    fn mark(&mut self) -> Mark {
        self.column += self.text[self.counted..self.at].chars().count();
        self.counted = self.at;
        Mark { offset: small(self.at), line: small(self.line), column: small(self.column) }
    }

    fn syntax(&mut self, what: &str) -> Fault {
        syntax_at(self.mark(), what)
    }
}

fn syntax_at(mark: Mark, what: &str) -> Fault {
    Fault::at(mark.position(), ParseErrorKind::Syntax(what.to_owned()))
}

/// RFC 8259's number. Integers that fit are integers, the rest floats.
fn json_number(text: &str) -> Option<Scalar> {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let whole = unsigned.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, rest) = unsigned.split_at(whole);
    let fraction_fits = rest.strip_prefix('.').is_none_or(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    if digits.is_empty() || (whole > 1 && digits.starts_with('0')) || !fraction_fits {
        return None;
    }
    if rest.is_empty() {
        if let Ok(int) = text.parse() {
            return Some(Scalar::Int(int));
        }
        if let Ok(int) = text.parse() {
            return Some(Scalar::UInt(int));
        }
    }
    parse_float(text).map(Scalar::Float)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_those_of_the_standard() {
        assert_eq!(json_number("-0"), Some(Scalar::Int(0)));
        assert_eq!(json_number("18446744073709551615"), Some(Scalar::UInt(u64::MAX)));
        assert_eq!(json_number("1.5e3"), Some(Scalar::Float(1500.0)));
        for text in ["01", "1.", ".5", "+1", "1e", "-", "1e999", "1.e5", "--1", "1-2"] {
            assert_eq!(json_number(text), None, "{text}");
        }
    }
}
