use std::collections::HashMap;
use std::ops::Range;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use granit_parser::{ErrorKind, Event, Marker, Parser, ScalarStyle, ScanError, Span, StructureStyle, Tag};

use crate::error::{Fault, ParseErrorKind};
use crate::number::format_float_key;
use crate::scalar::{Plain, Scalar, resolve_plain, resolve_tagged};
use crate::tree::{Body, Entry, Mark, Name, Node, NodeId, ScalarNode, Structure, Style, Tree};
use crate::{MAX_DEPTH, Position};

/// The tags that YAML itself defines.
const YAML_TAGS: &str = "tag:yaml.org,2002:";

/// Where a document begins in the input.
pub(crate) struct Origin {
    pub(crate) offset: usize,
    pub(crate) line: usize,
}

/// Parses the one YAML document that `text[range]` holds. `budget` is the number of nodes that the input may still have.
pub(crate) fn parse_yaml(text: &str, range: Range<usize>, line: usize, budget: &mut usize) -> Result<Tree, Fault> {
    let options = granit_parser::options! {
        emit_comments: false,
        emit_anchor_events: true,
        flow_nesting_limit: MAX_DEPTH,
        block_nesting_limit: MAX_DEPTH,
    };
    let chunk = text.get(range.clone()).unwrap_or_default();
    refuse_ambiguous_breaks(chunk, line)?;
    let skipped = crate::decode::bom_length(chunk);
    let origin = Origin { offset: range.start + skipped, line };
    let mut composer = Composer { origin, tree: Tree::default(), open: Vec::new(), anchors: HashMap::new(), budget };
    for event in Parser::new_from_str_with_options(&chunk[skipped..], options) {
        let (event, span) = event.map_err(|error| composer.syntax(&error))?;
        composer.take(event, span)?;
    }
    Ok(composer.tree)
}

/// YAML 1.1, and so kubectl, takes these characters for line breaks, and YAML 1.2 for text: what one reads as the rest of
/// a comment is a key to the other. Nobody means that.
fn refuse_ambiguous_breaks(chunk: &str, line: usize) -> Result<(), Fault> {
    if chunk.is_ascii() {
        return Ok(());
    }
    match chunk.find(['\u{85}', '\u{2028}', '\u{2029}']) {
        Some(at) => {
            let position = Position::of(chunk, at);
            Err(Fault::at(Position { line: position.line + line - 1, ..position }, ParseErrorKind::AmbiguousBreak))
        }
        None => Ok(()),
    }
}

struct Composer<'b> {
    origin: Origin,
    tree: Tree,
    /// The mappings and sequences that the parser is inside of.
    open: Vec<Open>,
    anchors: HashMap<usize, NodeId>,
    budget: &'b mut usize,
}

struct Open {
    node: NodeId,
    /// A key that waits for its value.
    key: Option<(Name, NodeId)>,
}

impl Composer<'_> {
    fn take(&mut self, event: Event<'_>, span: Span) -> Result<(), Fault> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let position = self.mark(span.start).position();
                let node = scalar(text.into_owned(), style, tag.as_deref())
                    .ok_or_else(|| Fault::at(position, ParseErrorKind::TagMismatch))?;
                let id = self.add(Body::Scalar(node), span, anchor)?;
                self.complete(id)
            }
            Event::Alias(target) => {
                let position = self.mark(span.start).position();
                let target =
                    *self.anchors.get(&target).ok_or_else(|| Fault::at(position, ParseErrorKind::UnknownAnchor))?;
                let id = self.add(Body::Alias(target), span, 0)?;
                self.tree.aliases.push(id);
                self.complete(id)
            }
            Event::SequenceStart(style, anchor, _) => {
                self.open(Body::Sequence { style: structure(style), items: Vec::new() }, span, anchor)
            }
            Event::MappingStart(style, anchor, _) => {
                self.open(Body::Mapping { style: structure(style), entries: Vec::new() }, span, anchor)
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let Some(open) = self.open.pop() else { return Ok(()) };
                let end = self.mark(span.end).offset;
                self.tree.nodes[open.node.0 as usize].end = end;
                self.complete(open.node)
            }
            Event::Anchor(id, _) => {
                let start = self.mark(span.start).offset;
                if let Some(node) = self.anchors.get(&id) {
                    let node = &mut self.tree.nodes[node.0 as usize];
                    node.properties = Some(node.properties.map_or(start, |tag| tag.min(start)));
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn open(&mut self, body: Body, span: Span, anchor: usize) -> Result<(), Fault> {
        if self.open.len() >= MAX_DEPTH {
            return Err(Fault::at(self.mark(span.start).position(), ParseErrorKind::TooDeep));
        }
        let node = self.add(body, span, anchor)?;
        self.open.push(Open { node, key: None });
        Ok(())
    }

    fn add(&mut self, body: Body, span: Span, anchor: usize) -> Result<NodeId, Fault> {
        let start = self.mark(span.start);
        let Some(budget) = self.budget.checked_sub(1) else {
            return Err(Fault::at(start.position(), ParseErrorKind::TooManyNodes));
        };
        *self.budget = budget;
        let id = NodeId(small(self.tree.nodes.len()));
        let end = self.mark(span.end).offset;
        let properties = span.tag_start().map(|tag| self.mark(tag).offset);
        let in_flow = self.open.last().is_some_and(|open| self.tree.node(open.node).holds_flow());
        self.tree.nodes.push(Node { start, end, properties, in_flow, body });
        if anchor != 0 {
            self.anchors.insert(anchor, id);
        }
        Ok(id)
    }

    /// Puts a whole node into the one that is open.
    fn complete(&mut self, id: NodeId) -> Result<(), Fault> {
        let Some(open) = self.open.last() else {
            self.tree.root = Some(id);
            return Ok(());
        };
        let parent = open.node.0 as usize;
        if let Body::Sequence { items, .. } = &mut self.tree.nodes[parent].body {
            items.push(id);
            return Ok(());
        }
        let key = match open.key {
            Some(_) => None,
            None => Some((self.name(id)?, id)),
        };
        let pending = self.open.last_mut().and_then(|open| std::mem::replace(&mut open.key, key));
        if let (Some((name, key)), Body::Mapping { entries, .. }) = (pending, &mut self.tree.nodes[parent].body) {
            entries.push(Entry { name, key, value: id });
        }
        Ok(())
    }

    /// What the node is called as a key.
    fn name(&self, id: NodeId) -> Result<Name, Fault> {
        let node = &self.tree.nodes[id.0 as usize];
        let named = match node.body {
            Body::Alias(target) => &self.tree.nodes[target.0 as usize],
            _ => node,
        };
        let key = match &named.body {
            Body::Scalar(scalar) if scalar.merge && !matches!(node.body, Body::Alias(_)) => return Ok(Name::Merge),
            Body::Scalar(scalar) => match scalar.resolved {
                Scalar::Text => Some(scalar.text.clone()),
                Scalar::Bool(value) => Some(value.to_string()),
                Scalar::Int(value) => Some(value.to_string()),
                Scalar::UInt(value) => Some(value.to_string()),
                Scalar::Float(value) => Some(format_float_key(value)),
                Scalar::Null => None,
            },
            _ => None,
        };
        key.map(Name::Key).ok_or_else(|| Fault::at(node.start.position(), ParseErrorKind::UnsupportedKey))
    }

    fn mark(&self, marker: Marker) -> Mark {
        Mark {
            offset: small(self.origin.offset + marker.byte_offset().unwrap_or_default()),
            line: small(self.origin.line + marker.line() - 1),
            column: small(marker.col()),
        }
    }

    fn syntax(&self, error: &ScanError) -> Fault {
        let marker = error.marker();
        let line = self.origin.line + marker.line().max(1) - 1;
        let kind = match error.kind() {
            ErrorKind::RecursionLimitExceeded => ParseErrorKind::TooDeep,
            ErrorKind::UnknownAnchor => ParseErrorKind::UnknownAnchor,
            // Its own message shows the character, and that may be one of a secret.
            ErrorKind::UnexpectedCharacter { .. } => {
                ParseErrorKind::Syntax("a character that cannot begin a value or a key; quote it".to_owned())
            }
            kind => ParseErrorKind::Syntax(kind.to_string()),
        };
        Fault::at(Position { line, column: marker.col() + 1 }, kind)
    }
}

fn scalar(text: String, style: ScalarStyle, tag: Option<&Tag>) -> Option<ScalarNode> {
    let style = match style {
        ScalarStyle::Plain => Style::Plain,
        ScalarStyle::SingleQuoted => Style::SingleQuoted,
        ScalarStyle::DoubleQuoted => Style::DoubleQuoted,
        ScalarStyle::Literal => Style::Literal,
        ScalarStyle::Folded => Style::Folded,
    };
    let mut node = ScalarNode { style, resolved: Scalar::Text, merge: false, text };
    let Some(tag) = tag else {
        if style == Style::Plain {
            match resolve_plain(&node.text) {
                Plain::Scalar(scalar) => node.resolved = scalar,
                Plain::Merge => node.merge = true,
                Plain::Timestamp => {}
            }
        }
        return Some(node);
    };
    match tag.suffix_in_namespace(YAML_TAGS).as_deref() {
        Some("binary") => {
            let base64 = node.text.replace(['\n', '\r'], "");
            node.text = String::from_utf8(STANDARD.decode(base64).ok()?).ok()?;
        }
        Some("merge") => node.merge = node.text == "<<",
        Some(tag) => node.resolved = resolve_tagged(tag, &node.text)?,
        // A tag of somebody's own, and `!` alone, leave the text.
        None => {}
    }
    Some(node)
}

fn structure(style: StructureStyle) -> Structure {
    match style {
        StructureStyle::Block => Structure::Block,
        StructureStyle::Flow => Structure::Flow,
    }
}

/// Offsets, lines and node numbers are below `MAX_INPUT_BYTES`.
pub(crate) fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_may_not_have_more_nodes_than_are_left() {
        let read = |mut budget: usize| parse_yaml("a: [b, c]\n", 0..10, 1, &mut budget).map(|_| budget);
        assert_eq!(read(5), Ok(0));
        assert_eq!(read(4).map_err(|fault| fault.kind), Err(ParseErrorKind::TooManyNodes));
    }
}
