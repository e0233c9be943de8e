use super::error::{EditErrorKind, Obstacle};
use super::layout::Layout;
use super::locate::{Slot, refuse_used_anchors};
use super::replace::entry;
use super::splice::Splice;
use crate::tree::{Body, Entry, NodeId, Structure};

/// Takes an entry out of a mapping, with the comment on its last line. Comments above it stay. A mapping that loses its
/// last entry becomes `{}`.
pub(crate) fn remove(
    layout: &Layout<'_>,
    mapping_slot: Slot,
    mapping: NodeId,
    index: usize,
) -> Result<Vec<Splice>, Obstacle> {
    let Body::Mapping { style, entries } = &layout.tree.node(mapping).body else { return Ok(Vec::new()) };
    let Some(gone) = entries.get(index) else { return Ok(Vec::new()) };
    let start = layout.start(gone.key);
    refuse_used_anchors(layout, &(start..layout.entry_end(gone)))?;
    match style {
        Structure::Flow => from_flow(layout, mapping, entries, index),
        Structure::Block if layout.colon(gone).is_none() => {
            Err(Obstacle::at(layout.tree.node(gone.key).start.position(), EditErrorKind::Notation))
        }
        Structure::Block if entries.len() == 1 => Ok(only_entry(layout, mapping_slot, gone)),
        Structure::Block if layout.starts_line(start) => {
            Ok(vec![Splice::remove(lines_of(layout, start, layout.entry_end(gone)))])
        }
        // Behind a dash, or behind `---`: the next entry moves up.
        Structure::Block => {
            let next = entries.get(1).map_or(layout.entry_end(gone), |next| layout.start(next.key));
            let between = &layout.text[layout.line_end(layout.entry_end(gone))..next];
            if between.contains('#') {
                return Err(Obstacle::at(layout.tree.node(gone.key).start.position(), EditErrorKind::CommentInFlow));
            }
            Ok(vec![Splice::remove(start..next)])
        }
    }
}

/// The whole lines from `start` to `end`. If the last has no break, the break before the first goes, so that the text
/// ends as it did.
fn lines_of(layout: &Layout<'_>, start: usize, end: usize) -> std::ops::Range<usize> {
    let first = layout.line_start(start);
    let next = layout.next_line(end);
    let unterminated = next == layout.line_end(end);
    let before = &layout.text[..first];
    if unterminated {
        before.strip_suffix("\r\n").or_else(|| before.strip_suffix(['\n', '\r'])).map_or(first, str::len)..next
    } else {
        first..next
    }
}

fn only_entry(layout: &Layout<'_>, mapping_slot: Slot, gone: &Entry) -> Vec<Splice> {
    let (start, end) = (layout.start(gone.key), layout.entry_end(gone));
    if let Slot::Entry { mapping, index } = mapping_slot
        && let Some(parent) = entry(layout, mapping, index)
        && let Some(colon) = layout.colon(parent)
        && layout.starts_line(start)
    {
        // Behind the colon, and behind the anchor if there is one.
        let key_line = &layout.text[colon..layout.line_end(colon)];
        let properties = properties_length(key_line);
        return vec![Splice::insert(colon + properties, " {}"), Splice::remove(lines_of(layout, start, end))];
    }
    vec![Splice::replace(start..end, "{}")]
}

/// The length of the anchors and tags that the text begins with, and the blanks before them.
fn properties_length(text: &str) -> usize {
    let (mut length, mut read) = (0, 0);
    for word in text.split_inclusive([' ', '\t']) {
        let property = word.trim_end();
        if !property.is_empty() && !property.starts_with(['&', '!']) {
            break;
        }
        if !property.is_empty() {
            length = read + property.len();
        }
        read += word.len();
    }
    length
}

fn from_flow(layout: &Layout<'_>, mapping: NodeId, entries: &[Entry], index: usize) -> Result<Vec<Splice>, Obstacle> {
    let node = layout.tree.node(mapping);
    let (start, end) = (layout.start(entries[index].key), layout.entry_end(&entries[index]));
    let range = match (index.checked_sub(1).and_then(|before| entries.get(before)), entries.get(index + 1)) {
        (_, Some(next)) => start..layout.start(next.key),
        (Some(before), None) => {
            let before = layout.entry_end(before);
            let comma = |from: usize, to: usize| layout.text.get(from..to)?.find(',').map(|at| from + at + 1);
            // Where a comma follows the last entry, it is the gone one's own that goes.
            match (comma(before, start), comma(end, (node.end as usize).saturating_sub(1))) {
                (Some(first), Some(last)) => first..last,
                _ => before..end,
            }
        }
        (None, None) => node.start.offset as usize + 1..(node.end as usize).saturating_sub(1),
    };
    let outside = [range.start..start.max(range.start), end.min(range.end)..range.end];
    if outside.iter().any(|part| layout.text.get(part.clone()).is_none_or(|text| text.contains('#'))) {
        return Err(Obstacle::at(node.start.position(), EditErrorKind::CommentInFlow));
    }
    Ok(vec![Splice::remove(range)])
}
