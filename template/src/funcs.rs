//! The functions that a template may call: Go's built-in ones and sprig's generic map, by allow-list.
//!
//! What upstream takes out of sprig's map (`env`, `expandenv`, `getHostByName`) is not here either.

mod args;

use std::collections::HashMap;
use std::sync::LazyLock;

pub(crate) use args::Args;

use crate::env::Env;
use crate::reason::{Reason, Res};
use crate::value::{Ty, Value};

/// What computes a function. The arguments have been checked against the parameters.
pub(crate) type Run = fn(&Env, &Args) -> Res<Value>;

/// A function with the Go types of its parameters.
pub(crate) struct Func {
    pub(crate) name: &'static str,
    pub(crate) params: &'static [Ty],
    /// The type of any number of further arguments.
    pub(crate) rest: Option<Ty>,
    pub(crate) run: Run,
}

/// Stands for a function that does not exist while a template is only looked at.
pub(crate) static UNKNOWN: Func =
    Func { name: "", params: &[], rest: Some(Ty::Reflect), run: |_, _| Err(Reason::UndefinedFunction) };

/// A function with a fixed number of parameters.
pub(crate) const fn fixed(name: &'static str, params: &'static [Ty], run: Run) -> Func {
    Func { name, params, rest: None, run }
}

/// A function that takes any number of further arguments.
pub(crate) const fn variadic(name: &'static str, params: &'static [Ty], rest: Ty, run: Run) -> Func {
    Func { name, params, rest: Some(rest), run }
}

static TABLE: LazyLock<HashMap<&'static str, &'static Func>> = LazyLock::new(|| {
    // sprig's functions take precedence over the built-in ones of the same name (`slice`).
    let tables = [crate::builtin::TABLES, crate::sprig::TABLES].concat();
    tables.into_iter().flatten().map(|function| (function.name, function)).collect()
});

/// The function of that name.
pub(crate) fn find(name: &str) -> Option<&'static Func> {
    TABLE.get(name).copied()
}

/// What upstream takes out of sprig's map.
pub(crate) const REMOVED: [&str; 3] = ["env", "expandenv", "getHostByName"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_functions_are_those_of_text_template_and_of_sprig_as_upstream_has_them() {
        let sprig = include_str!("../../tests/gotemplate/golden/functions.json");
        let sprig: Vec<&str> = sprig.split('"').skip(1).step_by(2).collect();
        let builtin = [
            "and", "call", "html", "index", "js", "len", "not", "or", "print", "printf", "println", "urlquery", "eq",
            "ge", "gt", "le", "lt", "ne",
        ];
        let mut expected = [sprig, builtin.to_vec()].concat();
        let mut found: Vec<&str> = TABLE.keys().copied().collect();
        expected.sort_unstable();
        found.sort_unstable();
        assert_eq!(found, expected);
    }
}
