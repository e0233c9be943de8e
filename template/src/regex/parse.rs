//! The syntax of regular expressions.

use super::class;
use super::escape::{self, Escape};
use super::set::Set;
use crate::limits::Meter;
use crate::reason::{Reason, Res};

/// An expression.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node {
    Empty,
    Set(Set),
    Assertion(Assertion),
    Group(usize, Box<Node>),
    Concat(Vec<Node>),
    Alternate(Vec<Node>),
    Repeat { node: Box<Node>, min: u32, max: Option<u32>, greedy: bool },
}

/// A condition on a place in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Assertion {
    BeginText,
    EndText,
    BeginLine,
    EndLine,
    WordBoundary,
    NoWordBoundary,
}

#[derive(Clone, Copy, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "the four flags of the syntax")]
pub(super) struct Flags {
    pub(super) fold: bool,
    pub(super) multi_line: bool,
    pub(super) dot_newline: bool,
    pub(super) non_greedy: bool,
}

/// The largest count of a repetition, and of repetitions inside one another together.
const MAX_REPEAT: u32 = 1000;

/// How deep groups may be inside one another.
const MAX_DEPTH: usize = 200;

/// Parses an expression; the names of its groups, of which the first is the whole match.
pub(super) fn parse(meter: &Meter, pattern: &str) -> Res<(Node, Vec<Option<String>>)> {
    let flags = Flags { fold: false, multi_line: false, dot_newline: false, non_greedy: false };
    let mut parser = Parser { meter, rest: pattern, flags, names: vec![None], depth: 0 };
    let node = parser.alternation()?;
    // What is left begins with a parenthesis that was never opened.
    if parser.rest.is_empty() { Ok((node, parser.names)) } else { Err(Reason::BadRegex) }
}

struct Parser<'m, 'p> {
    meter: &'m Meter,
    rest: &'p str,
    flags: Flags,
    names: Vec<Option<String>>,
    depth: usize,
}

impl<'p> Parser<'_, 'p> {
    /// Alternatives up to the end or a closing parenthesis.
    fn alternation(&mut self) -> Res<Node> {
        let mut alternatives = vec![self.concatenation()?];
        while let Some(rest) = self.rest.strip_prefix('|') {
            self.rest = rest;
            alternatives.push(self.concatenation()?);
        }
        Ok(only_or(alternatives, Node::Alternate))
    }

    fn concatenation(&mut self) -> Res<Node> {
        let mut items = Vec::new();
        let mut after_repetition = false;
        while let Some(first) = self.rest.chars().next() {
            self.meter.take(64)?;
            let repetition = match first {
                '|' | ')' => break,
                '*' | '+' | '?' => {
                    self.rest = &self.rest[1..];
                    match first {
                        '*' => Some((0, None)),
                        '+' => Some((1, None)),
                        _ => Some((0, Some(1))),
                    }
                }
                '{' => self.counted()?,
                _ => None,
            };
            if let Some((min, max)) = repetition {
                // Operators do not stack: `a**` is an error.
                if after_repetition {
                    return Err(Reason::BadRegex);
                }
                self.repeat(&mut items, min, max)?;
                after_repetition = true;
            } else {
                after_repetition = false;
                self.item(first, &mut items)?;
            }
        }
        Ok(if items.is_empty() { Node::Empty } else { only_or(items, Node::Concat) })
    }

    /// Repeats the last item.
    fn repeat(&mut self, items: &mut Vec<Node>, min: u32, max: Option<u32>) -> Res<()> {
        let mut greedy = !self.flags.non_greedy;
        if let Some(rest) = self.rest.strip_prefix('?') {
            self.rest = rest;
            greedy = !greedy;
        }
        let node = Box::new(items.pop().ok_or(Reason::BadRegex)?);
        let repeated = Node::Repeat { node, min, max, greedy };
        if (min >= 2 || max.is_some_and(|max| max >= 2)) && !is_valid(&repeated, MAX_REPEAT) {
            return Err(Reason::BadRegex);
        }
        items.push(repeated);
        Ok(())
    }

    /// `{2}`, `{2,}` or `{2,5}`; None if the brace is a literal one.
    #[allow(clippy::type_complexity, reason = "the bounds of a repetition, where there is one")]
    fn counted(&mut self) -> Res<Option<(u32, Option<u32>)>> {
        let Some((bounds, rest)) = self.rest[1..].split_once('}') else { return Ok(None) };
        let (min, max) = bounds.split_once(',').map_or((bounds, None), |(min, max)| (min, Some(max)));
        let is_number = |text: &str| {
            text.bytes().all(|byte| byte.is_ascii_digit())
                && !text.is_empty()
                && (text.len() == 1 || !text.starts_with('0'))
        };
        if !is_number(min) || !max.is_none_or(|max| max.is_empty() || is_number(max)) {
            return Ok(None);
        }
        let number = |text: &str| text.parse().ok().filter(|&n| n <= MAX_REPEAT).ok_or(Reason::BadRegex);
        let min = number(min)?;
        let max = match max {
            None => Some(min),
            Some("") => None,
            Some(max) => Some(number(max)?),
        };
        if max.is_some_and(|max| min > max) {
            return Err(Reason::BadRegex);
        }
        self.rest = rest;
        Ok(Some((min, max)))
    }

    fn item(&mut self, first: char, items: &mut Vec<Node>) -> Res<()> {
        let assertion = |begin_end: (Assertion, Assertion), multi_line| {
            Node::Assertion(if multi_line { begin_end.1 } else { begin_end.0 })
        };
        match first {
            '(' => return self.group(items),
            '[' => {
                let (set, rest) = class::parse(self.meter, self.rest, self.flags)?;
                self.rest = rest;
                items.push(Node::Set(set));
                return Ok(());
            }
            '\\' => return self.escape(items),
            '^' => items.push(assertion((Assertion::BeginText, Assertion::BeginLine), self.flags.multi_line)),
            '$' => items.push(assertion((Assertion::EndText, Assertion::EndLine), self.flags.multi_line)),
            '.' if self.flags.dot_newline => items.push(Node::Set(Set::of(&[('\0', char::MAX)]))),
            '.' => items.push(Node::Set(Set::one('\n').negated())),
            _ => items.push(self.literal(first)?),
        }
        self.rest = &self.rest[first.len_utf8()..];
        Ok(())
    }

    fn literal(&self, c: char) -> Res<Node> {
        let set = Set::one(c);
        Ok(Node::Set(if self.flags.fold { set.folded()? } else { set }))
    }

    fn escape(&mut self, items: &mut Vec<Node>) -> Res<()> {
        let (escape, rest) = escape::parse(self.meter, self.rest, self.flags)?;
        self.rest = rest;
        match escape {
            Escape::Char(c) => items.push(self.literal(c)?),
            Escape::Set(set) => items.push(Node::Set(set)),
            Escape::Assertion(assertion) => items.push(Node::Assertion(assertion)),
            Escape::Quoted(text) => {
                for c in text.chars() {
                    self.meter.take(64)?;
                    items.push(self.literal(c)?);
                }
            }
        }
        Ok(())
    }

    /// `(…)`, `(?:…)`, `(?P<name>…)`, `(?flags:…)`, or `(?flags)`, which is no group.
    fn group(&mut self, items: &mut Vec<Node>) -> Res<()> {
        let outer = self.flags;
        let mut index = None;
        if let Some(extension) = self.rest.strip_prefix("(?") {
            let named = extension.strip_prefix("P<").or_else(|| extension.strip_prefix('<'));
            if let Some(named) = named {
                let (name, rest) = named.split_once('>').ok_or(Reason::BadRegex)?;
                if name.is_empty() || !name.bytes().all(|byte| byte == b'_' || byte.is_ascii_alphanumeric()) {
                    return Err(Reason::BadRegex);
                }
                index = Some(self.names.len());
                self.names.push(Some(name.to_owned()));
                self.rest = rest;
            } else {
                let is_group = self.flag_group(extension)?;
                if !is_group {
                    return Ok(());
                }
            }
        } else {
            index = Some(self.names.len());
            self.names.push(None);
            self.rest = &self.rest[1..];
        }
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(Reason::RegexTooLarge);
        }
        // The parenthesis that ends a group restores the flags of its beginning, those before `(?i:` included.
        let node = self.alternation()?;
        self.depth -= 1;
        self.rest = self.rest.strip_prefix(')').ok_or(Reason::BadRegex)?;
        self.flags = outer;
        items.push(match index {
            Some(index) => Node::Group(index, Box::new(node)),
            None => node,
        });
        Ok(())
    }

    /// Reads flags after `(?`; whether a group follows them.
    fn flag_group(&mut self, extension: &'p str) -> Res<bool> {
        let mut flags = self.flags;
        let (mut value, mut saw_flag) = (true, false);
        for (at, c) in extension.char_indices() {
            match c {
                'i' => flags.fold = value,
                'm' => flags.multi_line = value,
                's' => flags.dot_newline = value,
                'U' => flags.non_greedy = value,
                '-' if value => {
                    (value, saw_flag) = (false, false);
                    continue;
                }
                ':' | ')' if value || saw_flag => {
                    self.flags = flags;
                    self.rest = &extension[at + 1..];
                    return Ok(c == ':');
                }
                _ => return Err(Reason::BadRegex),
            }
            saw_flag = true;
        }
        Err(Reason::BadRegex)
    }
}

/// A single node as it is, several by way of `many`.
fn only_or(mut nodes: Vec<Node>, many: impl FnOnce(Vec<Node>) -> Node) -> Node {
    match nodes.len() {
        1 => nodes.pop().unwrap_or(Node::Empty),
        _ => many(nodes),
    }
}

/// Whether no item is repeated more than `most` times by all counted repetitions around it together.
fn is_valid(node: &Node, most: u32) -> bool {
    match node {
        Node::Repeat { node, min, max, .. } => {
            // `*`, `+` and `?` do not count here.
            let counted = !matches!((min, max), (0 | 1, None) | (0, Some(1)));
            let times = max.unwrap_or(*min);
            if counted && max == &Some(0) {
                return true;
            }
            if counted && times > most {
                return false;
            }
            is_valid(node, if counted && times > 0 { most / times } else { most })
        }
        Node::Group(_, node) => is_valid(node, most),
        Node::Concat(nodes) | Node::Alternate(nodes) => nodes.iter().all(|node| is_valid(node, most)),
        Node::Empty | Node::Set(_) | Node::Assertion(_) => true,
    }
}
