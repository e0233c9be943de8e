//! A directory of its own for one session, with the fixtures in it and nothing of this machine.

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Output};

use crate::api_server::ApiServer;
use crate::redact::redacted;

/// What may not show anywhere but where somebody asked for it: as it is, in base64, in hex.
const CANARIES: [&str; 3] = ["CANARY", "Q0FOQVJZ", "43414e415259"];

pub(crate) struct Sandbox {
    directory: tempfile::TempDir,
    server: String,
}

impl Sandbox {
    pub(crate) fn new(api_server: &ApiServer) -> Self {
        let directory = tempfile::Builder::new().prefix("waxseal-golden-").tempdir().unwrap();
        let package = Path::new(env!("CARGO_MANIFEST_DIR"));
        for source in [package.join("tests/fixtures"), package.join("../tests/vectors")] {
            for entry in std::fs::read_dir(source).unwrap() {
                let entry = entry.unwrap();
                std::fs::copy(entry.path(), directory.path().join(entry.file_name())).unwrap();
            }
        }
        let programs = directory.path().join(".bin");
        std::fs::create_dir(&programs).unwrap();
        for name in ["waxseal", "kubeseal", "kubectl-waxseal"] {
            std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_waxseal"), programs.join(name)).unwrap();
        }
        Self { directory, server: api_server.url().to_owned() }
    }

    /// Runs a line of shell and tells what came: standard output as it is, standard error behind `2> `, and an exit code
    /// that is not 0 behind `? `.
    pub(crate) fn run(&self, command: &str) -> String {
        let Output { status, stdout, stderr } = Command::new("sh")
            .args(["-c", command])
            .current_dir(self.directory.path())
            .env_clear()
            .env("PATH", format!("{}/.bin:/usr/local/bin:/usr/bin:/bin", self.directory.path().display()))
            .env("HOME", self.directory.path())
            .env("API", &self.server)
            .stdin(std::process::Stdio::null())
            .output()
            .unwrap();
        let (stdout, stderr) = (String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&stderr));
        let shows = |text: &str| CANARIES.iter().any(|canary| text.contains(canary));
        assert!(!shows(&stderr), "{command}: a value on standard error:\n{stderr}");
        let asked_for = command.contains("unseal") || command.contains("cat ");
        assert!(asked_for || !shows(&stdout), "{command}: a value on standard output:\n{stdout}");
        let mut text = self.tidy(&stdout);
        for line in self.tidy(&stderr).lines() {
            text.push_str(format!("2> {line}").trim_end());
            text.push('\n');
        }
        match status.code() {
            Some(0) => {}
            Some(code) => writeln!(text, "? {code}").unwrap(),
            None => panic!("{command}: {status}"),
        }
        text
    }

    fn tidy(&self, output: &str) -> String {
        let output = output.replace(self.server.trim_start_matches("http://"), "API");
        let output = output.replace(&self.directory.path().display().to_string(), "HOME");
        let mut text = redacted(&output);
        if !text.is_empty() && !text.ends_with('\n') {
            text.push_str(" [no line break]\n");
        }
        text
    }
}
