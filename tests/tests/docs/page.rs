//! Doing what a page says.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Result, ensure};
use e2e::wait::{SOON, try_wait_for};

use crate::markdown::{Action, Commands, Step, shows, steps};
use crate::stage::{Stage, checkout};

/// Does all that the page says, in order; without the sections that only make sense on another stage. Returns what was
/// printed.
pub(crate) async fn follow(page: &str, without: &[&str], stage: &Stage) -> String {
    let (mut told, mut failures) = (String::new(), Vec::new());
    for step in of(page).into_iter().filter(|step| !without.contains(&&*step.section)) {
        match step.action {
            Action::Save { file, text } => stage.save(&file, &text),
            Action::LeaveOut => {}
            Action::Run(commands) => {
                // After a failure nothing is worth waiting for, but the author wants to see the others.
                let limit = if commands.repeat && failures.is_empty() { SOON } else { Duration::ZERO };
                match try_wait_for(limit, async || run(&commands, stage).await).await {
                    Ok(printed) => told += &printed,
                    Err(error) => failures.push(format!("{page}:{}: {error:#}", step.line)),
                }
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    told
}

async fn run(commands: &Commands, stage: &Stage) -> Result<String> {
    let output = stage.shell(&commands.script).await;
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    let script = commands.script.trim_end();
    ensure!(output.code == Some(commands.exit), "`{script}` exited {:?}:\n{printed}", output.code);
    if let Some(page) = &commands.prints {
        ensure!(shows(page, &printed), "`{script}` was to print\n{page}\nand printed\n{printed}");
    }
    Ok(printed)
}

/// The steps of a page.
pub(crate) fn of(page: &str) -> Vec<Step> {
    let text = fs::read_to_string(checkout().join(page)).unwrap_or_else(|error| panic!("{page}: {error}"));
    steps(&text).unwrap_or_else(|error| panic!("{page}: {error}"))
}

/// Every page of the documentation, by its path from the root of the checkout.
pub(crate) fn all() -> BTreeSet<String> {
    let mut pages = BTreeSet::from(["README.md".to_owned()]);
    collect(&checkout().join("docs"), &mut pages);
    pages
}

fn collect(folder: &Path, pages: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path: PathBuf = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, pages);
        } else if path.extension().is_some_and(|extension| extension == "md") {
            pages.insert(path.strip_prefix(checkout()).unwrap().to_str().unwrap().to_owned());
        }
    }
}
