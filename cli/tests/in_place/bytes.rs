//! What is not meant stays byte for byte, however the file is written.

use std::fs;
use std::path::Path;

use crate::ugly::{FILES, filled, marked, unmarked, values, write_all};
use crate::{run, vector, waxseal};

/// What one key of one file opens to.
fn opened(directory: &Path, file: &str, key: &str, private_key: &str) -> String {
    let mut unseal = waxseal(directory);
    unseal.args(["unseal", file, "--output-value", key, "-k"]).arg(vector(private_key));
    let (code, value, stderr) = run(&mut unseal);
    assert_eq!(code, Some(0), "{file}: {stderr}");
    value
}

#[test]
fn re_encryption_changes_values_and_not_one_byte_more() {
    let directory = tempfile::tempdir().unwrap();
    write_all(directory.path());
    let mut command = waxseal(directory.path());
    command.args(["reencrypt", ".", "--no-hints"]).arg("-k").arg(vector("a.key")).arg("--cert").arg(vector("b.crt"));
    let (code, _, stderr) = run(&mut command);
    assert_eq!(code, Some(0), "{stderr}");
    for (name, before) in FILES {
        let (rest, fresh) = unmarked(&fs::read_to_string(directory.path().join(name)).unwrap());
        assert_eq!(rest, marked(before), "{name}");
        assert!(!fresh.is_empty() && !values().iter().any(|old| fresh.contains(old)), "{name}: an old value");
    }
    let (code, stdout, stderr) = run(waxseal(directory.path()).args(["verify", "."]).arg("-k").arg(vector("b.key")));
    assert_eq!((code, stdout.lines().count()), (Some(0), FILES.len()), "{stdout}{stderr}");
}

#[test]
fn a_value_that_is_set_and_unset_again_leaves_the_file_as_it_was() {
    let directory = tempfile::tempdir().unwrap();
    write_all(directory.path());
    fs::write(directory.path().join("value"), "CANARY").unwrap();
    for (name, before) in FILES {
        let mut set = waxseal(directory.path());
        set.args(["set", name, "z-new", "--no-hints", "--from-file", "value", "--cert"]).arg(vector("a.crt"));
        let (code, stdout, stderr) = run(&mut set);
        assert_eq!(code, Some(0), "{name}: {stderr}");
        assert!(!stdout.contains("CANARY") && !stderr.contains("CANARY"));
        if name != "helm.yaml" {
            assert_eq!(opened(directory.path(), name, "z-new", "a.key"), "CANARY", "{name}");
        }
        let (code, _, stderr) = run(waxseal(directory.path()).args(["unset", name, "z-new"]));
        assert_eq!(code, Some(0), "{name}: {stderr}");
        assert_eq!(fs::read_to_string(directory.path().join(name)).unwrap(), filled(before), "{name}");
    }
}

#[test]
fn a_value_that_is_replaced_is_all_that_changes() {
    let directory = tempfile::tempdir().unwrap();
    write_all(directory.path());
    fs::write(directory.path().join("value"), "CANARY").unwrap();
    for (name, before) in FILES {
        let key = ["token", "username"].into_iter().find(|key| before.contains(&format!("@{key}"))).unwrap();
        let mut set = waxseal(directory.path());
        set.args(["set", name, key, "--no-hints", "--from-file", "value", "--cert"]).arg(vector("a.crt"));
        let (code, _, stderr) = run(&mut set);
        assert_eq!(code, Some(0), "{name}: {stderr}");
        let after = fs::read_to_string(directory.path().join(name)).unwrap();
        let (_, fresh) = unmarked(&after);
        let new: Vec<_> = fresh.iter().filter(|new| !values().iter().any(|old| old.contains(*new))).collect();
        let [new] = new.as_slice() else { panic!("{name}: {} new values", new.len()) };
        let whole = before
            .replace(&format!("@{key}:1@\\\n      @{key}:2@"), &format!("@{key}@"))
            .replace(&format!("@{key}@"), new);
        assert_eq!(after, filled(&whole), "{name}");
    }
}
