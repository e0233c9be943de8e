use serde_json::{Map, Number, Value};

use crate::MAX_DEPTH;
use crate::error::{Fault, ParseErrorKind};
use crate::limits::{MAX_ALIASED_BYTES, MAX_ALIASED_NODES};
use crate::scalar::Scalar;
use crate::tree::{Body, Entry, Name, NodeId, Tree};
use crate::wiped::Wiped;

/// The value of a tree: aliases copied, merges merged, numbers as JSON has them.
pub(crate) fn build(tree: &Tree) -> Result<Wiped, Fault> {
    let Some(root) = tree.root else { return Ok(Wiped::default()) };
    let mut builder =
        Builder { tree, depth: 0, aliases: Vec::new(), nodes_left: MAX_ALIASED_NODES, bytes_left: MAX_ALIASED_BYTES };
    builder.value(root).map(Wiped::new)
}

struct Builder<'t> {
    tree: &'t Tree,
    depth: usize,
    /// The targets of the aliases that are being copied.
    aliases: Vec<NodeId>,
    nodes_left: usize,
    bytes_left: usize,
}

impl Builder<'_> {
    fn value(&mut self, id: NodeId) -> Result<Value, Fault> {
        let tree = self.tree;
        match &tree.node(id).body {
            Body::Alias(target) => self.alias(id, *target),
            Body::Scalar(scalar) => {
                self.pay(id, if scalar.resolved == Scalar::Text { scalar.text.len() } else { 0 })?;
                self.scalar(id, scalar.resolved, &scalar.text)
            }
            Body::Sequence { items, .. } => {
                self.pay(id, 0)?;
                self.nested(id, |this| {
                    items.iter().map(|item| this.value(*item)).collect::<Result<_, _>>().map(Value::Array)
                })
            }
            Body::Mapping { entries, .. } => {
                self.pay(id, 0)?;
                self.nested(id, |this| {
                    let mut fields = Map::new();
                    this.fill(&mut fields, entries)?;
                    Ok(Value::Object(fields))
                })
            }
        }
    }

    /// The entries in their order. A merge replaces what stands before it and is replaced by what follows, as in go-yaml.
    fn fill(&mut self, fields: &mut Map<String, Value>, entries: &[Entry]) -> Result<(), Fault> {
        let merges = entries.iter().any(|entry| entry.name == Name::Merge);
        let mut own = std::collections::HashSet::new();
        for entry in entries {
            match &entry.name {
                Name::Merge => self.merge(fields, entry.value)?,
                Name::Key(name) => {
                    let value = self.value(entry.value)?;
                    let replaced = fields.insert(name.clone(), value).is_some();
                    if if merges { !own.insert(name) } else { replaced } {
                        return Err(self.duplicate(entries, entry));
                    }
                }
            }
        }
        Ok(())
    }

    fn merge(&mut self, fields: &mut Map<String, Value>, source: NodeId) -> Result<(), Fault> {
        let tree = self.tree;
        match &tree.node(tree.dereferenced(source)).body {
            Body::Mapping { .. } => self.merge_one(fields, source),
            // An earlier mapping of the sequence wins over a later one. An alias of a sequence is refused, as in go-yaml.
            Body::Sequence { items, .. } if !matches!(tree.node(source).body, Body::Alias(_)) => {
                items.iter().rev().try_for_each(|item| self.merge_one(fields, *item))
            }
            _ => Err(self.fault(source, ParseErrorKind::MergeNeedsMapping)),
        }
    }

    fn merge_one(&mut self, fields: &mut Map<String, Value>, source: NodeId) -> Result<(), Fault> {
        match self.value(source)? {
            Value::Object(merged) => {
                fields.extend(merged);
                Ok(())
            }
            _ => Err(self.fault(source, ParseErrorKind::MergeNeedsMapping)),
        }
    }

    fn alias(&mut self, id: NodeId, target: NodeId) -> Result<Value, Fault> {
        if self.aliases.contains(&target) || self.contains(target, id) {
            return Err(self.fault(id, ParseErrorKind::RecursiveAlias));
        }
        self.aliases.push(target);
        let value = self.nested(id, |this| this.value(target));
        self.aliases.pop();
        value
    }

    /// Whether the node `inner` stands inside of `outer` in the text.
    fn contains(&self, outer: NodeId, inner: NodeId) -> bool {
        let (outer, inner) = (self.tree.node(outer), self.tree.node(inner));
        matches!(outer.body, Body::Mapping { .. } | Body::Sequence { .. })
            && outer.start.offset <= inner.start.offset
            && inner.end <= outer.end
    }

    fn nested<T>(&mut self, id: NodeId, run: impl FnOnce(&mut Self) -> Result<T, Fault>) -> Result<T, Fault> {
        if self.depth > MAX_DEPTH {
            return Err(self.fault(id, ParseErrorKind::TooDeep));
        }
        self.depth += 1;
        let result = run(self);
        self.depth -= 1;
        result
    }

    /// Counts what is copied because of an alias.
    fn pay(&mut self, id: NodeId, bytes: usize) -> Result<(), Fault> {
        if self.aliases.is_empty() {
            return Ok(());
        }
        match (self.nodes_left.checked_sub(1), self.bytes_left.checked_sub(bytes)) {
            (Some(nodes), Some(bytes)) => {
                self.nodes_left = nodes;
                self.bytes_left = bytes;
                Ok(())
            }
            _ => Err(self.fault(id, ParseErrorKind::AliasesExpandTooMuch)),
        }
    }

    fn scalar(&self, id: NodeId, resolved: Scalar, text: &str) -> Result<Value, Fault> {
        Ok(match resolved {
            Scalar::Null => Value::Null,
            Scalar::Bool(value) => Value::Bool(value),
            Scalar::Int(value) => Value::from(value),
            Scalar::UInt(value) => Value::from(value),
            Scalar::Float(value) => {
                Value::Number(json_number(value).ok_or_else(|| self.fault(id, ParseErrorKind::NotFinite))?)
            }
            Scalar::Text => Value::String(text.to_owned()),
        })
    }

    fn duplicate(&self, entries: &[Entry], again: &Entry) -> Fault {
        let first = entries.iter().find(|entry| entry.name == again.name).unwrap_or(again);
        let first = self.tree.node(first.key).start.position();
        self.fault(again.key, ParseErrorKind::DuplicateKey { first })
    }

    fn fault(&self, id: NodeId, kind: ParseErrorKind) -> Fault {
        Fault::at(self.tree.node(id).start.position(), kind)
    }
}

/// A float without a fraction becomes an integer, as it does on its way through JSON: `1e3` is 1000.
fn json_number(value: f64) -> Option<Number> {
    // Through the shortest digits, as Go prints them, and not through the exact value.
    let whole =
        if value.fract() == 0.0 { format!("{value}").parse().ok().map(|whole: i64| Number::from(whole)) } else { None };
    whole.or_else(|| Number::from_f64(value))
}
