//! Command-line programs as processes: ours, kubectl, and the original's.

use std::ffi::{OsStr, OsString};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};
use tokio::io::AsyncWriteExt as _;
use tokio::process::Command;
use tokio::time::timeout;

use crate::binaries::{self, Tool};
use crate::guard::{self, Guard};
use crate::net::Netns;

/// After which a program is killed and the test fails.
const LIMIT: Duration = Duration::from_mins(2);

/// A program to be run once. It sees an empty environment but for `PATH` and a `HOME` of its own.
#[derive(Debug)]
pub struct Program {
    name: &'static str,
    path: Result<PathBuf>,
    wrapper: Vec<OsString>,
    args: Vec<OsString>,
    env: Vec<(OsString, OsString)>,
    folder: Option<PathBuf>,
    stdin: Vec<u8>,
}

impl Program {
    /// Our command line.
    pub fn waxseal() -> Self {
        Self::new("waxseal", guard::built("waxseal"))
    }

    /// Our command line under the name `kubeseal`, which selects the compatible grammar.
    pub fn kubeseal() -> Self {
        Self::new("kubeseal", renamed("waxseal", "kubeseal"))
    }

    /// The original's kubeseal.
    pub fn peer_kubeseal() -> Self {
        Self::tool(&binaries::PEER_KUBESEAL)
    }

    /// kubectl.
    pub fn kubectl() -> Self {
        Self::tool(&binaries::KUBECTL)
    }

    /// A pinned program.
    pub fn tool(tool: &'static Tool) -> Self {
        Self::new(tool.name, binaries::find(tool))
    }

    /// Any other program.
    pub fn at(name: &'static str, path: impl Into<PathBuf>) -> Self {
        Self::new(name, Ok(path.into()))
    }

    /// Appends arguments.
    #[must_use]
    pub fn args<I: IntoIterator<Item: AsRef<OsStr>>>(mut self, args: I) -> Self {
        self.args.extend(args.into_iter().map(|arg| arg.as_ref().to_owned()));
        self
    }

    /// Sets a variable.
    #[must_use]
    pub fn env(mut self, name: impl Into<OsString>, value: impl Into<OsString>) -> Self {
        self.env.push((name.into(), value.into()));
        self
    }

    /// Sets `KUBECONFIG`.
    #[must_use]
    pub fn kubeconfig(self, path: &Path) -> Self {
        self.env("KUBECONFIG", path)
    }

    /// Sets the working directory; otherwise it is a new empty one.
    #[must_use]
    pub fn folder(mut self, path: &Path) -> Self {
        self.folder = Some(path.to_owned());
        self
    }

    /// Sets what it reads; otherwise nothing.
    #[must_use]
    pub fn stdin(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.stdin = bytes.into();
        self
    }

    /// Runs it inside a network namespace.
    #[must_use]
    pub fn inside(mut self, namespace: &Netns) -> Self {
        self.wrapper = namespace.wrapper().map(OsString::from).into();
        self
    }

    /// Runs it to its end. Panics when it cannot be started or does not end.
    pub async fn run(self) -> Output {
        let name = self.name;
        self.try_run().await.unwrap_or_else(|error| panic!("running {name}: {error:#}"))
    }

    fn new(name: &'static str, path: Result<PathBuf>) -> Self {
        Self { name, path, wrapper: Vec::new(), args: Vec::new(), env: Vec::new(), folder: None, stdin: Vec::new() }
    }

    async fn try_run(self) -> Result<Output> {
        let guard = Guard::get();
        let home = guard.folder("home")?;
        let program = self.path?;
        let line: Vec<&OsStr> = self
            .wrapper
            .iter()
            .map(OsString::as_os_str)
            .chain([program.as_os_str()])
            .chain(self.args.iter().map(OsString::as_os_str))
            .collect();
        let (first, rest) = line.split_first().context("an empty command line")?;
        let shown = line.join(OsStr::new(" ")).to_string_lossy().into_owned();

        let mut child = Command::new(first)
            .args(rest)
            .env_clear()
            .envs(std::env::vars_os().filter(|(name, _)| name == "PATH"))
            .env("HOME", &home)
            .envs(self.env)
            .current_dir(self.folder.as_ref().unwrap_or(&home))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .process_group(guard.process_group())
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("starting {}", program.display()))?;
        let stdin = child.stdin.take();
        let feed = async {
            if let Some(mut stdin) = stdin {
                // A program that fails early does not read all, and its own message says why.
                let _ = stdin.write_all(&self.stdin).await;
            }
        };
        let ended = timeout(LIMIT, async { tokio::join!(feed, child.wait_with_output()).1 }).await;
        let Ok(ended) = ended else { bail!("`{shown}` did not end within {} s", LIMIT.as_secs()) };
        let ended = ended.with_context(|| format!("waiting for `{shown}`"))?;
        guard::remove(&home)?;
        Ok(Output { command: shown, code: ended.status.code(), stdout: ended.stdout, stderr: ended.stderr })
    }
}

/// What a program wrote, and how it ended.
#[derive(Debug, Clone)]
pub struct Output {
    /// The command line, for messages.
    pub command: String,
    /// The exit code; nothing when a signal ended it.
    pub code: Option<i32>,
    /// Everything from stdout.
    pub stdout: Vec<u8>,
    /// Everything from stderr.
    pub stderr: Vec<u8>,
}

impl Output {
    /// Panics with both outputs unless the program exited 0.
    #[must_use]
    pub fn success(self) -> Self {
        self.exit(0)
    }

    /// Panics with both outputs unless the program exited with this code.
    #[must_use]
    pub fn exit(self, code: i32) -> Self {
        if self.code == Some(code) {
            return self;
        }
        panic!("`{}` was to exit {code}, and exited {:?}\n{}", self.command, self.code, self.texts())
    }

    /// An error with both outputs unless the program exited 0.
    pub fn ok(self) -> Result<Self> {
        ensure!(self.code == Some(0), "`{}` exited {:?}\n{}", self.command, self.code, self.texts());
        Ok(self)
    }

    /// Stdout as text. Panics when it is not UTF-8.
    pub fn stdout_text(&self) -> String {
        String::from_utf8(self.stdout.clone()).unwrap_or_else(|_| panic!("`{}`: stdout is not UTF-8", self.command))
    }

    /// Stderr as text. Panics when it is not UTF-8.
    pub fn stderr_text(&self) -> String {
        String::from_utf8(self.stderr.clone()).unwrap_or_else(|_| panic!("`{}`: stderr is not UTF-8", self.command))
    }

    fn texts(&self) -> String {
        let [out, err] = [&self.stdout, &self.stderr].map(|bytes| String::from_utf8_lossy(bytes));
        format!("stdout:\n{out}\nstderr:\n{err}")
    }
}

/// A link of this name to our command line, for programs that look for it by name.
pub fn link(name: &str) -> PathBuf {
    renamed("waxseal", name).unwrap_or_else(|error| panic!("{error:#}"))
}

/// A link of another name to one of our binaries.
fn renamed(binary: &str, name: &str) -> Result<PathBuf> {
    let link = Guard::get().folder("link")?.join(name);
    symlink(guard::built(binary)?, &link).with_context(|| format!("linking {}", link.display()))?;
    Ok(link)
}
