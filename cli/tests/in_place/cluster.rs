//! Values that are edited without a private key: the cluster's Secret shows them.

use crate::{diff, run, vector, waxseal};

#[test]
fn what_the_clusters_secret_holds_is_edited_and_what_it_lacks_stays_as_it_is() {
    let directory = tempfile::tempdir().unwrap();
    diff::write(directory.path(), &["same"]);
    let before = std::fs::read_to_string(directory.path().join("all.yaml")).unwrap();
    let server = diff::server();
    let edit = |editor: &str| {
        let mut command = waxseal(directory.path());
        command.env("EDITOR", editor).args(["edit", "all.yaml", "--server", &server, "--cert"]).arg(vector("a.crt"));
        run(&mut command)
    };

    let (code, shown, stderr) = edit("cat");
    assert_eq!((code, &*stderr), (Some(0), "all.yaml: nothing was changed\n"));
    assert!(shown.contains("# b: does not open") && shown.ends_with("stringData:\n  a: CANARY\n"), "{shown}");
    assert_eq!(std::fs::read_to_string(directory.path().join("all.yaml")).unwrap(), before);

    let (code, stdout, stderr) = edit("sed -i s/CANARY/CANARY-2/");
    assert_eq!((code, &*stdout), (Some(0), ""));
    assert_eq!(stderr, "all.yaml: SealedSecret team-a/same: a: changed\n");
    let after = std::fs::read_to_string(directory.path().join("all.yaml")).unwrap();
    assert!(after.contains("\"b\":\"CANARY-2\"") && !after.contains("CANARY-1"), "only one value is another one");

    assert_eq!(run(waxseal(directory.path()).args(["unset", "all.yaml", "b"])).0, Some(0));
    let mut unseal = waxseal(directory.path());
    unseal.args(["unseal", "all.yaml", "--output-value", "a", "-k"]).arg(vector("a.key"));
    assert_eq!(run(&mut unseal), (Some(0), "CANARY-2".to_owned(), String::new()));
}
