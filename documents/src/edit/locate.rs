use super::error::{EditErrorKind, Obstacle};
use super::layout::Layout;
use crate::scalar::Scalar;
use crate::tree::{Body, NodeId};
use crate::{Position, Segment};

/// What holds a node.
#[derive(Clone, Copy)]
pub(crate) enum Slot {
    Root,
    /// The value of this entry of a mapping.
    Entry {
        mapping: NodeId,
        index: usize,
    },
    Item,
}

/// How far a path leads.
pub(crate) enum Site<'p> {
    /// To this node.
    Found { slot: Slot, node: NodeId },
    /// To this mapping, which lacks the first key of `missing`.
    Missing { slot: Slot, mapping: NodeId, missing: &'p [Segment] },
    /// To this null, in the place of which a mapping can be put.
    Null { slot: Slot, node: NodeId, missing: &'p [Segment] },
}

impl<'p> Site<'p> {
    /// The keys that are not there yet.
    pub(crate) fn missing(&self) -> &'p [Segment] {
        match self {
            Self::Found { .. } => &[],
            Self::Missing { missing, .. } | Self::Null { missing, .. } => missing,
        }
    }
}

/// Follows the path without going through aliases and merges: what they bring in cannot be edited where it is used.
pub(crate) fn locate<'p>(layout: &Layout<'_>, path: &'p [Segment]) -> Result<Site<'p>, Obstacle> {
    let tree = layout.tree;
    let mut node = tree.root.ok_or_else(|| Obstacle::nowhere(EditErrorKind::NoDocument))?;
    let mut slot = Slot::Root;
    for (depth, segment) in path.iter().enumerate() {
        let missing = &path[depth..];
        let position = tree.node(node).start.position();
        refuse_shared(layout, node)?;
        match (&tree.node(node).body, segment) {
            (Body::Alias(target), _) => return Err(alias(layout, position, *target)),
            (Body::Mapping { entries, .. }, Segment::Key(key)) => {
                let keys = layout.keys(node);
                let own = keys.entry(key);
                if keys.merges {
                    refuse_merged(layout, node, segment, own.map(|index| entries[index].value), position)?;
                }
                match own {
                    Some(index) => {
                        slot = Slot::Entry { mapping: node, index };
                        node = entries[index].value;
                    }
                    None => return Ok(Site::Missing { slot, mapping: node, missing }),
                }
            }
            (Body::Sequence { items, .. }, Segment::Index(index)) => {
                node = *items.get(*index).ok_or_else(|| Obstacle::at(position, EditErrorKind::NoSuchItem))?;
                slot = Slot::Item;
            }
            (Body::Scalar(scalar), Segment::Key(_)) if scalar.resolved == Scalar::Null => {
                return Ok(Site::Null { slot, node, missing });
            }
            _ => return Err(Obstacle::at(position, EditErrorKind::NotAMapping)),
        }
    }
    Ok(Site::Found { slot, node })
}

/// Fails when a merge decides about the key, and not the mapping's own entry.
fn refuse_merged(
    layout: &Layout<'_>,
    mapping: NodeId,
    key: &Segment,
    own: Option<NodeId>,
    at: Position,
) -> Result<(), Obstacle> {
    match layout.tree.child(mapping, key) {
        Some((_, decides)) if Some(decides) != own => {
            let origin = layout.tree.node(decides).start.position();
            Err(Obstacle::at(at, EditErrorKind::Merged { origin }))
        }
        _ => Ok(()),
    }
}

/// Fails when the node is an alias.
pub(crate) fn refuse_alias(layout: &Layout<'_>, node: NodeId) -> Result<(), Obstacle> {
    match layout.tree.node(node).body {
        Body::Alias(target) => Err(alias(layout, layout.tree.node(node).start.position(), target)),
        _ => Ok(()),
    }
}

/// Fails when an alias stands for the node: what changes inside of it changes there, too.
fn refuse_shared(layout: &Layout<'_>, node: NodeId) -> Result<(), Obstacle> {
    let stands_for_it = |id: &&NodeId| matches!(layout.tree.node(**id).body, Body::Alias(target) if target == node);
    match layout.tree.aliases.iter().find(stands_for_it) {
        Some(alias) => {
            let alias = layout.tree.node(*alias).start.position();
            Err(Obstacle::at(layout.tree.node(node).start.position(), EditErrorKind::AnchorInUse { alias }))
        }
        None => Ok(()),
    }
}

/// Fails when an alias outside of the range refers to an anchor inside of it.
pub(crate) fn refuse_used_anchors(layout: &Layout<'_>, range: &std::ops::Range<usize>) -> Result<(), Obstacle> {
    let tree = layout.tree;
    let inside =
        |id: NodeId| range.contains(&layout.start(id)) || range.contains(&(tree.node(id).start.offset as usize));
    for alias in &tree.aliases {
        if let Body::Alias(target) = tree.node(*alias).body
            && inside(target)
            && !inside(*alias)
        {
            let alias = tree.node(*alias).start.position();
            return Err(Obstacle::at(tree.node(target).start.position(), EditErrorKind::AnchorInUse { alias }));
        }
    }
    Ok(())
}

fn alias(layout: &Layout<'_>, position: Position, target: NodeId) -> Obstacle {
    let anchor = layout.tree.node(target).start.position();
    Obstacle::at(position, EditErrorKind::Alias { anchor })
}
