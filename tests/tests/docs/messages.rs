//! The messages that docs/guide/troubleshooting.md explains are those that the programs print.

use std::fs;
use std::path::Path;

use crate::page;
use crate::stage::{Stage, checkout};

/// The page.
pub(crate) const PAGE: &str = "docs/guide/troubleshooting.md";

/// Where a section's messages are looked for: in what the page's own commands print, else in these folders.
const SECTIONS: &[(&str, &[&str])] = &[
    ("The status of a SealedSecret", &[]),
    ("The command line", &["cli/tests/sessions"]),
    ("The controller's log", &["controller/src"]),
    ("The admission policies", &["deploy/chart/templates/guard"]),
];

/// The parts of a heading in backticks, cut at what stands for names.
fn messages(text: &str) -> Vec<(String, Vec<String>)> {
    let mut section = String::new();
    let mut found = Vec::new();
    for line in text.lines() {
        if let Some(title) = line.strip_prefix("## ") {
            title.clone_into(&mut section);
        } else if let Some(heading) = line.strip_prefix("### ") {
            for message in heading.split('`').skip(1).step_by(2) {
                let parts = message.split('…').map(|part| part.trim().to_owned()).filter(|part| !part.is_empty());
                found.push((section.clone(), parts.collect()));
            }
        }
    }
    found
}

#[tokio::test]
async fn the_messages_in_troubleshooting_are_those_of_the_programs() {
    let stage = Stage::with_cluster().await;
    let printed = page::follow(PAGE, &[], &stage).await;
    let text = fs::read_to_string(checkout().join(PAGE)).unwrap();
    let messages = messages(&text);
    assert!(messages.len() > 20, "{messages:?}");
    for (section, parts) in messages {
        let (_, folders) = SECTIONS.iter().find(|(title, _)| *title == section).unwrap();
        let mut known = String::new();
        if folders.is_empty() {
            known.clone_from(&printed);
        }
        for folder in *folders {
            read_all(&checkout().join(folder), &mut known);
        }
        for part in &parts {
            assert!(known.contains(&**part), "{section}: no program prints {part:?}");
        }
    }
}

fn read_all(folder: &Path, text: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read_all(&path, text);
        } else {
            *text += &fs::read_to_string(&path).unwrap();
        }
    }
}
