//! The functions that text/template itself has.

mod compare;
mod escape;
mod index;

use crate::fmt::{print, sprintf};
use crate::funcs::{Func, fixed, variadic};
use crate::reason::Reason;
use crate::value::{Ty, Value};

pub(crate) const TABLES: &[&[Func]] = &[FUNCS, compare::FUNCS, escape::FUNCS, index::FUNCS];

const FUNCS: &[Func] = &[
    // These two are evaluated where they are called, because they need not look at all of their arguments.
    variadic("and", &[Ty::Reflect], Ty::Reflect, |_, _| Err(Reason::Internal)),
    variadic("or", &[Ty::Reflect], Ty::Reflect, |_, _| Err(Reason::Internal)),
    fixed("not", &[Ty::Reflect], |_, args| Ok(Value::Bool(!args.any(0)?.truth()))),
    // No value of a template is a function.
    variadic("call", &[Ty::Reflect], Ty::Reflect, |_, _| Err(Reason::NotAFunction)),
    variadic("print", &[], Ty::Any, |env, args| Ok(print::sprint(env, args.from(0))?.into())),
    variadic("println", &[], Ty::Any, |env, args| Ok(print::sprintln(env, args.from(0))?.into())),
    variadic("printf", &[Ty::Text], Ty::Any, |env, args| Ok(sprintf(env, args.bytes(0)?, args.from(1))?.into())),
];
