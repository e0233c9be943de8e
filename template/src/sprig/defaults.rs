//! Defaults, JSON and copies.

use super::equal::deep_copy;
use crate::env::Env;
use crate::funcs::{Func, fixed, variadic};
use crate::json::{self, Escape};
use crate::reason::{Reason, Res};
use crate::text::Text;
use crate::value::{Ty, Value};

const ANY: &[Ty] = &[Ty::Any];

pub(super) const FUNCS: &[Func] = &[
    variadic("default", ANY, Ty::Any, |_, args| {
        Ok(match args.from(1).first() {
            Some(given) if given.truth() => given.clone(),
            _ => args.any(0)?.clone(),
        })
    }),
    fixed("empty", ANY, |_, args| Ok(Value::Bool(!args.any(0)?.truth()))),
    variadic("coalesce", &[], Ty::Any, |_, args| {
        Ok(args.from(0).iter().find(|value| value.truth()).cloned().unwrap_or(Value::Nil))
    }),
    variadic("all", &[], Ty::Any, |_, args| Ok(Value::Bool(args.from(0).iter().all(Value::truth)))),
    variadic("any", &[], Ty::Any, |_, args| Ok(Value::Bool(args.from(0).iter().any(Value::truth)))),
    fixed("ternary", &[Ty::Any, Ty::Any, Ty::Bool], |_, args| Ok(args.any(usize::from(!args.bool(2)?))?.clone())),
    fixed("fail", &[Ty::Text], |_, _| Err(Reason::Fail)),
    fixed("fromJson", &[Ty::Text], |env, args| Ok(json::decode(env, args.bytes(0)?)?.value.unwrap_or(Value::Nil))),
    fixed("mustFromJson", &[Ty::Text], |env, args| {
        let decoded = json::decode(env, args.bytes(0)?)?;
        decoded.value.filter(|_| decoded.complete).ok_or(Reason::BadJson)
    }),
    fixed("toJson", ANY, |env, args| or_empty(env, json::encode(env, args.any(0)?, Escape::Html))),
    fixed("mustToJson", ANY, |env, args| Ok(json::encode(env, args.any(0)?, Escape::Html)?.into())),
    fixed("toPrettyJson", ANY, |env, args| or_empty(env, json::encode_indented(env, args.any(0)?))),
    fixed("mustToPrettyJson", ANY, |env, args| Ok(json::encode_indented(env, args.any(0)?)?.into())),
    fixed("toRawJson", ANY, |env, args| Ok(json::encode(env, args.any(0)?, Escape::Minimal)?.into())),
    fixed("mustToRawJson", ANY, |env, args| Ok(json::encode(env, args.any(0)?, Escape::Minimal)?.into())),
    fixed("deepCopy", ANY, |env, args| deep_copy(env, args.any(0)?)),
    fixed("mustDeepCopy", ANY, |env, args| deep_copy(env, args.any(0)?)),
];

/// What JSON cannot express is the empty string to those that swallow errors. Limits are no such error.
fn or_empty(env: &Env, encoded: Res<Text>) -> Res<Value> {
    match encoded {
        Err(Reason::NoJson) => env.text(b""),
        encoded => Ok(encoded?.into()),
    }
}
