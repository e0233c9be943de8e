//! A program at a terminal of its own, and the person in front of it.

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::{Child, Command};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

/// How long a program on a busy machine may take to say something.
const LIMIT: Duration = Duration::from_mins(1);

/// Ctrl-D on an empty line.
pub(crate) const END: &str = "\u{4}";

pub(crate) struct Session {
    person: File,
    chunks: Receiver<Vec<u8>>,
    /// Everything that has been shown.
    shown: String,
    /// How much of it was waited for.
    seen: usize,
    child: Child,
}

impl Session {
    /// Starts `waxseal` with a controlling terminal, which is also its standard input, output and error.
    pub(crate) fn start(directory: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Self {
        let (person, program) = terminal();
        let child = Command::new("setsid")
            .args(["--ctty", "--wait", env!("CARGO_BIN_EXE_waxseal")])
            .args(arguments)
            .current_dir(directory)
            .env_clear()
            .env("PATH", "/usr/local/bin:/usr/bin:/bin")
            .env("HOME", directory)
            .env("TERM", "xterm")
            .envs(variables.iter().copied())
            .stdin(program.try_clone().unwrap())
            .stdout(program.try_clone().unwrap())
            .stderr(program)
            .spawn()
            .unwrap();
        let (sender, chunks) = channel();
        let mut screen = person.try_clone().unwrap();
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            // When the program is gone, the terminal reports an error.
            while let Ok(length) = screen.read(&mut buffer) {
                if length == 0 || sender.send(buffer[..length].to_vec()).is_err() {
                    return;
                }
            }
        });
        Self { person, chunks, shown: String::new(), seen: 0, child }
    }

    /// Waits until the text is shown, after what was waited for before.
    pub(crate) fn until(&mut self, text: &str) -> &mut Self {
        let end = Instant::now() + LIMIT;
        loop {
            if let Some(at) = self.shown[self.seen..].find(text) {
                self.seen += at + text.len();
                return self;
            }
            match self.chunks.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(chunk) => self.shown.push_str(&String::from_utf8_lossy(&chunk)),
                Err(error) => panic!("{text:?} is not shown: {error}\n{}", self.shown),
            }
        }
    }

    pub(crate) fn types(&mut self, text: &str) -> &mut Self {
        self.person.write_all(text.as_bytes()).unwrap();
        self
    }

    /// Waits for the program's end. Returns its exit code and everything that was shown, line ends as they are in files.
    pub(crate) fn ends(&mut self) -> (Option<i32>, String) {
        let end = Instant::now() + LIMIT;
        loop {
            match self.chunks.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(chunk) => self.shown.push_str(&String::from_utf8_lossy(&chunk)),
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => panic!("it does not end:\n{}", self.shown),
            }
        }
        (self.child.wait().unwrap().code(), self.shown.replace("\r\n", "\n"))
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // After a failed assertion it may still wait for an answer.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A terminal: the end that a person sits at, and the end that programs see.
fn terminal() -> (File, File) {
    let person = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&person).unwrap();
    unlockpt(&person).unwrap();
    let name = ptsname(&person, Vec::new()).unwrap();
    let program = File::options().read(true).write(true).open(name.to_str().unwrap()).unwrap();
    (File::from(person), program)
}
