//! sprig's generic map, without what upstream takes out of it.

mod aes;
mod case;
mod certificates;
mod convert;
mod dates;
mod decimal;
mod defaults;
mod dicts;
pub(crate) mod encoding;
mod equal;
mod hashes;
mod lists;
mod merge;
mod numbers;
mod passwords;
mod paths;
mod random;
mod regexes;
mod shape;
mod split;
mod strings;
mod urls;
mod versions;
mod words;

use crate::funcs::Func;

pub(crate) const TABLES: &[&[Func]] = &[
    aes::FUNCS,
    certificates::FUNCS,
    convert::FUNCS,
    dates::FUNCS,
    defaults::FUNCS,
    dicts::FUNCS,
    encoding::FUNCS,
    hashes::FUNCS,
    lists::FUNCS,
    numbers::FUNCS,
    passwords::FUNCS,
    paths::FUNCS,
    random::FUNCS,
    regexes::FUNCS,
    split::FUNCS,
    strings::FUNCS,
    urls::FUNCS,
    versions::FUNCS,
];
