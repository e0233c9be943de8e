use zeroize::Zeroize;

use crate::scalar::Scalar;
use crate::{Position, Segment};

/// A document's nodes with their places in the text. Offsets are bytes of the whole input.
#[derive(Default)]
pub(crate) struct Tree {
    pub(crate) nodes: Vec<Node>,
    pub(crate) root: Option<NodeId>,
    /// The nodes that are aliases.
    pub(crate) aliases: Vec<NodeId>,
}

/// An index into [`Tree::nodes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct NodeId(pub(crate) u32);

/// An offset with its line and column, all that [`crate::MAX_INPUT_BYTES`] bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    pub(crate) offset: u32,
    /// From 1.
    pub(crate) line: u32,
    /// From 0.
    pub(crate) column: u32,
}

pub(crate) struct Node {
    /// Where the node itself begins, behind its anchor and tag.
    pub(crate) start: Mark,
    pub(crate) end: u32,
    /// Where its anchor or tag begins, whichever comes first.
    pub(crate) properties: Option<u32>,
    /// Whether it stands between braces or brackets.
    pub(crate) in_flow: bool,
    pub(crate) body: Body,
}

pub(crate) enum Body {
    Scalar(ScalarNode),
    Mapping { style: Structure, entries: Vec<Entry> },
    Sequence { style: Structure, items: Vec<NodeId> },
    Alias(NodeId),
}

pub(crate) struct ScalarNode {
    pub(crate) style: Style,
    pub(crate) resolved: Scalar,
    /// Whether it is `<<`, so that as a key it merges.
    pub(crate) merge: bool,
    pub(crate) text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    Plain,
    SingleQuoted,
    DoubleQuoted,
    Literal,
    Folded,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Structure {
    Block,
    Flow,
}

pub(crate) struct Entry {
    pub(crate) name: Name,
    pub(crate) key: NodeId,
    pub(crate) value: NodeId,
}

#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Name {
    Key(String),
    /// `<<`
    Merge,
}

impl Mark {
    pub(crate) fn position(self) -> Position {
        Position { line: self.line as usize, column: self.column as usize + 1 }
    }
}

impl Node {
    /// Whether what it holds stands between braces or brackets.
    pub(crate) fn holds_flow(&self) -> bool {
        let flow = matches!(
            self.body,
            Body::Mapping { style: Structure::Flow, .. } | Body::Sequence { style: Structure::Flow, .. }
        );
        flow || self.in_flow
    }
}

impl Tree {
    /// Makes offsets of the input offsets of the part that begins at `start`.
    pub(crate) fn rebase(&mut self, start: usize) {
        let start = crate::yaml::small(start);
        for node in &mut self.nodes {
            node.start.offset = node.start.offset.saturating_sub(start);
            node.end = node.end.saturating_sub(start);
            node.properties = node.properties.map(|offset| offset.saturating_sub(start));
        }
    }

    pub(crate) fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    /// The node itself, or what it is an alias of.
    pub(crate) fn dereferenced(&self, id: NodeId) -> NodeId {
        match self.node(id).body {
            Body::Alias(target) => target,
            _ => id,
        }
    }

    /// The node that the path leads to, through aliases and merges, and its key when it is the value of one.
    pub(crate) fn find(&self, path: &[Segment]) -> Option<(Option<NodeId>, NodeId)> {
        let mut found = (None, self.root?);
        for segment in path {
            found = self.child(self.dereferenced(found.1), segment)?;
        }
        Some(found)
    }

    pub(crate) fn child(&self, parent: NodeId, segment: &Segment) -> Option<(Option<NodeId>, NodeId)> {
        match (&self.node(parent).body, segment) {
            (Body::Mapping { entries, .. }, Segment::Key(key)) => self.entry(entries, key, 0),
            (Body::Sequence { items, .. }, Segment::Index(index)) => items.get(*index).map(|item| (None, *item)),
            _ => None,
        }
    }

    /// The later entry wins, merged or not, as go-yaml has it. `depth` bounds merges of merges.
    fn entry(&self, entries: &[Entry], key: &str, depth: usize) -> Option<(Option<NodeId>, NodeId)> {
        entries.iter().rev().find_map(|entry| match &entry.name {
            Name::Key(name) => (name == key).then_some((Some(entry.key), entry.value)),
            Name::Merge if depth < crate::MAX_DEPTH => self.merged_entry(entry.value, key, depth + 1),
            Name::Merge => None,
        })
    }

    fn merged_entry(&self, merged: NodeId, key: &str, depth: usize) -> Option<(Option<NodeId>, NodeId)> {
        match &self.node(self.dereferenced(merged)).body {
            Body::Mapping { entries, .. } => self.entry(entries, key, depth),
            Body::Sequence { items, .. } => {
                items.iter().find_map(|item| match &self.node(self.dereferenced(*item)).body {
                    Body::Mapping { entries, .. } => self.entry(entries, key, depth),
                    _ => None,
                })
            }
            _ => None,
        }
    }
}

impl Drop for ScalarNode {
    fn drop(&mut self) {
        self.text.zeroize();
    }
}
