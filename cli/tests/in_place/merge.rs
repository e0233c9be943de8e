//! `kubeseal --merge-into` on files that it used to spoil.

use std::fs;

use crate::ugly::{FILES, filled, write_all};
use crate::{run, vector, waxseal};

const SECRET: &str =
    "apiVersion: v1\nkind: Secret\nmetadata: {name: res-strict, namespace: team-a}\nstringData: {z-new: CANARY}\n";

#[test]
fn an_item_that_is_merged_into_a_file_and_unset_again_leaves_it_as_it_was() {
    let directory = tempfile::tempdir().unwrap();
    write_all(directory.path());
    fs::write(directory.path().join("secret"), SECRET).unwrap();
    for (name, before) in FILES {
        let mut merge = waxseal(directory.path());
        merge.args(["kubeseal", "-f", "secret", "--merge-into", name, "--cert"]).arg(vector("a.crt"));
        assert_eq!(run(&mut merge), (Some(0), String::new(), String::new()), "{name}");
        let after = fs::read_to_string(directory.path().join(name)).unwrap();
        assert!(after.contains("z-new") && !after.contains("CANARY"), "{name}");
        let (code, _, stderr) = run(waxseal(directory.path()).args(["unset", name, "z-new"]));
        assert_eq!(code, Some(0), "{name}: {stderr}");
        assert_eq!(fs::read_to_string(directory.path().join(name)).unwrap(), filled(before), "{name}");
    }
}
