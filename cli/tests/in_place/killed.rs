//! However `edit` ends, no plaintext stays behind.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::disk::behind;
use crate::{run, vector, waxseal};

/// How long the process that wipes may take on a busy machine.
const LIMIT: Duration = Duration::from_secs(30);

/// `edit` with an editor that tells where the values are, through a pipe, and waits.
struct Running {
    child: Child,
    values: PathBuf,
    home: tempfile::TempDir,
}

impl Running {
    fn start() -> Self {
        let directory = tempfile::tempdir().unwrap();
        fs::copy(vector("res-strict.sealed.yaml"), directory.path().join("a.yaml")).unwrap();
        let pipe = directory.path().join("pipe");
        assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let editor = directory.path().join("editor");
        // As vim does: a swap file beside the file.
        fs::write(&editor, "#!/bin/sh\necho CANARY >> \"$1\"\ncp \"$1\" \"$(dirname \"$1\")/.swp\"\necho \"$1\" > pipe\nexec cat pipe > /dev/null\n")
            .unwrap();
        assert!(Command::new("chmod").arg("+x").arg(&editor).status().unwrap().success());
        // Whoever runs the tests in the background may have had signals ignored, which programs inherit.
        let mut command = behind(directory.path(), "exec env --default-signal=TERM,INT,HUP", &["edit", "a.yaml", "-k"]);
        command.env("EDITOR", "./editor").arg(vector("a.key"));
        command.arg("--cert").arg(vector("a.crt")).stdout(Stdio::null()).stderr(Stdio::null());
        let child = command.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(fs::File::open(&pipe).unwrap()).read_line(&mut line).unwrap();
        let values = PathBuf::from(line.trim_end());
        assert!(fs::read_to_string(&values).unwrap().contains("CANARY"));
        Self { child, values, home: directory }
    }

    fn directory(&self) -> &Path {
        self.values.parent().unwrap()
    }

    fn kill(&self, signal: &str) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args([&format!("-{signal}"), &id]).status().unwrap().success());
    }

    /// Waits until nothing is left, and lets the editor go.
    fn ends_wiped(mut self) -> bool {
        let directory = self.directory().to_owned();
        self.child.wait().unwrap();
        let end = Instant::now() + LIMIT;
        while directory.exists() && Instant::now() < end {
            std::thread::yield_now();
        }
        // The editor waits for a writer of the pipe.
        drop(fs::OpenOptions::new().read(true).write(true).open(self.home.path().join("pipe")));
        !directory.exists()
    }
}

#[test]
fn values_lie_in_memory_and_for_their_owner_only() {
    use std::os::unix::fs::PermissionsExt as _;
    let running = Running::start();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(running.directory()), mode(&running.values)), (0o700, 0o600));
    if Path::new("/dev/shm").is_dir() {
        assert!(running.values.starts_with("/dev/shm"), "{}", running.values.display());
    }
    running.kill("TERM");
    assert!(running.ends_wiped());
}

#[test]
fn values_are_wiped_when_edit_is_terminated() {
    for signal in ["TERM", "INT", "HUP"] {
        let running = Running::start();
        running.kill(signal);
        assert!(running.ends_wiped(), "{signal}");
    }
}

#[test]
fn values_are_wiped_when_edit_is_killed_and_can_do_nothing_any_more() {
    let running = Running::start();
    running.kill("KILL");
    assert!(running.ends_wiped());
}

/// Enough for a run to be killed in the middle of.
const FILES: usize = 400;

#[test]
fn a_re_encryption_that_is_killed_leaves_every_file_whole_and_the_next_run_goes_on() {
    let directory = tempfile::tempdir().unwrap();
    let text = fs::read_to_string(vector("res-strict.sealed.yaml")).unwrap();
    let files: Vec<_> = (0..FILES).map(|at| directory.path().join(format!("{at:03}.yaml"))).collect();
    for file in &files {
        fs::write(file, &text).unwrap();
    }
    let reencrypt = || {
        let mut command = waxseal(directory.path());
        command.args(["reencrypt", ".", "-k"]).arg(vector("keys-backup.json")).arg("--cert").arg(vector("b.crt"));
        command
    };
    let is_done = |file: &PathBuf| fs::read_to_string(file).unwrap() != text;

    let mut child = reencrypt().spawn().unwrap();
    let end = Instant::now() + LIMIT;
    while !files.iter().take(20).all(is_done) {
        assert!(Instant::now() < end, "it does not begin");
        std::thread::yield_now();
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let done = files.iter().filter(|file| is_done(file)).count();
    assert!((20..FILES).contains(&done), "{done} were done when it was killed");
    // A file that is half written would not be read, or not open.
    let (code, stdout, stderr) =
        run(waxseal(directory.path()).args(["verify", ".", "-k"]).arg(vector("keys-backup.json")));
    assert_eq!((code, stdout.lines().count()), (Some(0), FILES), "{stderr}");

    let (code, _, stderr) = run(&mut reencrypt());
    assert_eq!(code, Some(0), "{stderr}");
    let row = |name: &str, changed: usize, kept: usize| format!("{name:6}  {changed:>12}  {kept:>5}  {:>6}\n", 0);
    let rows = row("files", FILES - done, done) + &row("values", (FILES - done) * 3, done * 3);
    assert!(stderr.ends_with(&rows), "{stderr}");
    let (code, stdout, stderr) = run(waxseal(directory.path()).args(["verify", ".", "-k"]).arg(vector("b.key")));
    assert_eq!((code, stdout.lines().count()), (Some(0), FILES), "{stderr}");
}
