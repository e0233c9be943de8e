use serde_json::{Map, Value};

use super::layout::Layout;
use crate::document::Format;
use crate::number::format_float;
use crate::print::{Quoting, analyze, is_printable, number_text, push_escaped, quoting, write_json_string};
use crate::tree::{Body, Style};

/// How new text is written so that it goes with the text around it.
#[derive(Clone, Copy)]
pub(crate) struct Renderer<'a> {
    pub(crate) format: Format,
    /// Spaces a level.
    pub(crate) step: usize,
    pub(crate) newline: &'a str,
    /// Whether the text's last line has its break. Without it, readers differ about a block scalar's last line.
    pub(crate) ends_line: bool,
}

impl<'a> Renderer<'a> {
    /// To go with the document.
    pub(crate) fn of(layout: &Layout<'a>) -> Self {
        Self {
            format: layout.format,
            step: layout.step,
            newline: layout.newline,
            ends_line: layout.text.ends_with(['\n', '\r']),
        }
    }

    /// A value behind `key:` or `-` in block style, with the blank or the line break that comes first. `indent` is that
    /// of the key or the dash.
    pub(crate) fn block_value(&self, value: &Value, indent: usize) -> String {
        match value {
            Value::Object(fields) if !fields.is_empty() => {
                let indent = indent + self.step;
                format!("{}{}{}", self.newline, " ".repeat(indent), self.block_mapping(fields, indent))
            }
            // Not indented below their key, as Kubernetes' own tools print them.
            Value::Array(items) if !items.is_empty() => {
                format!("{}{}{}", self.newline, " ".repeat(indent), self.block_sequence(items, indent))
            }
            Value::String(text) if text.contains('\n') => match self.literal(text, indent + self.step, None) {
                Some(literal) => format!(" {literal}"),
                None => format!(" {}", double_quoted(text)),
            },
            scalar => format!(" {}", self.scalar(scalar, Style::Plain, false)),
        }
    }

    /// The entries of a mapping, the first without its indentation.
    pub(crate) fn block_mapping(&self, fields: &Map<String, Value>, indent: usize) -> String {
        let entries: Vec<_> = fields
            .iter()
            .map(|(key, value)| format!("{}:{}", self.key(key, Style::Plain, false), self.block_value(value, indent)))
            .collect();
        entries.join(&format!("{}{}", self.newline, " ".repeat(indent)))
    }

    /// The items of a sequence, the first without its indentation.
    pub(crate) fn block_sequence(&self, items: &[Value], indent: usize) -> String {
        let items: Vec<_> = items.iter().map(|item| format!("- {}", self.block_item(item, indent + 2))).collect();
        items.join(&format!("{}{}", self.newline, " ".repeat(indent)))
    }

    /// A value that begins where it stands, at the column `indent`: behind a dash, or at the start of a document.
    pub(crate) fn block_item(&self, value: &Value, indent: usize) -> String {
        match value {
            Value::Object(fields) if !fields.is_empty() => self.block_mapping(fields, indent),
            Value::Array(items) if !items.is_empty() => self.block_sequence(items, indent),
            scalar => self.scalar(scalar, Style::Plain, false),
        }
    }

    /// A value on one line, between braces or where braces are.
    pub(crate) fn flow_value(&self, value: &Value, key_style: Style) -> String {
        match value {
            Value::Object(fields) => {
                let fields: Vec<_> = fields
                    .iter()
                    .map(|(key, value)| {
                        format!("{}: {}", self.key(key, key_style, true), self.flow_value(value, key_style))
                    })
                    .collect();
                format!("{{{}}}", fields.join(", "))
            }
            Value::Array(items) => {
                let items: Vec<_> = items.iter().map(|item| self.flow_value(item, key_style)).collect();
                format!("[{}]", items.join(", "))
            }
            scalar => self.scalar(scalar, key_style, true),
        }
    }

    /// A mapping in a document whose braces break lines, at the offset of such a line.
    pub(crate) fn flow_mapping(&self, layout: &Layout<'_>, fields: &Map<String, Value>, offset: usize) -> String {
        let line = &layout.text[layout.line_start(offset)..];
        let outer = &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
        match json_step(layout) {
            Some(step) => self.json_lines(fields, outer, step),
            None => self.flow_value(&Value::Object(fields.clone()), Style::DoubleQuoted),
        }
    }

    fn json_lines(&self, fields: &Map<String, Value>, outer: &str, step: &str) -> String {
        let inner = format!("{outer}{step}");
        let fields: Vec<_> = fields
            .iter()
            .map(|(key, value)| {
                let value = match value {
                    Value::Object(fields) if !fields.is_empty() => self.json_lines(fields, &inner, step),
                    value => self.flow_value(value, Style::DoubleQuoted),
                };
                format!("{}{inner}{}: {value}", self.newline, self.key(key, Style::DoubleQuoted, true))
            })
            .collect();
        format!("{{{}{}{outer}}}", fields.join(","), self.newline)
    }

    /// Whether no reader of YAML would take the text for a key on one line.
    pub(crate) fn is_long_key(&self, key: &str) -> bool {
        const LIMIT: usize = 1024;
        // A character is written as ten at most.
        self.format == Format::Yaml
            && key.len() > LIMIT / 10
            && self.key(key, Style::Plain, false).chars().count() > LIMIT
    }

    /// Whether there is such a key anywhere in the value.
    pub(crate) fn has_long_key(&self, value: &Value) -> bool {
        match value {
            Value::Object(fields) => {
                fields.iter().any(|(key, value)| self.is_long_key(key) || self.has_long_key(value))
            }
            Value::Array(items) => items.iter().any(|item| self.has_long_key(item)),
            _ => false,
        }
    }

    /// A key in the given style when that is possible.
    pub(crate) fn key(&self, key: &str, style: Style, in_flow: bool) -> String {
        // A key that is no longer than this is one on its line to every reader.
        let style = if key.len() > 128 { Style::DoubleQuoted } else { style };
        self.string(key, style, in_flow)
    }

    /// A scalar on one line in the given style when that is possible. Empty collections count as scalars.
    pub(crate) fn scalar(&self, value: &Value, style: Style, in_flow: bool) -> String {
        match value {
            Value::String(text) => self.string(text, style, in_flow),
            Value::Number(number) if number.is_f64() && self.format == Format::Yaml => {
                number.as_f64().map_or_else(|| number.to_string(), format_float)
            }
            Value::Number(number) => number_text(number),
            other => other.to_string(),
        }
    }

    fn string(&self, text: &str, style: Style, in_flow: bool) -> String {
        match style {
            _ if self.format == Format::Json => {
                let mut out = String::new();
                write_json_string(&mut out, text);
                out
            }
            Style::Plain if is_safe_plain(text, in_flow) => text.to_owned(),
            Style::SingleQuoted if text.chars().all(|c| is_printable(c) && c != '\n') => {
                format!("'{}'", text.replace('\'', "''"))
            }
            _ => double_quoted(text),
        }
    }

    /// A block scalar: its header, and its lines at the column `indent`. `None` where that would not be read back, or
    /// not safely. `folded` and a digit for the indentation as the old header has them.
    pub(crate) fn literal(&self, text: &str, indent: usize, old: Option<&str>) -> Option<String> {
        let content = text.strip_suffix('\n').unwrap_or(text);
        let old = old.unwrap_or("|");
        let digit: String = old.chars().filter(char::is_ascii_digit).collect();
        let indented = content.starts_with([' ', '\n', '\t']);
        let unsure = text.ends_with('\n') && !self.ends_line;
        if unsure
            || content.is_empty()
            || content.ends_with('\n')
            || !analyze(text).literal_allowed
            || (indented && digit.is_empty())
        {
            return None;
        }
        let kind = if old.starts_with('>') && !content.contains('\n') && !indented { '>' } else { '|' };
        let chomping = if text.ends_with('\n') { "" } else { "-" };
        let mut out = format!("{kind}{digit}{chomping}");
        for line in content.split('\n') {
            out.push_str(self.newline);
            if !line.is_empty() {
                out.push_str(&" ".repeat(indent));
                out.push_str(line);
            }
        }
        Some(out)
    }
}

/// Whether the text without quotes is the same string to YAML 1.1 and 1.2, and cannot be taken for anything else.
fn is_safe_plain(text: &str, in_flow: bool) -> bool {
    let looks_dated =
        text.len() > 4 && text.as_bytes()[..4].iter().all(u8::is_ascii_digit) && text.as_bytes()[4] == b'-';
    quoting(text, analyze(text), false) == Quoting::Plain
        && !matches!(text, "=" | "<<")
        && !looks_dated
        && !(in_flow && (text.contains([',', '[', ']', '{', '}', '?', ':']) || text.starts_with('-')))
}

fn double_quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    text.chars().for_each(|c| push_escaped(&mut out, c));
    out.push('"');
    out
}

/// What a JSON document indents with, if it breaks lines: the indentation of its first key.
fn json_step<'a>(layout: &Layout<'a>) -> Option<&'a str> {
    let root = layout.tree.node(layout.tree.root?);
    match &root.body {
        Body::Mapping { entries, .. } if layout.format == Format::Json => {
            let before = layout.before_on_line(layout.start(entries.first()?.key));
            (!before.is_empty() && before.trim().is_empty()).then_some(before)
        }
        _ => None,
    }
}
