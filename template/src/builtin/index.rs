//! Elements and lengths.

use crate::funcs::{Func, fixed, variadic};
use crate::reason::{Reason, Res};
use crate::value::{Elem, Ty, UintKind, Value};

// `slice` is sprig's, which takes the place of the built-in one.
pub(super) const FUNCS: &[Func] = &[
    variadic("index", &[Ty::Reflect], Ty::Reflect, |env, args| {
        let mut item = args.any(0)?.clone();
        if item.is_nil() {
            return Err(Reason::NilArgument);
        }
        for index in args.from(1) {
            item = element(&item, index, || env.text(b""))?;
        }
        Ok(item)
    }),
    fixed("len", &[Ty::Reflect], |_, args| {
        let length = match args.any(0)? {
            Value::Text(text) => text.len(),
            Value::List(list) => list.len(),
            Value::Dict(dict) => dict.len(),
            Value::Invalid | Value::Nil => return Err(Reason::NilArgument),
            _ => return Err(Reason::NoLength),
        };
        Ok(Value::int(i64::try_from(length).map_err(|_| Reason::Internal)?))
    }),
];

fn element(item: &Value, index: &Value, empty: impl Fn() -> Res<Value>) -> Res<Value> {
    match item {
        Value::Text(text) => {
            let byte = text.bytes().get(position(index)?).ok_or(Reason::IndexOutOfRange)?;
            Ok(Value::Uint(UintKind::Uint8, u64::from(*byte)))
        }
        Value::List(list) => list.get(position(index)?).ok_or(Reason::IndexOutOfRange),
        Value::Dict(dict) => {
            let Value::Text(key) = index else { return Err(Reason::ArgumentType) };
            match dict.get(key.bytes()) {
                Some(value) => Ok(value),
                None if dict.elem() == Elem::Text => empty(),
                None => Ok(Value::Nil),
            }
        }
        Value::Nil | Value::Invalid => Err(Reason::NilArgument),
        _ => Err(Reason::CannotIndex),
    }
}

fn position(index: &Value) -> Res<usize> {
    match index {
        Value::Int(_, number) => usize::try_from(*number).map_err(|_| Reason::IndexOutOfRange),
        Value::Uint(_, number) => usize::try_from(*number).map_err(|_| Reason::IndexOutOfRange),
        _ => Err(Reason::IndexOutOfRange),
    }
}
