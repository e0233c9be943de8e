//! Network namespaces: a machine's network of one's own, for tests that need an address other than loopback's.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::net::Ipv4Addr;
use std::os::fd::AsFd as _;
use std::panic::resume_unwind;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

use anyhow::{Context as _, Result, ensure};
use rustix::thread::{LinkNameSpaceType, move_into_link_name_space};

use crate::guard::Guard;

/// What to do when namespaces are not to be had.
const REMEDY: &str = "this test runs a cluster in a network namespace of its own, which takes root and iproute2: run \
                      it as root, and install the package `iproute2` (`apt-get install iproute2`, as .ci/run does)";

/// A network namespace, removed on drop.
#[derive(Debug)]
pub struct Netns {
    name: String,
}

impl Netns {
    /// Makes a namespace in which loopback is up and also has `address`.
    ///
    /// The API server's proxies refuse to talk to 127.0.0.0/8, so a test that goes through them gives its server this
    /// other address, which is no one's outside the namespace.
    pub fn with_address(address: Ipv4Addr) -> Result<Self> {
        let guard = Guard::get();
        let name = guard.unique("wxe2e");
        // Before the namespace itself: the sweeper ignores a name that did not come to be.
        File::create(guard.namespaces().join(&name)).context("noting the name of the network namespace")?;
        ip(["netns", "add", &name])?;
        let namespace = Self { name };
        ip(["-n", &namespace.name, "link", "set", "lo", "up"])?;
        ip(["-n", &namespace.name, "address", "add", &format!("{address}/32"), "dev", "lo"])?;
        Ok(namespace)
    }

    /// The arguments, program first, that run a program inside.
    pub fn wrapper(&self) -> [&str; 4] {
        ["ip", "netns", "exec", &self.name]
    }

    /// Calls `act` on a thread inside. The sockets that it makes stay inside, whoever uses them.
    pub fn within<T: Send>(&self, act: impl FnOnce() -> T + Send) -> Result<T> {
        let file = self.open()?;
        let done = thread::scope(|scope| {
            let thread = scope.spawn(|| {
                enter(&file)?;
                Ok(act())
            });
            thread.join()
        });
        done.unwrap_or_else(|panic| resume_unwind(panic))
    }

    pub(super) fn open(&self) -> Result<File> {
        let path = Path::new("/run/netns").join(&self.name);
        File::open(&path).with_context(|| format!("opening {}", path.display()))
    }
}

impl Drop for Netns {
    fn drop(&mut self) {
        // On failure the marker stays, and the sweeper tries again.
        if remove_namespace(OsStr::new(&self.name)).is_ok() {
            let _ = fs::remove_file(Guard::get().namespaces().join(&self.name));
        }
    }
}

/// Moves the calling thread into the namespace, for good.
pub(super) fn enter(namespace: &File) -> Result<()> {
    move_into_link_name_space(namespace.as_fd(), Some(LinkNameSpaceType::Network))
        .context("entering a network namespace")
}

/// Removes the namespace, if it is there.
pub(crate) fn remove_namespace(name: &OsStr) -> Result<()> {
    if Path::new("/run/netns").join(name).exists() {
        ip([OsStr::new("netns"), OsStr::new("delete"), name])?;
    }
    Ok(())
}

fn ip<I: IntoIterator<Item: AsRef<OsStr>>>(args: I) -> Result<()> {
    let mut command = Command::new("ip");
    let output = command.args(args).stdin(Stdio::null()).output().with_context(|| format!("running `ip`; {REMEDY}"))?;
    ensure!(
        output.status.success(),
        "`{command:?}` failed: {}; {REMEDY}",
        String::from_utf8_lossy(&output.stderr).trim_end()
    );
    Ok(())
}
