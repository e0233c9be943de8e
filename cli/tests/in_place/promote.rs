//! Promotion takes everything along as it is written.

use std::fs;

use crate::ugly::{FILES, marked, unmarked, write_all};
use crate::{run, vector, waxseal};

#[test]
fn promotion_changes_values_and_the_namespace_and_not_one_byte_more() {
    let directory = tempfile::tempdir().unwrap();
    let from = directory.path().join("staging");
    fs::create_dir(&from).unwrap();
    write_all(&from);
    let mut promote = waxseal(directory.path());
    promote.args(["promote", "staging", "-w", "prod", "--to-namespace", "team-b", "-k"]).arg(vector("a.key"));
    let (code, stdout, stderr) = run(promote.arg("--to-cert").arg(vector("b.crt")));
    assert_eq!((code, &*stdout), (Some(0), ""), "{stderr}");
    for (name, before) in FILES {
        let (rest, _) = unmarked(&fs::read_to_string(directory.path().join("prod").join(name)).unwrap());
        assert_eq!(rest, marked(before).replace("team-a", "team-b"), "{name}");
    }
    let (code, stdout, stderr) = run(waxseal(directory.path()).args(["verify", "prod"]).arg("-k").arg(vector("b.key")));
    assert_eq!((code, stdout.lines().count()), (Some(0), FILES.len()), "{stdout}{stderr}");
    assert!(stdout.lines().all(|line| line.ends_with("team-b/res-strict: opens")), "{stdout}");
}
