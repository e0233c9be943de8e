//! The page that explains the rules.

use std::fmt::Write as _;

use crate::Rule;

const INTRODUCTION: &str = include_str!("docs.md");

/// The text of `docs/lint.md`. It is made of the same explanations that [`Rule::explain`] gives.
pub fn rules_markdown() -> String {
    let mut page = format!("<!-- Made by `cargo xtask generate`. -->\n\n{INTRODUCTION}\n## Rules\n\n");
    page.push_str("| rule | severity | finds |\n|---|---|---|\n");
    for rule in Rule::ALL {
        let _ = writeln!(page, "| [{rule}](#{rule}) | {} | {} |", rule.severity(), rule.summary());
    }
    for rule in Rule::ALL {
        let _ = write!(
            page,
            "\n### {rule}\n\n{} ({}).\n\n{}\nRemedy: {}.\n",
            rule.summary(),
            rule.severity(),
            rule.explanation(),
            rule.remedy()
        );
    }
    page
}
