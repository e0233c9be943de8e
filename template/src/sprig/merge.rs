//! Merging dicts as mergo does it.

use crate::env::Env;
use crate::reason::{Reason, Res};
use crate::text::Text;
use crate::value::{Dict, Elem, Kind, Value};

/// Which values of the target give way.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Overwrite {
    /// Missing and empty ones.
    Empty,
    All,
}

/// Merges `source` into `target`, and the dicts inside them likewise.
pub(super) fn merge(env: &Env, target: &Dict, source: &Dict, overwrite: Overwrite) -> Res<()> {
    if target.is_same(source) || target.is_nil() {
        return Ok(());
    }
    env.meter.nested(|| {
        for (key, value) in source.entries(env.meter)? {
            env.meter.work(1)?;
            let put = |value: Value| put(env, target, source, key.clone(), value);
            let existing = target.get(key.bytes());
            if value.is_nil() {
                if overwrite == Overwrite::All {
                    put(value)?;
                }
                continue;
            }
            if let (Value::Dict(source), Some(Value::Dict(target))) = (&value, &existing) {
                merge(env, target, source, overwrite)?;
            }
            let Some(existing) = existing.filter(|existing| !is_empty(existing)) else {
                put(value)?;
                continue;
            };
            let merged = value.kind() == Kind::Dict && existing.kind() == Kind::Dict;
            if overwrite == Overwrite::All && !merged {
                put(value)?;
            }
        }
        Ok(())
    })
}

fn put(env: &Env, target: &Dict, source: &Dict, key: Text, value: Value) -> Res<()> {
    if target.elem() == Elem::Text && source.elem() != Elem::Text {
        return Err(Reason::ArgumentType);
    }
    target.set(env.meter, key, value)
}

/// What mergo takes for empty: the zero value of most types.
fn is_empty(value: &Value) -> bool {
    !value.truth() && value.kind() != Kind::Complex
}
