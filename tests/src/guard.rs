//! Ends what a test process started, and removes its files, however that process ends: by returning, by a panic, by
//! `SIGKILL`.
//!
//! The first server that a test process starts is preceded by a guard, the helper binary `e2e guard DIR`, whose stdin
//! is a pipe from the test process. The guard leads a process group which every server joins. The kernel closes the
//! pipe when the test process ends; the guard then starts a sweeper, which removes the files, and kills its group,
//! itself included. No `Drop` has to run for that, so statics may hold servers.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use rustix::process::{Pid, Signal, getpid, kill_process_group};

use crate::net;

/// How long the sweeper tries to remove files that a dying server may still write to.
const SWEEP: Duration = Duration::from_secs(20);

/// When set, the files of each cluster, its logs among them, are left where they are.
pub const KEEP_FILES: &str = "E2E_KEEP_FILES";

/// The one guard of this process.
#[derive(Debug)]
pub struct Guard {
    root: PathBuf,
    child: Child,
    next: AtomicU32,
}

impl Guard {
    /// The guard of this process, started on first use.
    pub fn get() -> &'static Self {
        static GUARD: OnceLock<Guard> = OnceLock::new();
        GUARD.get_or_init(|| Self::start().unwrap_or_else(|error| panic!("starting the guard: {error:#}")))
    }

    /// A new empty folder, removed at the latest when this process ends.
    pub fn folder(&self, name: &str) -> Result<PathBuf> {
        let path = self.root.join(format!("{name}-{}", self.next.fetch_add(1, Ordering::Relaxed)));
        fs::create_dir(&path).with_context(|| format!("creating {}", path.display()))?;
        Ok(path)
    }

    /// The number of the process group that ends with this process; a child that is to end with it joins.
    pub fn process_group(&self) -> i32 {
        Pid::from_child(&self.child).as_raw_nonzero().get()
    }

    /// A name that no other test process and no earlier call has: `prefix-PID-N`.
    pub fn unique(&self, prefix: &str) -> String {
        format!("{prefix}-{}-{}", std::process::id(), self.next.fetch_add(1, Ordering::Relaxed))
    }

    /// Where the sweeper looks up which network namespaces to remove.
    pub(crate) fn namespaces(&self) -> PathBuf {
        self.root.join("netns")
    }

    fn start() -> Result<Self> {
        let root =
            tempfile::Builder::new().prefix("waxseal-e2e-").tempdir().context("creating a temporary folder")?.keep();
        fs::create_dir(root.join("netns")).context("creating a temporary folder")?;
        let helper = built("e2e")?;
        let child = Command::new(&helper)
            .arg("guard")
            .arg(&root)
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .with_context(|| format!("running {}", helper.display()))?;
        Ok(Self { root, child, next: AtomicU32::new(1) })
    }
}

/// A binary of this workspace, from the folder that the running test or program was built into.
///
/// A test run builds the binaries of its own package only, so the others have to be there, and up to date, already.
pub fn built(name: &str) -> Result<PathBuf> {
    let own = env::current_exe().context("finding the running program")?;
    let mut folder = own.parent().context("finding the folder of the running program")?;
    if matches!(folder.file_name().and_then(OsStr::to_str), Some("deps" | "examples")) {
        folder = folder.parent().context("finding the target folder")?;
    }
    let path = folder.join(name);
    ensure!(
        path.is_file(),
        "{} is not there: run `cargo build --workspace` first, as `cargo xtask test` does",
        path.display()
    );
    Ok(path)
}

/// `e2e guard DIR`: waits for the end of stdin.
pub fn guard(root: &Path) -> Result<()> {
    // An error of the read, too, means that nobody can tell this process any more when its end has come.
    let _ = io::copy(&mut io::stdin().lock(), &mut io::sink());
    let sweeper = own_program()?;
    // Without the sweeper the files stay, but no server may.
    let _ = Command::new(sweeper).arg("sweep").arg(root).stdin(Stdio::null()).process_group(0).spawn();
    kill_process_group(getpid(), Signal::KILL).context("ending the process group")
}

/// The file of the running program, also after a build has put another in its place.
fn own_program() -> Result<PathBuf> {
    let link = Path::new("/proc/self/exe");
    if link.exists() { Ok(link.to_owned()) } else { env::current_exe().context("finding the running program") }
}

/// `e2e sweep DIR`: removes the network namespaces and the files of a test process that has ended.
pub fn sweep(root: &Path) -> Result<()> {
    for entry in fs::read_dir(root.join("netns")).context("listing the network namespaces")? {
        net::remove_namespace(&entry.context("listing the network namespaces")?.file_name())?;
    }
    if env::var_os(KEEP_FILES).is_some() {
        return Ok(());
    }
    remove(root)
}

/// Removes a folder that servers wrote to until a moment ago.
pub(crate) fn remove(folder: &Path) -> Result<()> {
    let limit = Instant::now() + SWEEP;
    loop {
        match fs::remove_dir_all(folder) {
            Ok(()) => return Ok(()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) if Instant::now() > limit => {
                return Err(error).with_context(|| format!("removing {}", folder.display()));
            }
            Err(_) => thread::sleep(Duration::from_millis(100)),
        }
    }
}
