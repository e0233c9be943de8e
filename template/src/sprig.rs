//! sprig's generic map, without what upstream takes out of it.

mod case;
mod convert;
mod defaults;
mod dicts;
mod encoding;
mod equal;
mod lists;
mod merge;
mod shape;
mod split;
mod strings;
mod words;

use crate::funcs::Func;

pub(crate) const TABLES: &[&[Func]] =
    &[convert::FUNCS, defaults::FUNCS, dicts::FUNCS, encoding::FUNCS, lists::FUNCS, split::FUNCS, strings::FUNCS];
