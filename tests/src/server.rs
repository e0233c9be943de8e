//! One server as a process.

use std::ffi::OsString;
use std::fs::{self, File};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Mutex, MutexGuard};

use anyhow::{Context as _, Result};
use rustix::process::{Pid, Signal, kill_process};

use crate::guard::Guard;
use crate::wait::Hopeless;

/// How much of a log goes into a panic message.
const TAIL_LINES: usize = 25;

/// How to start a server, again and again.
#[derive(Debug, Clone)]
pub(crate) struct Recipe {
    pub(crate) name: &'static str,
    pub(crate) program: PathBuf,
    pub(crate) args: Vec<OsString>,
    pub(crate) env: Vec<(OsString, OsString)>,
    pub(crate) log: PathBuf,
    /// Of a network namespace; empty outside one.
    pub(crate) wrapper: Vec<OsString>,
}

/// A running server; killed on drop.
#[derive(Debug)]
pub(crate) struct Server {
    recipe: Recipe,
    child: Mutex<Child>,
}

impl Server {
    pub(crate) fn start(recipe: Recipe) -> Result<Self> {
        let child = Mutex::new(spawn(&recipe)?);
        Ok(Self { recipe, child })
    }

    /// Kills it if it still runs, and starts it as it was started.
    pub(crate) fn restart(&self) -> Result<()> {
        self.kill()?;
        *self.child() = spawn(&self.recipe)?;
        Ok(())
    }

    /// Sends SIGKILL and waits for the end.
    pub(crate) fn kill(&self) -> Result<()> {
        let mut child = self.child();
        child.kill().with_context(|| format!("killing {}", self.recipe.name))?;
        child.wait().with_context(|| format!("waiting for the end of {}", self.recipe.name))?;
        Ok(())
    }

    pub(crate) fn signal(&self, signal: Signal) -> Result<()> {
        kill_process(self.pid(), signal).with_context(|| format!("sending {signal:?} to {}", self.recipe.name))
    }

    pub(crate) fn pid(&self) -> Pid {
        Pid::from_child(&self.child())
    }

    /// How it ended, or nothing while it runs.
    pub(crate) fn status(&self) -> Result<Option<ExitStatus>> {
        self.child().try_wait().with_context(|| format!("asking for the state of {}", self.recipe.name))
    }

    /// Fails with the end of its log, and for good, if it no longer runs.
    pub(crate) fn check(&self) -> Result<()> {
        if let Some(status) = self.status()? {
            return Err(Hopeless(format!("{} ended ({status}); {}", self.recipe.name, self.tail())).into());
        }
        Ok(())
    }

    pub(crate) fn log(&self) -> &Path {
        &self.recipe.log
    }

    fn child(&self) -> MutexGuard<'_, Child> {
        self.child.lock().expect("no thread panics with this lock")
    }

    /// The last lines of its log, for a person to read.
    pub(crate) fn tail(&self) -> String {
        let text = fs::read(&self.recipe.log).unwrap_or_default();
        let text = String::from_utf8_lossy(&text);
        let lines: Vec<&str> = text.lines().collect();
        let tail = &lines[lines.len().saturating_sub(TAIL_LINES)..];
        format!("the last lines of {}'s log:\n{}", self.recipe.name, tail.join("\n"))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself, and what survives this the guard ends.
        let _ = self.kill();
    }
}

fn spawn(recipe: &Recipe) -> Result<Child> {
    let log = File::options().create(true).append(true).open(&recipe.log);
    let log = log.with_context(|| format!("opening {}", recipe.log.display()))?;
    let mut command = match recipe.wrapper.split_first() {
        Some((first, rest)) => {
            let mut command = Command::new(first);
            command.args(rest).arg(&recipe.program);
            command
        }
        None => Command::new(&recipe.program),
    };
    command
        .args(&recipe.args)
        .env_clear()
        .envs(std::env::vars_os().filter(|(name, _)| name == "PATH"))
        .envs(recipe.env.iter().cloned())
        .stdin(Stdio::null())
        .stdout(log.try_clone().context("sharing a log file")?)
        .stderr(log)
        .process_group(Guard::get().process_group())
        .spawn()
        .with_context(|| format!("starting {} ({})", recipe.name, recipe.program.display()))
}
