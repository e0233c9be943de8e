//! Links between pages lead somewhere.

use std::fs;
use std::path::Path;

use crate::page;
use crate::stage::checkout;

#[test]
fn every_link_leads_to_a_file_and_to_a_heading_in_it() {
    for page in page::all() {
        let path = checkout().join(&page);
        for link in links(&fs::read_to_string(&path).unwrap()) {
            let (file, anchor) = link.split_once('#').unwrap_or((&link, ""));
            let target = if file.is_empty() { path.clone() } else { path.parent().unwrap().join(file) };
            assert!(target.exists(), "{page}: {link} leads nowhere");
            assert!(anchor.is_empty() || has_heading(&target, anchor), "{page}: {link}: there is no such heading");
        }
    }
}

/// The targets of the links in running text, but for those to other sites.
fn links(text: &str) -> Vec<String> {
    let prose = text.split("```").step_by(2);
    let targets = prose.flat_map(|prose| prose.split("](").skip(1)).filter_map(|rest| rest.split_once(')'));
    targets.map(|(target, _)| target.to_owned()).filter(|target| !target.contains("://")).collect()
}

/// As GitHub makes anchors of headings: in lower case, with `-` for blanks, and without punctuation.
fn has_heading(page: &Path, anchor: &str) -> bool {
    let text = fs::read_to_string(page).unwrap();
    let headings = text
        .lines()
        .filter_map(|line| line.trim_start_matches('#').strip_prefix(' ').filter(|_| line.starts_with('#')));
    let kept = |c: &char| c.is_alphanumeric() || matches!(c, '-' | '_' | ' ');
    let slug = |heading: &str| heading.to_lowercase().chars().filter(kept).collect::<String>().replace(' ', "-");
    headings.map(slug).any(|heading| heading == anchor)
}
