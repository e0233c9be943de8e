//! Writes a value as people do: each time otherwise.

use serde_json::{Map, Value};

/// Answers questions of style from a list of random bytes, over and over.
#[derive(Debug, Clone)]
pub(crate) struct Handwriting {
    choices: Vec<u8>,
    next: usize,
    /// The last line needs its break, or a block scalar would lose it.
    keep_end: bool,
}

impl Handwriting {
    pub(crate) fn new(choices: Vec<u8>) -> Self {
        Self { choices, next: 0, keep_end: false }
    }

    fn choose(&mut self, options: usize) -> usize {
        let choice = self.choices[self.next % self.choices.len()];
        self.next += 1;
        usize::from(choice) % options
    }

    /// True once in `times`.
    fn rarely(&mut self, times: usize) -> bool {
        self.choose(times) == 0
    }
}

/// A text that reads as `root`, a mapping with at least one key.
pub(crate) fn write_document(root: &Value, hand: &mut Handwriting) -> String {
    hand.keep_end = false;
    let step = [2, 2, 4, 3][hand.choose(4)];
    let mut text = String::new();
    if hand.rarely(3) {
        text.push_str("# c head\n");
    }
    if hand.rarely(3) {
        text.push_str("---\n");
    }
    if hand.rarely(8) {
        text.push_str(&flow(root, hand));
        text.push('\n');
    } else {
        for line in block_mapping(root.as_object().unwrap(), 0, step, hand) {
            text.push_str(&line);
            text.push('\n');
        }
    }
    if hand.rarely(4) {
        text.push_str("\n# c end\n");
    } else if hand.rarely(3) && !hand.keep_end && !text.ends_with("\n\n") {
        text.pop();
    }
    if hand.rarely(4) { text.replace('\n', "\r\n") } else { text }
}

/// The lines of a mapping, each with its indentation.
fn block_mapping(fields: &Map<String, Value>, indent: usize, step: usize, hand: &mut Handwriting) -> Vec<String> {
    let spaces = " ".repeat(indent);
    let mut lines = Vec::new();
    for (key, value) in fields {
        if hand.rarely(6) {
            lines.push(format!("{spaces}# c about the next"));
        }
        if hand.rarely(10) && !lines.is_empty() {
            lines.push(String::new());
        }
        let colon = [":", ":", " :"][hand.choose(3)];
        let head = format!("{spaces}{}{colon}", string(key, hand, false));
        lines.extend(below(&head, value, indent, step, hand));
    }
    lines
}

/// The lines of a value behind `key:` or `-`.
fn below(head: &str, value: &Value, indent: usize, step: usize, hand: &mut Handwriting) -> Vec<String> {
    let comment = if hand.rarely(5) { " # c here" } else { "" };
    match value {
        Value::Object(fields) if !fields.is_empty() && !hand.rarely(6) => {
            let mut lines = vec![format!("{head}{comment}")];
            lines.extend(block_mapping(fields, indent + step, step, hand));
            lines
        }
        Value::Array(items) if !items.is_empty() && !hand.rarely(4) => {
            let mut lines = vec![format!("{head}{comment}")];
            // Directly below a dash, a sequence must be indented.
            let deeper = if hand.rarely(2) || head.ends_with('-') { step } else { 0 };
            let spaces = " ".repeat(indent + deeper);
            for item in items {
                lines.extend(block_item(&format!("{spaces}-"), item, indent + deeper, step, hand));
            }
            lines
        }
        Value::String(text) => match block_scalar(text, indent + step, hand) {
            Some((header, body)) => {
                let mut lines = vec![format!("{head} {header}{comment}")];
                lines.extend(body);
                lines
            }
            None => vec![format!("{head} {}{comment}", string(text, hand, false))],
        },
        Value::Null if hand.rarely(2) => vec![format!("{head}{comment}")],
        value => vec![format!("{head} {}{comment}", flow(value, hand))],
    }
}

fn block_item(dash: &str, item: &Value, indent: usize, step: usize, hand: &mut Handwriting) -> Vec<String> {
    if let Value::Object(fields) = item
        && !fields.is_empty()
        && !hand.rarely(3)
    {
        // The first key beside the dash, unless a comment comes before it.
        let mut lines = block_mapping(fields, indent + 2, step, hand);
        if !lines[0].trim_start().starts_with('#') {
            lines[0] = format!("{dash} {}", lines[0].trim_start());
            return lines;
        }
        lines.insert(0, dash.to_owned());
        return lines;
    }
    below(dash, item, indent, step, hand)
}

/// A literal block, for texts that one can hold.
fn block_scalar(text: &str, indent: usize, hand: &mut Handwriting) -> Option<(String, Vec<String>)> {
    let content = text.strip_suffix('\n').unwrap_or(text);
    let fits = !content.is_empty()
        && !content.starts_with([' ', '\n', '\t'])
        && !content.ends_with('\n')
        && content.chars().all(|c| matches!(c, '\n' | ' '..='~'))
        && content.split('\n').all(|line| !line.ends_with(' '));
    if !fits || !hand.rarely(2) {
        return None;
    }
    let folded = !content.contains('\n') && hand.rarely(2);
    let clip = text.ends_with('\n');
    hand.keep_end |= clip;
    let header = format!("{}{}", if folded { '>' } else { '|' }, if clip { "" } else { "-" });
    let line = |line: &str| if line.is_empty() { String::new() } else { format!("{}{line}", " ".repeat(indent)) };
    let mut lines: Vec<_> = content.split('\n').map(line).collect();
    if clip && hand.rarely(3) {
        lines.push(String::new());
    }
    Some((header, lines))
}

fn flow(value: &Value, hand: &mut Handwriting) -> String {
    match value {
        Value::Object(fields) => {
            let fields: Vec<_> = fields
                .iter()
                .map(|(key, value)| format!("{}: {}", string(key, hand, true), flow(value, hand)))
                .collect();
            let inner = fields.join([", ", ",", " , "][hand.choose(3)]);
            if hand.rarely(3) && !inner.is_empty() { format!("{{ {inner} }}") } else { format!("{{{inner}}}") }
        }
        Value::Array(items) => {
            let items: Vec<_> = items.iter().map(|item| flow(item, hand)).collect();
            format!("[{}]", items.join(", "))
        }
        Value::String(text) => string(text, hand, true),
        Value::Null => ["null", "~"][hand.choose(2)].to_owned(),
        other => other.to_string(),
    }
}

/// A string on one line, in quotes or, when it is a word, perhaps without.
fn string(text: &str, hand: &mut Handwriting, in_flow: bool) -> String {
    let word = text.len() > 3
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '-' | '+'))
        && !["true", "false", "null"].contains(&text);
    let printable = text.chars().all(|c| matches!(c, ' '..='~' | '\u{a1}'..='\u{d7}' | '\u{4e00}'..='\u{9fff}'));
    match hand.choose(3) {
        0 if word && !(in_flow && text.contains('-')) => text.to_owned(),
        1 if printable => format!("'{}'", text.replace('\'', "''")),
        _ => double_quoted(text),
    }
}

fn double_quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            ' '..='~' | '\u{a1}'..='\u{d7ff}' if !matches!(c, '\u{2028}' | '\u{2029}') => out.push(c),
            c => out.extend(format!("\\U{:08x}", u32::from(c)).chars()),
        }
    }
    out.push('"');
    out
}
