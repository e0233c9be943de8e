use serde_json::{Map, Value};

use super::error::{EditErrorKind, Obstacle};
use super::layout::Layout;
use super::locate::Slot;
use super::render::Renderer;
use super::replace::replace;
use super::splice::Splice;
use crate::Segment;
use crate::document::Format;
use crate::print::compare_keys;
use crate::tree::{Body, Entry, Name, NodeId, Structure, Style};

/// Puts the value below the keys `missing`, the first of which the mapping lacks.
pub(crate) fn insert(
    layout: &Layout<'_>,
    slot: Slot,
    mapping: NodeId,
    missing: &[Segment],
    value: &Value,
) -> Result<Vec<Splice>, Obstacle> {
    let position = layout.tree.node(mapping).start.position();
    let Some((Segment::Key(key), below)) = missing.split_first() else {
        return Err(Obstacle::at(position, EditErrorKind::NoSuchItem));
    };
    let value = nested(below, value).map_err(|kind| Obstacle::at(position, kind))?;
    match &layout.tree.node(mapping).body {
        Body::Mapping { style: Structure::Block, entries } => into_block(layout, slot, mapping, entries, key, &value),
        Body::Mapping { style: Structure::Flow, entries } => {
            let braces = layout.text[layout.tree.node(mapping).start.offset as usize..].starts_with('{');
            if !braces {
                return Err(Obstacle::at(position, EditErrorKind::Notation));
            }
            if entries.is_empty() && !layout.in_flow(mapping) {
                return replace(layout, slot, mapping, &Value::Object(Map::from_iter([(key.clone(), value)])));
            }
            into_flow(layout, mapping, entries, key, &value)
        }
        _ => Err(Obstacle::at(position, EditErrorKind::NotAMapping)),
    }
}

/// The value inside of mappings with these keys.
pub(crate) fn nested(keys: &[Segment], value: &Value) -> Result<Value, EditErrorKind> {
    keys.iter().rev().try_fold(value.clone(), |value, segment| match segment {
        Segment::Key(key) => Ok(Value::Object(Map::from_iter([(key.clone(), value)]))),
        Segment::Index(_) => Err(EditErrorKind::NoSuchItem),
    })
}

fn into_block(
    layout: &Layout<'_>,
    slot: Slot,
    mapping: NodeId,
    entries: &[Entry],
    key: &str,
    value: &Value,
) -> Result<Vec<Splice>, Obstacle> {
    let Some(first) = entries.first() else { return Ok(Vec::new()) };
    let renderer = Renderer::of(layout);
    let first_start = layout.start(first.key);
    // As far as the mapping's first character, which is not the key's where that is marked with `?`.
    let before = layout.before_on_line(layout.tree.node(mapping).start.offset as usize);
    // A byte order mark may also stand below empty lines.
    let indent = before.trim_start_matches('\u{feff}').chars().count();
    let key_style = common_style(layout, entries.iter().map(|entry| entry.key)).unwrap_or(Style::Plain);
    let value_style = common_style(layout, entries.iter().map(|entry| entry.value)).unwrap_or(Style::Plain);
    let value = match value {
        Value::String(text) if !text.contains('\n') => format!(" {}", renderer.scalar(value, value_style, false)),
        _ => renderer.block_value(value, indent),
    };
    let entry = format!("{}:{value}", renderer.key(key, key_style, false));
    let spaces = " ".repeat(indent);
    let newline = layout.newline;
    Ok(vec![match place(entries, key) {
        0 if layout.colon(first).is_none() => {
            return Err(Obstacle::at(layout.tree.node(first.key).start.position(), EditErrorKind::Notation));
        }
        0 if layout.starts_line(first_start) && !matches!(slot, Slot::Root) => {
            Splice::insert(above_comments(layout, first_start), format!("{spaces}{entry}{newline}"))
        }
        0 => Splice::insert(first_start, format!("{entry}{newline}{spaces}")),
        index => {
            let end = layout.line_end(layout.entry_end(&entries[index - 1]));
            // As that line ends, where line breaks are mixed.
            let own = &layout.text[end..layout.next_line(end)];
            let newline = if own.is_empty() { newline } else { own };
            Splice::insert(end, format!("{newline}{spaces}{entry}"))
        }
    }])
}

/// The start of the comment lines that stand directly above the line of the offset, or of that line.
fn above_comments(layout: &Layout<'_>, offset: usize) -> usize {
    let mut start = layout.line_start(offset);
    while start > 0 {
        let above = layout.line_start(layout.text[..start].trim_end_matches(['\n', '\r']).len());
        // A blank line parts the comment from the key; its break would be trimmed with the one below.
        let is_adjacent = layout.next_line(above) == start;
        if !is_adjacent || !layout.text[above..start].trim_start().starts_with('#') {
            break;
        }
        start = above;
    }
    start
}

fn into_flow(
    layout: &Layout<'_>,
    mapping: NodeId,
    entries: &[Entry],
    key: &str,
    value: &Value,
) -> Result<Vec<Splice>, Obstacle> {
    let node = layout.tree.node(mapping);
    let (open, close) = (node.start.offset as usize + 1, node.end as usize - 1);
    let renderer = Renderer::of(layout);
    let key_style = common_style(layout, entries.iter().map(|entry| entry.key)).unwrap_or(Style::Plain);
    let value_style = common_style(layout, entries.iter().map(|entry| entry.value)).unwrap_or(key_style);
    let Some(first) = entries.first() else {
        if layout.text[open..close].contains('#') {
            return Err(Obstacle::at(node.start.position(), EditErrorKind::CommentInFlow));
        }
        let fields = Map::from_iter([(key.to_owned(), value.clone())]);
        return Ok(vec![Splice::replace(open - 1..close + 1, renderer.flow_mapping(layout, &fields, open - 1))]);
    };
    let index = place(entries, key);
    let first_start = layout.start(first.key);
    let own_lines = layout.before_on_line(first_start).trim().is_empty();
    let value = match value {
        Value::Object(fields) if own_lines && layout.format == Format::Json => {
            renderer.flow_mapping(layout, fields, first_start)
        }
        Value::String(_) => renderer.scalar(value, value_style, true),
        _ => renderer.flow_value(value, key_style),
    };
    let (key, colon) = (renderer.key(key, key_style, true), colon_like(layout, first));
    // Behind a key without quotes, a colon without a blank is part of the key.
    let is_bare = colon.ends_with(':') && !key.starts_with(['"', '\'']);
    let entry = format!("{key}{}{value}", if is_bare { ": " } else { colon });
    let gap = if own_lines {
        format!("{}{}", layout.newline, layout.before_on_line(first_start))
    } else {
        gap_like(layout, entries).to_owned()
    };
    if let Some(next) = entries.get(index) {
        return Ok(vec![Splice::insert(layout.start(next.key), format!("{entry},{gap}"))]);
    }
    let end = entries.last().map_or(open, |last| layout.entry_end(last));
    let rest = &layout.text[end..close];
    let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    let comma = rest[blanks..].starts_with(',').then(|| end + blanks + 1);
    let line_end = layout.line_end(end).min(close);
    // A comment on the last entry's line stays with it.
    let at = if layout.text[end..line_end].contains('#') { line_end } else { comma.unwrap_or(end) };
    Ok(match comma {
        Some(_) => vec![Splice::insert(at, format!("{gap}{entry},"))],
        None => vec![Splice::insert(end, ","), Splice::insert(at, format!("{gap}{entry}"))],
    })
}

/// Where the key goes: to its place among keys that are sorted, else to the end.
fn place(entries: &[Entry], key: &str) -> usize {
    let names: Vec<_> = entries
        .iter()
        .enumerate()
        .filter_map(|(index, entry)| match &entry.name {
            Name::Key(name) => Some((index, name.as_str())),
            Name::Merge => None,
        })
        .collect();
    let by_bytes: fn(&str, &str) -> std::cmp::Ordering = str::cmp;
    for compare in [by_bytes, compare_keys] {
        if names.windows(2).all(|pair| compare(pair[0].1, pair[1].1).is_lt()) {
            return names
                .iter()
                .find(|(_, name)| compare(key, name).is_lt())
                .map_or(entries.len(), |(index, _)| *index);
        }
    }
    entries.len()
}

/// The quotes that all of these scalars have, if they have any.
fn common_style(layout: &Layout<'_>, nodes: impl Iterator<Item = NodeId>) -> Option<Style> {
    let mut common = None;
    for node in nodes {
        let Body::Scalar(scalar) = &layout.tree.node(node).body else { continue };
        if !matches!(scalar.style, Style::SingleQuoted | Style::DoubleQuoted)
            || common.is_some_and(|style| style != scalar.style)
        {
            return None;
        }
        common = Some(scalar.style);
    }
    common
}

/// The colon between key and value with its blanks, as the entry has it.
fn colon_like<'a>(layout: &Layout<'a>, entry: &Entry) -> &'a str {
    let between = layout.text.get(layout.end(entry.key)..layout.start(entry.value)).unwrap_or_default();
    let is_colon = between.contains(':') && between.trim_matches([' ', '\t']) == ":";
    if is_colon { between } else { ": " }
}

/// What stands between the first entry's comma and the next entry.
fn gap_like<'a>(layout: &Layout<'a>, entries: &[Entry]) -> &'a str {
    let [first, second, ..] = entries else {
        return if colon_like_is_tight(layout, entries) { "" } else { " " };
    };
    let between = layout.text.get(layout.entry_end(first)..layout.start(second.key)).unwrap_or_default();
    match between.split_once(',') {
        Some((_, gap)) if gap.chars().all(|c| c == ' ') => gap,
        _ => " ",
    }
}

fn colon_like_is_tight(layout: &Layout<'_>, entries: &[Entry]) -> bool {
    entries.first().is_some_and(|entry| colon_like(layout, entry) == ":")
}
