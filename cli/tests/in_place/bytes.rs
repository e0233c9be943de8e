//! What is not meant stays byte for byte, however the file is written.

use std::collections::BTreeSet;

use crate::{read_vector, run, vector, waxseal};

/// The sealed values of the vector, in the order of their keys: `password`, `token`, `username`.
fn values() -> [String; 3] {
    let text = read_vector("res-strict.sealed.yaml");
    ["password", "token", "username"].map(|key| {
        let line = text.lines().find(|line| line.trim_start().starts_with(&format!("{key}: "))).unwrap();
        line.split_once(": ").unwrap().1.to_owned()
    })
}

/// Files that people have, with their values at the places of `@password@` and the others.
const UGLY: [(&str, &str); 5] = [
    (
        "crlf.yaml",
        "# head\r\n---\r\napiVersion: bitnami.com/v1alpha1\r\nkind: SealedSecret\r\nmetadata: {name: res-strict, namespace: 'team-a'} # flow\r\nspec:\r\n  encryptedData:\r\n    token: \"@token@\"   # quoted\r\n\r\n    password: '@password@'",
    ),
    (
        "folded.yaml",
        "kind: SealedSecret\napiVersion: \"bitnami.com/v1alpha1\"\nspec:\n    encryptedData:\n        password: >-\n            @password@\n        # about the token\n        token: |-\n            @token@\n    template:\n        metadata: &m {name: res-strict}\n        data: {\"x\": \"{{ .token }}\"}\nmetadata:\n    name: res-strict\n    namespace: team-a\n\n\n",
    ),
    (
        "list.yaml",
        "apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: ConfigMap\n  metadata: {name: a}\n  data: {k: yes}\n-   apiVersion: bitnami.com/v1alpha1\n    kind: SealedSecret\n    metadata:\n      name: res-strict\n      namespace: team-a\n    spec:\n      encryptedData:\n        username: @username@\n# end",
    ),
    (
        "documents.yaml",
        "--- # first\na: &x [1,   2]\nb: *x\n...\n---\n# Source: chart/x.yaml\napiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata:\n  name: res-strict\n  namespace: team-a\n  labels:\n    'helm.sh/chart':   x\nspec:\n  encryptedData:\n    username:   @username@\n---\n---\n# nothing\n",
    ),
    (
        "object.json",
        "{\"apiVersion\":\"bitnami.com/v1alpha1\",\"kind\":\"SealedSecret\",\n\t\"metadata\": {\"namespace\":\"team-a\" , \"name\":\"res-strict\"},\n\t\"spec\":{ \"encryptedData\": {\"token\" :\"@token@\",\n\"password\":\"@password@\"}}, \"x\": 1.50}",
    ),
];

#[test]
fn re_encryption_changes_values_and_not_one_byte_more() {
    let directory = tempfile::tempdir().unwrap();
    let values = values();
    let names = ["@password@", "@token@", "@username@"];
    for (name, text) in UGLY {
        let text = names.iter().zip(&values).fold(text.to_owned(), |text, (name, value)| text.replace(name, value));
        std::fs::write(directory.path().join(name), text).unwrap();
    }
    let mut command = waxseal(directory.path());
    command.args(["reencrypt", "."]).arg("-k").arg(vector("a.key")).arg("--cert").arg(vector("b.crt"));
    let (code, _, stderr) = run(&mut command);
    assert_eq!(code, Some(0), "{stderr}");
    for (name, before) in UGLY {
        let after = std::fs::read_to_string(directory.path().join(name)).unwrap();
        // With the longest words replaced, nothing else may differ.
        let mut rest = after.clone();
        let mut fresh = BTreeSet::new();
        let mut expected = before.to_owned();
        for placeholder in names {
            expected = expected.replace(placeholder, "@");
        }
        for word in
            after.split(|c: char| !(c.is_ascii_alphanumeric() || "+/=".contains(c))).filter(|word| word.len() > 300)
        {
            assert!(!values.iter().any(|value| value == word), "{name}: an old value");
            fresh.insert(word.to_owned());
            rest = rest.replace(word, "@");
        }
        assert!(!fresh.is_empty());
        assert_eq!(rest, expected, "{name}");
    }
    let (code, stdout, stderr) = run(waxseal(directory.path()).args(["verify", "."]).arg("-k").arg(vector("b.key")));
    assert_eq!((code, stdout.lines().count()), (Some(0), UGLY.len()), "{stdout}{stderr}");
}

#[test]
fn a_value_that_is_set_and_unset_again_leaves_the_file_as_it_was() {
    let directory = tempfile::tempdir().unwrap();
    let values = values();
    for (name, text) in UGLY {
        let text = ["@password@", "@token@", "@username@"]
            .iter()
            .zip(&values)
            .fold(text.to_owned(), |text, (name, value)| text.replace(name, value));
        let path = directory.path().join(name);
        std::fs::write(&path, &text).unwrap();
        std::fs::write(directory.path().join("value"), "CANARY").unwrap();
        let mut set = waxseal(directory.path());
        set.args(["set", name, "z-new", "--from-file", "value", "--cert"]).arg(vector("a.crt"));
        let (code, stdout, stderr) = run(&mut set);
        assert_eq!(code, Some(0), "{name}: {stderr}");
        assert!(!stdout.contains("CANARY") && !stderr.contains("CANARY"));
        let (code, stdout, stderr) = run(waxseal(directory.path())
            .args(["unseal", name, "--output-value", "z-new"])
            .arg("-k")
            .arg(vector("a.key")));
        assert_eq!((code, &*stdout), (Some(0), "CANARY"), "{name}: {stderr}");
        let (code, _, stderr) = run(waxseal(directory.path()).args(["unset", name, "z-new"]));
        assert_eq!(code, Some(0), "{name}: {stderr}");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), text, "{name}");
    }
}
