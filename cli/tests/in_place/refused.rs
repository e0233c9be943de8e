//! What cannot be edited safely is refused with the line, and the file stays as it was.

use std::fs;

use crate::ugly::filled;
use crate::{run, vector, waxseal};

/// The beginning of a SealedSecret `team-a/res-strict`, up to its values.
const HEAD: &str = "apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: {name: res-strict, namespace: team-a}\nspec:\n  encryptedData:\n";

/// Values of which `token` cannot be touched, and the reason.
const VALUES: [(&str, &str); 4] = [
    (
        "    token: @token@\n    password: @password@\n    token: @token@\n",
        "a.yaml:8:5: duplicate key; it is first set on line 6",
    ),
    ("    token: &token @token@\n    password: *token\n", "write"),
    (
        "    <<: {token: @token@}\n    password: @password@\n",
        "a.yaml:6:5: spec.encryptedData.token: the value is merged in by `<<`",
    ),
    (
        "    token: @token@\n  template: *nothing\n",
        "a.yaml:7:13: the alias refers to an anchor that is not set before it",
    ),
];

#[test]
fn what_cannot_be_edited_safely_names_the_line_and_leaves_the_file_alone() {
    let directory = tempfile::tempdir().unwrap();
    fs::write(directory.path().join("value"), "CANARY").unwrap();
    let secret =
        "apiVersion: v1\nkind: Secret\nmetadata: {name: res-strict, namespace: team-a}\nstringData: {token: CANARY}\n";
    fs::write(directory.path().join("secret"), secret).unwrap();
    let (key, old, new) = (vector("a.key"), vector("a.crt"), vector("b.crt"));
    let [key, old, new] = [&key, &old, &new].map(|path| path.to_str().unwrap());
    let commands: [&[&str]; 6] = [
        &["set", "a.yaml", "token", "--from-file", "value", "--cert", old],
        &["unset", "a.yaml", "token"],
        &["edit", "a.yaml", "-k", key, "--cert", old],
        &["reencrypt", "a.yaml", "-k", key, "--cert", new],
        &["promote", "a.yaml", "-k", key, "--to-cert", new, "-w", "a.yaml"],
        &["kubeseal", "-f", "secret", "--merge-into", "a.yaml", "--cert", old],
    ];
    for (values, reason) in VALUES {
        let text = filled(&format!("{HEAD}{values}"));
        for arguments in commands {
            fs::write(directory.path().join("a.yaml"), &text).unwrap();
            let mut command = waxseal(directory.path());
            command.env("EDITOR", "sed -i 's/^  token:.*/  token: CANARY/'").args(arguments);
            let (code, stdout, stderr) = run(&mut command);
            let exit = if arguments[0] == "kubeseal" { 1 } else { 3 };
            assert_eq!(code, Some(exit), "{arguments:?} {values}: {stderr}");
            let points = stderr.contains(reason) && stderr.contains("a.yaml:") && !stderr.contains("a.yaml: a.yaml:");
            assert!(points, "{arguments:?} {values}: {stderr}");
            assert!(!stderr.contains("CANARY") && !stdout.contains("CANARY"), "{arguments:?}");
            assert!(fs::read_to_string(directory.path().join("a.yaml")).unwrap() == text, "{arguments:?} {values}");
        }
    }
}
