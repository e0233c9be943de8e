//! Every behaviour of the command line as a console session in `sessions/`: what is typed, what comes, and the exit code.
//!
//! `SNAPSHOTS=overwrite cargo test -p waxseal --test golden` writes down what the program does now.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod api_server;
mod redact;
mod sandbox;

use std::path::{Path, PathBuf};

use api_server::ApiServer;
use sandbox::Sandbox;
use snapbox::assert::Assert;
use snapbox::{Data, IntoData as _};

#[test]
fn sessions_go_as_they_are_written_down() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sessions");
    let mut files: Vec<PathBuf> = std::fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    files.sort();
    assert!(files.len() > 20, "the sessions were found");
    let wanted = std::env::var("GOLDEN").unwrap_or_default();
    let check = Assert::new().action_env(snapbox::assert::DEFAULT_ACTION_ENV);
    let mut failed = Vec::new();
    for path in files.iter().filter(|path| path.to_string_lossy().contains(&wanted)) {
        let expected = std::fs::read_to_string(path).unwrap();
        let api_server = ApiServer::start();
        let sandbox = Sandbox::new(&api_server);
        let actual = replayed(&expected, &sandbox);
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let data = Data::read_from(path, None);
        if let Err(difference) = check.try_eq(Some(&name), actual.into_data().raw(), data.raw()) {
            failed.push(difference.to_string());
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

/// The session with the output that commands give now.
fn replayed(session: &str, sandbox: &Sandbox) -> String {
    let mut text = String::new();
    let mut in_console = false;
    let mut commands = 0;
    for line in session.lines() {
        match line {
            "```console" => in_console = true,
            "```" => in_console = false,
            _ if !in_console => {}
            _ => {
                let Some(command) = line.strip_prefix("$ ") else { continue };
                commands += 1;
                text.push_str(line);
                text.push('\n');
                text.push_str(&sandbox.run(command));
                continue;
            }
        }
        text.push_str(line);
        text.push('\n');
    }
    assert!(commands > 0, "a session has a command");
    text
}
