//! The chart's values, from values.yaml and the comments in it.

use std::fmt::Write as _;

/// docs/reference/chart.md.
pub(crate) fn page(values: &str) -> String {
    let mut text = String::from(
        "# The chart's values\n\nThis page is made from [values.yaml](../../deploy/chart/values.yaml). A value that does not exist is an error, and so is one of the wrong form. \
         [install.md](../install.md#with-helm) has the usual ones, [migration.md](../migration.md#values-of-the-chart) what is different from the original chart.\n\n\
         | value | default | |\n|---|---|---|\n",
    );
    for Row { path, default, comment } in rows(values) {
        let default = if default.is_empty() { default } else { format!("`{default}`") };
        // Writing to a string does not fail.
        let _ = writeln!(text, "| `{path}` | {default} | {} |", comment.replace('|', "\\|"));
    }
    text
}

#[derive(Debug, PartialEq, Eq)]
struct Row {
    path: String,
    default: String,
    comment: String,
}

/// A row for each value, and for each group that has a comment. A comment is about all keys up to the next blank line
/// or comment.
fn rows(values: &str) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut path: Vec<(usize, &str)> = Vec::new();
    let mut comment = String::new();
    let mut continued = false;
    // How deep the items of the list that is being read stand.
    let mut list: Option<usize> = None;
    for line in values.lines() {
        let content = line.trim_start();
        let indent = line.len() - content.len();
        let of_comment = content.strip_prefix('#');
        if let Some(words) = of_comment {
            let before = if continued { comment.as_str() } else { "" };
            let more = format!("{before} {}", words.trim());
            more.trim().clone_into(&mut comment);
        } else if content.is_empty() {
            comment.clear();
        } else if content.starts_with("- ") || list.is_some_and(|items| indent > items) {
            let separator = if content.starts_with("- ") { " " } else { ", " };
            list = list.or(Some(indent));
            if let Some(row) = rows.last_mut() {
                let more = format!("{}{separator}{content}", row.default);
                more.trim().clone_into(&mut row.default);
            }
        } else if let Some((name, value)) = content.split_once(':') {
            list = None;
            path.retain(|(outer, _)| *outer < indent);
            path.push((indent, name));
            if value.trim().is_empty() && !continued {
                // The comment is about the value before.
                comment.clear();
            }
            let full = path.iter().map(|(_, name)| *name).collect::<Vec<_>>().join(".");
            rows.push(Row { path: full, default: value.trim().to_owned(), comment: comment.clone() });
            if value.trim().is_empty() {
                comment.clear();
            }
        }
        continued = of_comment.is_some();
    }
    // A group without a word about it is only its values.
    rows.retain(|row| !row.default.is_empty() || !row.comment.is_empty());
    rows
}

#[test]
fn each_value_comes_with_its_path_its_default_and_what_is_said_about_it() {
    let values = "# About all.\n\n# One.\n# More.\na: 1\nb: 2\n\n# Group.\ng:\n  c: \"\"\n  # List.\n  d:\n    - x\n    - y\n  e: {}\n";
    let row = |path: &str, default: &str, comment: &str| Row {
        path: path.into(),
        default: default.into(),
        comment: comment.into(),
    };
    let expected = [
        row("a", "1", "One. More."),
        row("b", "2", "One. More."),
        row("g", "", "Group."),
        row("g.c", "\"\"", ""),
        row("g.d", "- x - y", "List."),
        row("g.e", "{}", ""),
    ];
    assert_eq!(rows(values), expected);
}
