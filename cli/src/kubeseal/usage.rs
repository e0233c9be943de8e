//! The help text, in the layout that pflag gives it.

use std::fmt::Write as _;

use super::pflag::{Flag, Kind};

/// `Usage of kubeseal:` and a line for each flag.
pub(super) fn text(flags: &[Flag]) -> String {
    let mut sorted: Vec<_> = flags.iter().filter(|flag| flag.deprecated.is_none()).collect();
    sorted.sort_by_key(|flag| flag.name);
    let left: Vec<_> = sorted.iter().map(|flag| left_column(flag)).collect();
    let width = left.iter().map(String::len).max().unwrap_or_default();
    let mut text = String::from("Usage of kubeseal:\n");
    for (flag, left) in sorted.iter().zip(&left) {
        // Writing to memory does not fail.
        let _ = writeln!(text, "{left:width$}   {}{}", flag.usage, default(flag));
    }
    text
}

fn left_column(flag: &Flag) -> String {
    let short = flag.short.map_or_else(|| "    ".to_owned(), |short| format!("-{short}, "));
    let kind = flag.kind.name();
    let space = if kind.is_empty() { "" } else { " " };
    format!("  {short}--{}{space}{kind}", flag.name)
}

fn default(flag: &Flag) -> String {
    match (flag.default, flag.kind) {
        ("", _) => String::new(),
        (default, Kind::Text | Kind::Scope) => format!(" (default {default:?})"),
        (default, _) => format!(" (default {default})"),
    }
}
