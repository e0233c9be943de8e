//! Files that are edited in place, and plaintext that must not stay behind.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod bytes;
#[path = "../canned/mod.rs"]
mod canned;
mod cluster;
mod diff;
mod disk;
mod git;
mod killed;
mod live;
mod merge;
mod promote;
mod refused;
mod repo;
mod ugly;

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A text that holds a sealed value of the key `a` for `team-a/res-strict`.
fn vector(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/vectors").join(name)
}

fn read_vector(name: &str) -> String {
    std::fs::read_to_string(vector(name)).unwrap()
}

/// The program, in a directory and with nothing of this machine's settings.
fn waxseal(directory: &Path) -> Command {
    // What ran the tests may ignore signals, as `nohup` does, and who inherits that ignores them too.
    let mut command = Command::new("env");
    command
        .args(["--default-signal=INT,HUP,TERM", env!("CARGO_BIN_EXE_waxseal")])
        .current_dir(directory)
        .env_clear()
        .env("PATH", "/usr/local/bin:/usr/bin:/bin")
        .env("HOME", directory)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

fn run(command: &mut Command) -> (Option<i32>, String, String) {
    let Output { status, stdout, stderr } = command.output().unwrap();
    (status.code(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}
