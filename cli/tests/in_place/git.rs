//! A real repo: what a reviewer sees in `git diff`.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::{run, vector, waxseal};

const STABLE_KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

const VALUES: usize = 20;

/// A repo with one Secret of twenty values, which is not part of it.
struct Repo {
    directory: tempfile::TempDir,
}

impl Repo {
    fn new() -> Self {
        let repo = Self { directory: tempfile::tempdir().unwrap() };
        repo.git(&["init", "-q", "-b", "main"]);
        repo.git(&["config", "user.name", "Test"]);
        repo.git(&["config", "user.email", "test@example.com"]);
        fs::write(repo.path().join(".gitignore"), "secret.yaml\n").unwrap();
        repo.write_secret(None);
        repo
    }

    fn path(&self) -> &Path {
        self.directory.path()
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        let programs = Path::new(env!("CARGO_BIN_EXE_waxseal")).parent().unwrap().display().to_string();
        command.current_dir(self.path()).env_clear().env("HOME", self.path());
        command.env("PATH", format!("{programs}:/usr/local/bin:/usr/bin:/bin")).env("GIT_CONFIG_NOSYSTEM", "1");
        command
    }

    fn git(&self, arguments: &[&str]) -> String {
        let (code, stdout, stderr) = run(self.command("git").args(arguments));
        assert_eq!(code, Some(0), "git {arguments:?}: {stderr}");
        stdout
    }

    /// Twenty values, one of them another one if it is named.
    fn write_secret(&self, changed: Option<usize>) {
        let mut text =
            "apiVersion: v1\nkind: Secret\nmetadata: {name: db, namespace: team-a}\nstringData:\n".to_owned();
        for at in 0..VALUES {
            let value = if changed == Some(at) { "CANARY-changed" } else { "CANARY" };
            writeln!(text, "  key-{at:02}: {value}-{at}").unwrap();
        }
        fs::write(self.path().join("secret.yaml"), text).unwrap();
    }

    /// Seals into the file, with a stable key or a private key at hand.
    fn seal(&self, file: &str, at_hand: AtHand) {
        let mut seal = waxseal(self.path());
        seal.args(["seal", "secret.yaml", "-w", file, "--cert"]).arg(vector("a.crt"));
        match at_hand {
            AtHand::StableKey => seal.env("WAXSEAL_STABLE_KEY", STABLE_KEY),
            AtHand::PrivateKey => seal.arg("-k").arg(vector("a.key")),
            AtHand::Nothing => &mut seal,
        };
        let (code, _, stderr) = run(&mut seal);
        assert_eq!(code, Some(0), "{stderr}");
    }

    fn commit(&self, message: &str) {
        self.git(&["add", "."]);
        self.git(&["commit", "-q", "-m", message]);
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum AtHand {
    StableKey,
    PrivateKey,
    Nothing,
}

#[test]
fn sealing_twice_gives_an_empty_diff_and_one_changed_value_of_twenty_is_one_line() {
    for at_hand in [AtHand::StableKey, AtHand::PrivateKey] {
        for file in ["db.yaml", "db.json"] {
            let repo = Repo::new();
            repo.seal(file, at_hand);
            let path = repo.path().join(file);
            if file.ends_with("yaml") {
                let text = fs::read_to_string(&path).unwrap();
                let commented = text.replacen("---\n", "---\n# the database\n", 1);
                let commented =
                    commented.replacen("  encryptedData:\n", "  encryptedData: # sealed\n    # twenty\n", 1);
                fs::write(&path, commented.replacen("    key-07", "    # the seventh\n    key-07", 1)).unwrap();
            }
            repo.commit("first");
            repo.seal(file, at_hand);
            assert_eq!(repo.git(&["diff"]), "", "{file} with {at_hand:?}");

            repo.write_secret(Some(7));
            repo.seal(file, at_hand);
            assert_eq!(repo.git(&["diff", "--numstat"]), format!("1\t1\t{file}\n"), "{at_hand:?}");
            let diff = repo.git(&["diff", "-U0"]);
            let changed: Vec<_> = diff.lines().filter(|line| line.starts_with(['+', '-'])).skip(2).collect();
            assert!(changed.iter().all(|line| line.contains("key-07")), "{diff}");
            let mut verify = waxseal(repo.path());
            assert_eq!(run(verify.args(["verify", file, "-k"]).arg(vector("a.key"))).0, Some(0));
        }
    }
}

#[test]
fn a_stable_key_needs_no_old_file_to_give_the_same_one() {
    let repo = Repo::new();
    repo.seal("db.yaml", AtHand::StableKey);
    repo.commit("first");
    fs::remove_file(repo.path().join("db.yaml")).unwrap();
    repo.seal("db.yaml", AtHand::StableKey);
    assert_eq!(repo.git(&["diff"]), "");
    fs::remove_file(repo.path().join("db.yaml")).unwrap();
    repo.seal("db.yaml", AtHand::Nothing);
    assert_eq!(repo.git(&["diff", "--numstat"]), format!("{VALUES}\t{VALUES}\tdb.yaml\n"), "without one all differs");
}

#[test]
fn after_git_setup_a_diff_names_what_changed_and_shows_no_ciphertext_and_no_plaintext() {
    let repo = Repo::new();
    repo.seal("db.yaml", AtHand::StableKey);
    let (code, _, stderr) = run(repo.command("waxseal").arg("git-setup"));
    assert_eq!(code, Some(0), "{stderr}");
    repo.commit("first");
    repo.write_secret(Some(3));
    repo.seal("db.yaml", AtHand::StableKey);

    let diff = repo.git(&["diff", "-U0"]);
    let lines: Vec<_> = diff.lines().skip(5).collect();
    let [before, after] = lines.as_slice() else { panic!("{diff}") };
    for (line, sign) in [(before, "-"), (after, "+")] {
        assert!(line.starts_with(&format!("{sign}    key-03: sealed ")), "{diff}");
        assert!(line.ends_with(", strict, key SHA256:/Vd0v5dKhg2RGG2vUH560WxjbPa7KhRQ5b2b2QuQhEc"), "{diff}");
    }
    assert_ne!(before[1..], after[1..]);
    assert!(!diff.contains("CANARY") && diff.lines().all(|line| line.len() < 200), "{diff}");

    let shown = format!("waxseal textconv --show-plaintext -k {}", vector("a.key").display());
    let diff = repo.git(&["-c", &format!("diff.waxseal.textconv={shown}"), "diff", "-U0"]);
    assert!(diff.ends_with("-    key-03: CANARY-3\n+    key-03: CANARY-changed-3\n"), "{diff}");

    let before = fs::read_to_string(repo.path().join(".gitattributes")).unwrap();
    assert_eq!(before, "*.yaml diff=waxseal\n*.yml diff=waxseal\n*.json diff=waxseal\n");
    assert_eq!(run(repo.command("waxseal").arg("git-setup")).0, Some(0));
    assert_eq!(fs::read_to_string(repo.path().join(".gitattributes")).unwrap(), before, "nothing is done twice");
}

#[test]
fn log_lists_the_commits_in_which_a_value_changed() {
    let repo = Repo::new();
    repo.seal("db.yaml", AtHand::PrivateKey);
    repo.commit("make it");
    repo.write_secret(Some(5));
    repo.seal("db.yaml", AtHand::PrivateKey);
    repo.commit("change five");
    repo.write_secret(Some(6));
    repo.seal("db.yaml", AtHand::PrivateKey);
    repo.commit("change five back, and six");
    fs::create_dir(repo.path().join("below")).unwrap();
    repo.git(&["mv", "db.yaml", "below/moved.yaml"]);
    repo.commit("move it");
    repo.git(&["checkout", "-q", "-b", "side"]);
    repo.write_secret(Some(9));
    repo.seal("below/moved.yaml", AtHand::PrivateKey);
    repo.commit("change nine, and six back, at the side");
    repo.git(&["checkout", "-q", "main"]);
    fs::write(repo.path().join("else"), "").unwrap();
    repo.commit("something else");
    repo.git(&["merge", "-q", "--no-edit", "side"]);
    repo.seal("below/moved.yaml", AtHand::Nothing);
    repo.commit("seal all anew");

    let log = |arguments: &[&str]| {
        let (code, stdout, stderr) = run(repo.command("waxseal").arg("log").args(arguments));
        assert_eq!(code, Some(0), "{stderr}");
        assert!(!stdout.contains("CANARY"));
        stdout
    };
    let subjects = |output: &str| -> Vec<String> {
        output.lines().map(|line| line.rsplit("Test: ").next().unwrap().to_owned()).collect()
    };
    let five = log(&["below/moved.yaml", "key-05"]);
    assert_eq!(subjects(&five), ["seal all anew", "change five back, and six", "change five", "make it"]);
    assert!(five.lines().all(|line| line.contains(" SealedSecret team-a/db: ")), "{five}");
    assert!(five.lines().last().unwrap().contains(": added "), "{five}");
    let nine = log(&["below/moved.yaml", "key-09", "--name", "db", "-n", "team-a"]);
    assert_eq!(subjects(&nine), ["seal all anew", "change nine, and six back, at the side", "make it"]);

    // From another folder the file's own repo is asked.
    let file = repo.path().join("below/moved.yaml").display().to_string();
    let (code, stdout, stderr) = run(repo.command("waxseal").current_dir("/").args(["log", &file, "key-09"]));
    assert_eq!((code, stdout), (Some(0), nine), "{stderr}");

    // With the key, what was only sealed anew is told apart.
    let key = vector("a.key").display().to_string();
    let five = log(&["-k", &key, "below/moved.yaml", "key-05"]);
    assert!(five.lines().next().unwrap().contains(": sealed anew "), "{five}");
    assert!(five.lines().nth(1).unwrap().contains(": changed "), "{five}");

    let (code, _, stderr) = run(repo.command("waxseal").args(["log", "below/moved.yaml", "no-such"]));
    assert_eq!(code, Some(3));
    assert!(stderr.starts_with("error: no commit has a value \"no-such\" in below/moved.yaml\n"), "{stderr}");
}
