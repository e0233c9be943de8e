//! Building one tool with the Go toolchain, once per machine.

use std::collections::VecDeque;
use std::fs::{self, File};
use std::io::{self, BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use sha2::{Digest as _, Sha256};

use super::Tool;

/// Between two lines of progress.
const REPORT: Duration = Duration::from_secs(10);

/// The last lines of a failed build that go into the error.
const TAIL: usize = 30;

/// The path of the tool in the cache. Builds it if it is not there, or waits for the process that is building it.
pub(super) fn cached(tool: &Tool, cache: &Path) -> Result<PathBuf> {
    let bin = cache.join("bin");
    let folder = bin.join(format!("{}-{}", tool.name, key(tool)?));
    let done = folder.join(tool.name);
    if done.is_file() {
        return Ok(done);
    }

    fs::create_dir_all(&folder).with_context(|| format!("creating {}", folder.display()))?;
    // One lock a module, not a tool: what one tool of the module compiles, the next one finds in Go's own cache.
    let lock = File::create(bin.join(format!("{}.lock", tool.module))).context("creating the lock of the cache")?;
    if lock.try_lock().is_err() {
        say(&format!("{}: waiting for another process that is building it", tool.name));
        lock.lock().context("waiting for the lock of the cache")?;
    }
    if done.is_file() {
        return Ok(done);
    }

    let partial = folder.join("partial");
    compile(tool, &partial)?;
    fs::rename(&partial, &done).with_context(|| format!("moving the new {} into place", tool.name))?;
    Ok(done)
}

/// A line on stderr that the test runner does not hold back.
pub(super) fn say(line: &str) {
    // Progress is for a person's eyes; a closed stderr must not fail the build.
    let _ = writeln!(io::stderr(), "[e2e] {line}");
}

pub(super) fn module_dir(tool: &Tool) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("binaries").join(tool.module)
}

/// What the binary is made of: the pinned versions, the toolchain, and the entry in the table.
fn key(tool: &Tool) -> Result<String> {
    let folder = module_dir(tool);
    let mut hash = Sha256::new();
    for file in ["go.mod", "go.sum"] {
        let path = folder.join(file);
        hash.update(fs::read(&path).with_context(|| format!("reading {}", path.display()))?);
    }
    hash.update(go_version(&folder)?);
    hash.update(format!("{tool:?}"));
    let digest = hash.finalize();
    Ok(digest.iter().take(8).fold(String::new(), |key, byte| key + &format!("{byte:02x}")))
}

fn go_version(folder: &Path) -> Result<Vec<u8>> {
    let output = Command::new("go")
        .arg("version")
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .context("running `go version`: the end-to-end tests build Kubernetes and etcd with Go 1.26 or newer; install it, or set KUBEBUILDER_ASSETS")?;
    ensure!(output.status.success(), "`go version` failed: {}", String::from_utf8_lossy(&output.stderr));
    Ok(output.stdout)
}

fn compile(tool: &Tool, target: &Path) -> Result<()> {
    let mut linker = String::from("-s -w");
    for symbol in tool.symbols {
        linker.push_str(" -X ");
        linker.push_str(symbol);
    }
    let child = Command::new("go")
        .args(["build", "-v", "-trimpath", "-buildvcs=false", "-ldflags"])
        .arg(linker)
        .arg("-o")
        .arg(target)
        .arg(tool.package)
        .current_dir(module_dir(tool))
        .env("GOFLAGS", "-mod=readonly")
        .env("CGO_ENABLED", "0")
        .env_remove("GOWORK")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .context("running `go build`")?;
    say(&format!("{}: building {} (once; kept in the cache)", tool.name, tool.package));
    follow(tool, child)
}

/// Reports progress until the build ends. `go build -v` writes a line for each package that it compiles.
fn follow(tool: &Tool, mut child: Child) -> Result<()> {
    let stderr = child.stderr.take().context("stderr of `go build`")?;
    let (send, lines) = mpsc::channel();
    let reader = thread::spawn(move || {
        BufReader::new(stderr).lines().map_while(Result::ok).all(|line| send.send(line).is_ok());
    });

    let start = Instant::now();
    let mut next = start + REPORT;
    let mut seen = 0_u32;
    let mut tail = VecDeque::with_capacity(TAIL);
    loop {
        match lines.recv_timeout(next.saturating_duration_since(Instant::now())) {
            Ok(line) => {
                seen += 1;
                if tail.len() == TAIL {
                    tail.pop_front();
                }
                tail.push_back(line);
            }
            Err(RecvTimeoutError::Timeout) => {
                let seconds = start.elapsed().as_secs();
                let last = tail.back().map_or_else(|| "linking".to_owned(), |line| format!("last {line}"));
                say(&format!("{}: {seconds} s, {seen} packages fetched or compiled, {last}", tool.name));
                next += REPORT;
            }
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    let status = child.wait().context("waiting for `go build`")?;
    if reader.join().is_err() {
        bail!("reading the output of `go build` failed");
    }
    ensure!(status.success(), "building {} failed ({status}):\n{}", tool.package, Vec::from(tail).join("\n"));
    say(&format!("{}: built in {} s", tool.name, start.elapsed().as_secs()));
    Ok(())
}
