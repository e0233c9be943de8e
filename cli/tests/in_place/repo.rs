//! A whole repo at once.

use std::fs;

use crate::{read_vector, run, vector, waxseal};

/// Enough for both cores to have work.
const FILES: usize = 40;

#[test]
fn a_repo_is_re_encrypted_in_parallel_and_a_second_run_has_nothing_to_do() {
    let directory = tempfile::tempdir().unwrap();
    let text = read_vector("res-strict.sealed.yaml");
    for at in 0..FILES {
        let folder = directory.path().join(format!("app-{}", at % 7));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(format!("{at}.yaml")), format!("# file {at}\n{text}")).unwrap();
    }
    fs::write(directory.path().join("ignored.yaml"), &text).unwrap();
    fs::write(directory.path().join(".gitignore"), "ignored.yaml\n").unwrap();
    let reencrypt = || {
        let mut command = waxseal(directory.path());
        command.args(["reencrypt", ".", "--cert"]).arg(vector("b.crt"));
        command.env("WAXSEAL_PRIVATE_KEY", read_vector("keys-backup.json"));
        command
    };
    let (code, stdout, stderr) = run(&mut reencrypt());
    assert_eq!((code, &*stdout), (Some(0), ""), "{stderr}");
    assert_eq!(stderr.lines().filter(|line| line.ends_with(": re-encrypted: 3 values")).count(), FILES);
    assert!(stderr.ends_with("values           120      0       0\n"), "{stderr}");
    assert_eq!(fs::read_to_string(directory.path().join("ignored.yaml")).unwrap(), text);

    let times = || fs::metadata(directory.path().join("app-0/0.yaml")).unwrap().modified().unwrap();
    let before = times();
    let (code, _, stderr) = run(reencrypt().arg("--check"));
    assert_eq!(code, Some(0), "{stderr}");
    let (code, _, stderr) = run(&mut reencrypt());
    assert_eq!(code, Some(0));
    assert!(stderr.ends_with("values             0    120       0\n"), "{stderr}");
    assert_eq!(times(), before, "a file without a change is not written");
}

#[test]
fn a_file_that_cannot_be_written_is_whole_and_the_others_go_on() {
    use std::os::unix::fs::symlink;
    let directory = tempfile::tempdir().unwrap();
    let text = read_vector("res-strict.sealed.yaml");
    fs::create_dir(directory.path().join("target")).unwrap();
    fs::write(directory.path().join("target/real"), &text).unwrap();
    symlink("target/real", directory.path().join("link.yaml")).unwrap();
    fs::write(directory.path().join("plain.yaml"), &text).unwrap();
    let mut command = waxseal(directory.path());
    command.args(["reencrypt", "gone.yaml", "link.yaml", "plain.yaml", "--cert"]).arg(vector("b.crt"));
    let (code, _, stderr) = run(command.arg("-k").arg(vector("a.key")));
    assert_eq!(code, Some(3), "{stderr}");
    assert!(stderr.contains("error: gone.yaml: No such file or directory"), "{stderr}");
    let is_link = fs::symlink_metadata(directory.path().join("link.yaml")).unwrap().file_type().is_symlink();
    assert!(is_link, "a link stays one");
    for file in ["target/real", "plain.yaml"] {
        assert_ne!(fs::read_to_string(directory.path().join(file)).unwrap(), text, "{file}");
    }
}
