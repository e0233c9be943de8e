//! Passphrases are typed, twice where they are new, and never shown.

use std::path::Path;

use serde_json::{Value, json};

use crate::session::Session;
use crate::{canned, directory, vector};

const PASSPHRASE: &str = "correct horse";

/// A cluster that has the keys of the vectors.
fn answer(path: &str) -> (u16, Value) {
    if path.starts_with("/api/v1/namespaces/kube-system/secrets?") {
        let backup: Value =
            serde_json::from_str(&std::fs::read_to_string(vector("keys-backup.json")).unwrap()).unwrap();
        return (200, json!({ "kind": "SecretList", "metadata": {}, "items": backup["items"] }));
    }
    (404, json!({ "message": "not found" }))
}

fn backup(directory: &Path, server: &str, first: &str, second: &str) -> (Option<i32>, String) {
    let arguments = ["keys", "backup", "--passphrase", "-w", "keys.age", "--server", server];
    let mut session = Session::start(directory, &arguments, &[]);
    session.until("Passphrase for the backup: ").types(first).types("\n");
    session.until("The same once more: ").types(second).types("\n");
    session.ends()
}

fn verify(directory: &Path, passphrase: &str) -> (Option<i32>, String) {
    let arguments = ["verify", "-k", "keys.age", "res-strict.sealed.yaml"];
    let mut session = Session::start(directory, &arguments, &[]);
    session.until("Passphrase: ").types(passphrase).types("\n");
    session.ends()
}

#[test]
fn a_backup_opens_with_the_passphrase_that_was_typed_and_nobody_sees_it() {
    let directory = directory(&["res-strict.sealed.yaml"]);
    let server = canned::server(answer);
    let (code, shown) = backup(directory.path(), &server, PASSPHRASE, PASSPHRASE);
    assert_eq!(code, Some(0), "{shown}");
    assert!(!shown.contains(PASSPHRASE) && shown.contains("Backed up 3 keys."), "{shown}");

    let (code, shown) = verify(directory.path(), PASSPHRASE);
    assert_eq!(code, Some(0), "{shown}");
    assert!(!shown.contains(PASSPHRASE) && shown.ends_with("res-strict: opens\n"), "{shown}");

    let (code, shown) = verify(directory.path(), "wrong horse");
    assert_eq!(code, Some(5), "{shown}");
    assert!(!shown.contains("wrong horse") && shown.contains("does not open with this passphrase"), "{shown}");
}

#[test]
fn two_passphrases_that_differ_and_one_that_is_empty_make_no_backup() {
    let directory = directory(&[]);
    let server = canned::server(answer);
    for (first, second, told) in
        [(PASSPHRASE, "another", "the passphrases differ"), ("", "", "the passphrase is empty")]
    {
        let (code, shown) = backup(directory.path(), &server, first, second);
        assert_eq!(code, Some(2), "{shown}");
        assert!(shown.contains(told), "{shown}");
        assert!(!directory.path().join("keys.age").exists());
    }
}
