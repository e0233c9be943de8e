use std::ops::Range;

use serde_json::Value;
use zeroize::Zeroizing;

use super::error::{EditErrorKind, Obstacle};
use super::layout::{BlockHeader, Layout};
use super::locate::{Slot, refuse_alias, refuse_used_anchors};
use super::render::Renderer;
use super::splice::Splice;
use crate::tree::{Body, Entry, NodeId, ScalarNode, Structure, Style};

/// Puts the value in the place of a node. What stands around it, and its quotes where they fit, stay.
pub(crate) fn replace(layout: &Layout<'_>, slot: Slot, node: NodeId, value: &Value) -> Result<Vec<Splice>, Obstacle> {
    refuse_alias(layout, node)?;
    let start = layout.start(node);
    let end = layout.end(node).max(start);
    refuse_used_anchors(layout, &(start..end.max(start + 1)))?;
    refuse_tag(layout, node)?;
    match &layout.tree.node(node).body {
        Body::Scalar(scalar) if !is_collection(value) && !layout.is_absent(node) => {
            Ok(replace_scalar(layout, slot, node, scalar, value))
        }
        _ if layout.in_flow(node) => replace_flow(layout, slot, node, value),
        _ => replace_block(layout, slot, node, value),
    }
}

/// A scalar by one on the same lines, in the quotes or the block style of the old one where that works.
fn replace_scalar(layout: &Layout<'_>, slot: Slot, node: NodeId, scalar: &ScalarNode, value: &Value) -> Vec<Splice> {
    let renderer = Renderer::of(layout);
    let start = layout.tree.node(node).start;
    if !matches!(scalar.style, Style::Literal | Style::Folded) {
        let text = renderer.scalar(value, scalar.style, layout.in_flow(node));
        return vec![Splice::replace(start.offset as usize..layout.end(node), text)];
    }
    let Some(header) = head_end(layout, slot, node).and_then(|head| layout.block_header(head)) else {
        return Vec::new();
    };
    let end = layout.end(node).max(header.end);
    let indicators = &layout.text[header.start..header.end];
    let content = layout.next_line(header.end);
    let block = match value {
        Value::String(text) if content < end => renderer.literal(text, start.column as usize, Some(indicators)),
        _ => None,
    };
    // What stands behind the indicators, a comment, stays.
    if let Some((new_indicators, lines)) = block.as_deref().and_then(|block| block.split_once(layout.newline)) {
        return vec![Splice::replace(header.start..header.end, new_indicators), Splice::replace(content..end, lines)];
    }
    let text = renderer.scalar(value, Style::Plain, false);
    let lines = layout.line_end(header.end);
    vec![Splice::replace(header.start..header.end, text), Splice::remove(lines..end.max(lines))]
}

/// Anything by anything between braces, when a collection or nothing at all is involved.
fn replace_flow(layout: &Layout<'_>, slot: Slot, node: NodeId, value: &Value) -> Result<Vec<Splice>, Obstacle> {
    let renderer = Renderer::of(layout);
    let (start, end) = (layout.start(node), layout.end(node));
    let text = match value {
        Value::Object(fields) => renderer.flow_mapping(layout, fields, start),
        Value::Array(_) => renderer.flow_value(value, Style::DoubleQuoted),
        scalar => renderer.scalar(scalar, Style::Plain, true),
    };
    if !layout.is_absent(node) {
        return Ok(vec![Splice::replace(start..end, text)]);
    }
    match slot {
        Slot::Entry { mapping, index } => match entry(layout, mapping, index).and_then(|entry| layout.colon(entry)) {
            Some(colon) => Ok(vec![Splice::replace(absent(layout, node, colon)?, format!(" {text}"))]),
            None => Err(Obstacle::at(layout.tree.node(node).start.position(), EditErrorKind::Notation)),
        },
        Slot::Item | Slot::Root => Ok(vec![Splice::insert(start, text)]),
    }
}

/// Anything by anything in block style, when a collection or nothing at all is involved.
fn replace_block(layout: &Layout<'_>, slot: Slot, node: NodeId, value: &Value) -> Result<Vec<Splice>, Obstacle> {
    let renderer = Renderer::of(layout);
    let (start, end) = (layout.start(node), layout.end(node));
    let header = match &layout.tree.node(node).body {
        Body::Scalar(ScalarNode { style: Style::Literal | Style::Folded, .. }) => {
            head_end(layout, slot, node).and_then(|head| layout.block_header(head))
        }
        _ => None,
    };
    let Slot::Entry { mapping, index } = slot else {
        let column = |offset| layout.before_on_line(offset).chars().count();
        if header.is_some() || !layout.is_absent(node) {
            let start = match &header {
                Some(header) => layout.tree.node(node).properties.map_or(header.start, |offset| offset as usize),
                None => start,
            };
            let (start, text) = match marker_before(layout, start) {
                // No collection in block style begins beside the marker.
                Some(marker) if is_collection(value) => {
                    (marker, format!("{}{}", layout.newline, renderer.block_item(value, 0)))
                }
                _ => (start, renderer.block_item(value, column(start))),
            };
            return Ok(match header {
                Some(header) => replace_block_scalar(layout, start, &header, end, text),
                None => before_comment(layout, start..end.max(start), text),
            });
        }
        let dash = layout
            .dash_before(start)
            .ok_or_else(|| Obstacle::at(layout.tree.node(node).start.position(), EditErrorKind::Notation))?;
        let gone = absent(layout, node, dash)?;
        return Ok(before_comment(layout, gone, format!(" {}", renderer.block_item(value, column(dash) + 1))));
    };
    let entry = entry(layout, mapping, index);
    let Some(colon) = entry.and_then(|entry| layout.colon(entry)) else {
        return Err(Obstacle::at(layout.tree.node(node).start.position(), EditErrorKind::Notation));
    };
    let indent = entry.map_or(0, |entry| layout.before_on_line(layout.start(entry.key)).chars().count());
    let text = renderer.block_value(value, indent);
    let below = text.starts_with(['\n', '\r']);
    let key_line_end = layout.line_end(colon);
    Ok(if layout.is_absent(node) {
        let gone = absent(layout, node, colon)?;
        if below {
            vec![Splice::remove(gone), Splice::insert(key_line_end, text)]
        } else {
            before_comment(layout, gone, text)
        }
    } else if let Some(header) = header.filter(|header| header.start < key_line_end) {
        replace_block_scalar(layout, colon, &header, end, text)
    } else if start > key_line_end {
        // Below the key. A comment behind the key stays.
        let lines = key_line_end..layout.line_end(end).max(key_line_end);
        if !below {
            in_two(layout, colon..colon, lines, text)
        } else if is_block_collection(layout, node) {
            // A comment behind the last entry goes with it.
            vec![Splice::replace(lines, text)]
        } else if layout.text[colon..key_line_end].trim().is_empty() {
            // A comment behind the whole value goes behind the key, where there is room.
            let behind = layout.text[end.max(key_line_end)..lines.end].trim_end();
            vec![Splice::insert(key_line_end, behind), Splice::replace(lines, text)]
        } else {
            vec![Splice::replace(key_line_end..end, text)]
        }
    } else if below && layout.line_start(end) <= start {
        // On the key's line, with room for a comment behind it.
        vec![Splice::remove(colon..end), Splice::insert(key_line_end, text)]
    } else {
        before_comment(layout, colon..end, text)
    })
}

/// What there is of a value without text behind its colon or dash at `head`: an anchor that nobody uses, or `!!str`.
fn absent(layout: &Layout<'_>, node: NodeId, head: usize) -> Result<Range<usize>, Obstacle> {
    let Some(start) = layout.tree.node(node).properties.map(|offset| offset as usize) else { return Ok(head..head) };
    if layout.text[head..start].trim_matches([' ', '\t']).is_empty() {
        Ok(head..layout.properties_end(start))
    } else {
        Err(Obstacle::at(layout.tree.node(node).start.position(), EditErrorKind::Notation))
    }
}

/// Puts `text` into the place of a block scalar whose header, with its anchor, begins at `start`. A comment behind the
/// header stays there.
fn replace_block_scalar(
    layout: &Layout<'_>,
    start: usize,
    header: &BlockHeader,
    end: usize,
    text: String,
) -> Vec<Splice> {
    let lines = layout.line_end(header.end);
    in_two(layout, start..header.end, lines..end.max(lines), text)
}

/// Puts `text` into the place of `range`. A comment or blanks behind that stay behind the first line: at the end of a
/// block scalar they would be part of the text.
fn before_comment(layout: &Layout<'_>, range: Range<usize>, text: String) -> Vec<Splice> {
    let line_end = layout.line_end(range.end);
    if range.end < line_end {
        in_two(layout, range, line_end..line_end, text)
    } else {
        vec![Splice::replace(range, text)]
    }
}

/// Puts the first line of `text` into the place of `head`, and its other lines, with the break before them, into that of
/// `rest`.
fn in_two(layout: &Layout<'_>, head: Range<usize>, rest: Range<usize>, text: String) -> Vec<Splice> {
    let text = Zeroizing::new(text);
    let (first, others) = text.split_at(text.find(layout.newline).unwrap_or(text.len()));
    vec![Splice::replace(head, first), Splice::replace(rest, others)]
}

/// The offset behind the `---` that is all there is on the line before the offset.
fn marker_before(layout: &Layout<'_>, offset: usize) -> Option<usize> {
    (layout.before_on_line(offset).trim_end() == "---").then(|| layout.line_start(offset) + 3)
}

/// Whether the value takes lines of its own in block style.
fn is_collection(value: &Value) -> bool {
    match value {
        Value::Object(fields) => !fields.is_empty(),
        Value::Array(items) => !items.is_empty(),
        _ => false,
    }
}

/// The offset behind the colon or the dash in front of the node.
pub(crate) fn head_end(layout: &Layout<'_>, slot: Slot, node: NodeId) -> Option<usize> {
    match slot {
        Slot::Entry { mapping, index } => entry(layout, mapping, index).and_then(|entry| layout.colon(entry)),
        Slot::Item | Slot::Root => {
            // The block scalar's content begins on the line below its header.
            let content = layout.line_start(layout.tree.node(node).start.offset as usize);
            let mut at = content;
            while at > 0 {
                at = layout.line_start(layout.text[..at].trim_end_matches(['\n', '\r', ' ', '\t']).len());
                let line = &layout.text[at..layout.line_end(at)];
                if let Some(indicator) = line.find(['|', '>']) {
                    let head = line[..indicator]
                        .rfind(|c: char| c == '-' && matches!(slot, Slot::Item))
                        .map_or(0, |dash| dash + 1);
                    return Some(at + head.max(if line.starts_with("---") { 3 } else { 0 }));
                }
                if !line.trim().is_empty() {
                    return None;
                }
            }
            None
        }
    }
}

pub(crate) fn entry<'a>(layout: &Layout<'a>, mapping: NodeId, index: usize) -> Option<&'a Entry> {
    match &layout.tree.node(mapping).body {
        Body::Mapping { entries, .. } => entries.get(index),
        _ => None,
    }
}

/// A tag would decide what the new text is. `!!str` decides as it should.
fn refuse_tag(layout: &Layout<'_>, node: NodeId) -> Result<(), Obstacle> {
    let (properties, start) = (layout.start(node), layout.tree.node(node).start);
    let tagged = layout.text[properties..start.offset as usize]
        .split_whitespace()
        .any(|word| word.starts_with('!') && word != "!!str");
    if tagged && !is_block_collection(layout, node) {
        Err(Obstacle::at(start.position(), EditErrorKind::Tagged))
    } else {
        Ok(())
    }
}

fn is_block_collection(layout: &Layout<'_>, node: NodeId) -> bool {
    matches!(
        layout.tree.node(node).body,
        Body::Mapping { style: Structure::Block, .. } | Body::Sequence { style: Structure::Block, .. }
    )
}
