//! What a person at a terminal is told.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![cfg(target_os = "linux")]

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

/// A terminal: the end that a person sits at, and the end that programs see.
fn terminal() -> (File, File) {
    let person = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&person).unwrap();
    unlockpt(&person).unwrap();
    let name = ptsname(&person, Vec::new()).unwrap();
    let program = File::options().read(true).write(true).open(name.to_str().unwrap()).unwrap();
    (File::from(person), program)
}

/// Types `typed` at the terminal and returns what the program says on standard error.
fn said(arguments: &[&str], typed: &[u8]) -> String {
    let (mut person, program) = terminal();
    let mut child = Command::new(env!("CARGO_BIN_EXE_waxseal"))
        .args(arguments)
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/vectors"))
        .env_clear()
        .stdin(program)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    person.write_all(typed).unwrap();
    let mut text = String::new();
    child.stderr.take().unwrap().read_to_string(&mut text).unwrap();
    child.wait().unwrap();
    text
}

/// Ctrl-D on an empty line.
const END: u8 = 4;

#[test]
fn whoever_types_is_told_what_is_expected() {
    for (arguments, told) in [
        (&["seal", "--cert", "a.crt"][..], "Type or paste a Secret as YAML or JSON, then press Ctrl-D."),
        (&["unseal", "-k", "a.key"], "Type or paste a SealedSecret as YAML or JSON, then press Ctrl-D."),
        (&["raw", "--cert", "a.crt", "-n", "x", "--name", "y"], "Type or paste the value to seal, then press Ctrl-D."),
        (&["kubeseal", "--cert", "a.crt"], "Type or paste a resource as JSON or YAML, then press Ctrl-D."),
    ] {
        let text = said(arguments, &[END]);
        assert!(text.starts_with(told), "{arguments:?}: {text}");
    }
}

#[test]
fn a_file_that_is_named_needs_no_typing() {
    let text = said(&["verify", "-k", "a.key", "res-strict.sealed.yaml"], &[END]);
    assert_eq!(text, "");
}
