use std::fmt::Write as _;

use serde_json::{Number, Value};

use crate::number::format_json_float;

/// The value as `kubeseal -o json` prints: two spaces a level, `<`, `>` and `&` escaped as Go's encoder does, and a line
/// break at the end. Fields keep the order they have in the value.
#[must_use]
pub fn to_json(value: &Value) -> String {
    let mut out = String::with_capacity(size_hint(value));
    write_value(&mut out, value, 0);
    out.push('\n');
    out
}

fn write_value(out: &mut String, value: &Value, level: usize) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Value::Number(number) => out.push_str(&number_text(number)),
        Value::String(text) => write_json_string(out, text),
        Value::Array(items) if items.is_empty() => out.push_str("[]"),
        Value::Object(fields) if fields.is_empty() => out.push_str("{}"),
        Value::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                break_line(out, index, level + 1);
                write_value(out, item, level + 1);
            }
            end_line(out, level);
            out.push(']');
        }
        Value::Object(fields) => {
            out.push('{');
            for (index, (key, value)) in fields.iter().enumerate() {
                break_line(out, index, level + 1);
                write_json_string(out, key);
                out.push_str(": ");
                write_value(out, value, level + 1);
            }
            end_line(out, level);
            out.push('}');
        }
    }
}

/// Room for the printed value in most cases, so that a text with plaintext in it is not left behind in pieces as it grows.
pub(crate) fn size_hint(value: &Value) -> usize {
    // A line break and some indentation for each.
    const LINE: usize = 24;
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => LINE,
        Value::String(text) => LINE + text.len() + text.len() / 4,
        Value::Array(items) => LINE + items.iter().map(size_hint).sum::<usize>(),
        Value::Object(fields) => {
            LINE + fields.iter().map(|(key, value)| key.len() + LINE + size_hint(value)).sum::<usize>()
        }
    }
}

/// A JSON number as Go prints it.
pub(crate) fn number_text(number: &Number) -> String {
    match number.as_f64() {
        Some(float) if number.is_f64() => format_json_float(float),
        _ => number.to_string(),
    }
}

/// A JSON string as Go's `encoding/json` escapes it.
pub(crate) fn write_json_string(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\0'..='\u{1f}' | '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

fn break_line(out: &mut String, index: usize, level: usize) {
    if index > 0 {
        out.push(',');
    }
    end_line(out, level);
}

fn end_line(out: &mut String, level: usize) {
    out.push('\n');
    for _ in 0..level {
        out.push_str("  ");
    }
}
