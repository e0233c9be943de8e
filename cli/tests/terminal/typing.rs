//! Whoever types at a terminal is told what is expected.

use crate::directory;
use crate::session::{END, Session};

#[test]
fn whoever_types_is_told_what_is_expected() {
    let directory = directory(&["a.crt", "a.key"]);
    for (arguments, told) in [
        (&["seal", "--cert", "a.crt"][..], "Type or paste a Secret as YAML or JSON, then press Ctrl-D."),
        (&["unseal", "-k", "a.key"], "Type or paste a SealedSecret as YAML or JSON, then press Ctrl-D."),
        (&["raw", "--cert", "a.crt", "-n", "x", "--name", "y"], "Type or paste the value to seal, then press Ctrl-D."),
        (&["kubeseal", "--cert", "a.crt"], "Type or paste a resource as JSON or YAML, then press Ctrl-D."),
    ] {
        let mut session = Session::start(directory.path(), arguments, &[]);
        session.until(told).types(END);
        let (_, shown) = session.ends();
        assert!(shown.starts_with(told), "{arguments:?}: {shown}");
    }
}

#[test]
fn a_file_that_is_named_needs_no_typing() {
    let directory = directory(&["a.key", "res-strict.sealed.yaml"]);
    let (code, shown) =
        Session::start(directory.path(), &["verify", "-k", "a.key", "res-strict.sealed.yaml"], &[]).ends();
    assert_eq!((code, &*shown), (Some(0), "res-strict.sealed.yaml:2:1: SealedSecret team-a/res-strict: opens\n"));
}

#[test]
fn a_secret_that_is_typed_is_sealed() {
    let directory = directory(&["a.crt", "a.key"]);
    let mut session = Session::start(directory.path(), &["seal", "--cert", "a.crt", "-w", "sealed.yaml"], &[]);
    session.until("Ctrl-D.");
    session
        .types("apiVersion: v1\nkind: Secret\nmetadata: {name: a, namespace: b}\nstringData: {k: typed}\n")
        .types(END);
    assert_eq!(session.ends().0, Some(0));
    assert_eq!(opened(directory.path(), "k"), "typed");
}

#[test]
fn the_line_break_before_ctrl_d_is_not_part_of_a_value() {
    let directory = directory(&["a.crt", "a.key"]);
    let manifest = |value: &str| {
        format!(
            "apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: {{name: a, namespace: b}}\nspec: {{encryptedData: {{k: {value}}}}}\n"
        )
    };
    let file = directory.path().join("sealed.yaml");
    for (arguments, value) in [
        (&["raw", "--cert", "a.crt", "-n", "b", "--name", "a", "-w", "raw.txt"][..], "typed"),
        (&["kubeseal", "--raw", "--cert", "a.crt", "-n", "b", "--name", "a", "-w", "raw.txt"], "typed\n"),
    ] {
        let mut session = Session::start(directory.path(), arguments, &[]);
        session.until("Ctrl-D.").types("typed\n").types(END);
        assert_eq!(session.ends().0, Some(0));
        std::fs::write(&file, manifest(std::fs::read_to_string(directory.path().join("raw.txt")).unwrap().trim()))
            .unwrap();
        assert_eq!(opened(directory.path(), "k"), value, "{arguments:?}");
    }
    let mut session = Session::start(directory.path(), &["set", "sealed.yaml", "l", "--cert", "a.crt"], &[]);
    session.until("the value to seal").types("set\n").types(END);
    assert_eq!(session.ends().0, Some(0));
    assert_eq!(opened(directory.path(), "l"), "set");
}

fn opened(directory: &std::path::Path, key: &str) -> String {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_waxseal"))
        .args(["unseal", "-k", "a.key", "sealed.yaml", "--output-value", key])
        .current_dir(directory)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}
