use std::fmt::Write as _;

use serde_json::{Map, Value};

use super::json::{number_text, size_hint};
use super::order::sort_by_key;
use super::style::{Quoting, analyze, quoting};
use crate::number::format_float;
use crate::scalar::{Plain, Scalar, resolve_plain};

/// libyaml's width: a text with spaces is folded at the first one after this column.
const WIDTH: usize = 80;

/// The longest key, in bytes, that libyaml writes without `? `.
const LONGEST_SIMPLE_KEY: usize = 128;

/// The value as `kubeseal -o yaml` prints it (without the `---`): keys sorted, two spaces a level, sequences not indented
/// below their key. Every string is read back as the same string by YAML 1.1 and 1.2.
#[must_use]
pub fn to_yaml(value: &Value) -> String {
    let out = String::with_capacity(size_hint(value));
    let mut emitter = Emitter { out, column: 0, whitespace: true, indention: true };
    emitter.node(value, Place::Root, None);
    emitter.indent(0);
    emitter.out
}

/// Where a node stands; it decides how sequences are indented and what strings may look like.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Root,
    Item,
    Value,
    SimpleKey,
}

/// libyaml's emitter, for block style. `indent` is `None` outside of everything.
struct Emitter {
    out: String,
    column: usize,
    /// The last character was a blank, or nothing stands on the line.
    whitespace: bool,
    /// The line holds only indentation and `-`, `?` and `:`.
    indention: bool,
}

impl Emitter {
    fn node(&mut self, value: &Value, place: Place, indent: Option<usize>) {
        match value {
            Value::Null => self.plain("null", indent, false),
            Value::Bool(value) => self.plain(if *value { "true" } else { "false" }, indent, false),
            Value::Number(number) => {
                let text = number_text(number);
                match resolve_plain(&text) {
                    Plain::Scalar(Scalar::Float(float)) => self.plain(&format_float(float), indent, false),
                    _ => self.plain(&text, indent, false),
                }
            }
            Value::String(text) => self.string(text, place, indent),
            Value::Array(items) if items.is_empty() => self.indicator("[]", true, false),
            Value::Object(fields) if fields.is_empty() => self.indicator("{}", true, false),
            Value::Array(items) => self.sequence(items, place, indent),
            Value::Object(fields) => self.mapping(fields, indent),
        }
    }

    fn sequence(&mut self, items: &[Value], place: Place, indent: Option<usize>) {
        let indent = match indent {
            Some(indent) if place == Place::Value && !self.indention => indent,
            indent => deeper(indent),
        };
        for item in items {
            self.indent(indent);
            self.indicator("-", true, true);
            self.node(item, Place::Item, Some(indent));
        }
    }

    fn mapping(&mut self, fields: &Map<String, Value>, indent: Option<usize>) {
        let indent = deeper(indent);
        let mut fields: Vec<_> = fields.iter().collect();
        sort_by_key(&mut fields, |(key, _)| key.as_str());
        for (key, value) in fields {
            self.indent(indent);
            if key.len() <= LONGEST_SIMPLE_KEY && !analyze(key).multiline {
                self.string(key, Place::SimpleKey, Some(indent));
                self.indicator(":", false, false);
            } else {
                self.indicator("?", true, true);
                self.string(key, Place::Value, Some(indent));
                self.indent(indent);
                self.indicator(":", true, true);
            }
            self.node(value, Place::Value, Some(indent));
        }
    }

    fn string(&mut self, text: &str, place: Place, indent: Option<usize>) {
        let foldable = place != Place::SimpleKey;
        match quoting(text, analyze(text), place == Place::SimpleKey) {
            Quoting::Plain => self.plain(text, indent, foldable),
            Quoting::Single => self.single_quoted(text, indent, foldable),
            Quoting::Double => self.double_quoted(text, indent, foldable),
            Quoting::Literal => self.literal(text, indent),
        }
    }

    fn plain(&mut self, text: &str, indent: Option<usize>, foldable: bool) {
        if !self.whitespace {
            self.put(' ');
        }
        self.folded(text, indent, foldable, Self::put);
        self.end_scalar();
    }

    fn single_quoted(&mut self, text: &str, indent: Option<usize>, foldable: bool) {
        self.indicator("'", true, false);
        self.folded(text, indent, foldable, |this, c| {
            if c == '\'' {
                this.put('\'');
            }
            this.put(c);
        });
        self.indicator("'", false, false);
        self.end_scalar();
    }

    /// Writes the characters, and a line break for a single space beyond the width.
    fn folded(&mut self, text: &str, indent: Option<usize>, foldable: bool, mut write: impl FnMut(&mut Self, char)) {
        let mut previous = None;
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            let single_space = c == ' ' && previous != Some(' ') && chars.peek().is_some_and(|next| *next != ' ');
            if single_space && foldable && self.column > WIDTH && previous.is_some() {
                self.indent(scalar_indent(indent));
            } else {
                write(self, c);
                self.indention &= c == ' ';
            }
            previous = Some(c);
        }
    }

    fn double_quoted(&mut self, text: &str, indent: Option<usize>, foldable: bool) {
        self.indicator("\"", true, false);
        let mut previous = None;
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            if c == ' '
                && foldable
                && previous.is_some_and(|p| p != ' ')
                && self.column > WIDTH
                && chars.peek().is_some()
            {
                self.indent(scalar_indent(indent));
                if chars.peek() == Some(&' ') {
                    self.put('\\');
                }
            } else {
                self.escaped(c);
            }
            previous = Some(c);
        }
        self.indicator("\"", false, false);
        self.end_scalar();
    }

    fn escaped(&mut self, c: char) {
        let mut text = String::new();
        push_escaped(&mut text, c);
        text.chars().for_each(|c| self.put(c));
    }

    fn literal(&mut self, text: &str, indent: Option<usize>) {
        self.indicator("|", true, false);
        if text.starts_with([' ', '\n']) {
            self.put('2');
        }
        match text.strip_suffix('\n') {
            None => self.put('-'),
            Some(rest) if rest.is_empty() || rest.ends_with('\n') => self.put('+'),
            Some(_) => {}
        }
        self.break_line();
        for line in text.split_inclusive('\n') {
            let content = line.strip_suffix('\n').unwrap_or(line);
            if !content.is_empty() {
                self.indent(scalar_indent(indent));
                content.chars().for_each(|c| self.put(c));
                self.end_scalar();
            }
            if content.len() < line.len() {
                self.break_line();
            }
        }
    }

    fn indicator(&mut self, indicator: &str, need_whitespace: bool, is_indention: bool) {
        if need_whitespace && !self.whitespace {
            self.put(' ');
        }
        indicator.chars().for_each(|c| self.put(c));
        self.whitespace = false;
        self.indention &= is_indention;
    }

    /// Goes to the column `indent`, on a new line if something stands on this one.
    fn indent(&mut self, indent: usize) {
        if !self.indention || self.column > indent || (self.column == indent && !self.whitespace) {
            self.break_line();
        }
        while self.column < indent {
            self.put(' ');
        }
        self.whitespace = true;
        self.indention = true;
    }

    fn end_scalar(&mut self) {
        self.whitespace = false;
        self.indention = false;
    }

    fn put(&mut self, c: char) {
        self.out.push(c);
        self.column += 1;
    }

    fn break_line(&mut self) {
        self.out.push('\n');
        self.column = 0;
        self.whitespace = true;
        self.indention = true;
    }
}

/// One character of a double-quoted scalar, with libyaml's escapes.
pub(crate) fn push_escaped(out: &mut String, c: char) {
    let short = match c {
        '\0' => '0',
        '\u{7}' => 'a',
        '\u{8}' => 'b',
        '\t' => 't',
        '\n' => 'n',
        '\u{b}' => 'v',
        '\u{c}' => 'f',
        '\r' => 'r',
        '\u{1b}' => 'e',
        '"' => '"',
        '\\' => '\\',
        '\u{85}' => 'N',
        '\u{2028}' => 'L',
        '\u{2029}' => 'P',
        ' '..='~' | '\u{a0}'..='\u{d7ff}' | '\u{e000}'..='\u{fefe}' | '\u{ff00}'..='\u{fffd}' => return out.push(c),
        c => {
            let code = u32::from(c);
            let _ = match code {
                0..=0xff => write!(out, "\\x{code:02X}"),
                0x100..=0xffff => write!(out, "\\u{code:04X}"),
                _ => write!(out, "\\U{code:08X}"),
            };
            return;
        }
    };
    out.push('\\');
    out.push(short);
}

fn deeper(indent: Option<usize>) -> usize {
    indent.map_or(0, |indent| indent + 2)
}

/// Where the further lines of a scalar begin.
fn scalar_indent(indent: Option<usize>) -> usize {
    indent.unwrap_or(0) + 2
}
