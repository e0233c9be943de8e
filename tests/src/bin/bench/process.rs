//! What a process has used, as the kernel counts it.

use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};

/// CPU time and memory.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Usage {
    /// User and system time.
    pub(crate) cpu: Duration,
    /// The most memory that was resident, in bytes.
    pub(crate) peak: u64,
}

/// Clock ticks a second in /proc, which Linux fixes at 100 for user space.
const TICKS: u64 = 100;

impl Usage {
    /// Of a running process.
    pub(crate) fn of(pid: i32) -> Result<Self> {
        let read = |file: &str| {
            let path = format!("/proc/{pid}/{file}");
            fs::read_to_string(&path).with_context(|| format!("reading {path}"))
        };
        let stat = read("stat")?;
        // The second field is the name, in parentheses, and may hold anything.
        let fields: Vec<_> = stat.rsplit_once(')').context("reading stat")?.1.split_whitespace().collect();
        let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<u64>().ok()).context("reading stat");
        let cpu = Duration::from_millis((ticks(11)? + ticks(12)?) * 1000 / TICKS);

        let status = read("status")?;
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB"));
        let peak = peak.and_then(|kib| kib.trim().parse::<u64>().ok()).context("reading VmHWM")? * 1024;
        Ok(Self { cpu, peak })
    }
}

/// How long one run of a command takes. Its output is thrown away.
pub(crate) fn time(command: &mut Command, input: Option<&std::path::Path>) -> Result<Duration> {
    let stdin = match input {
        None => Stdio::null(),
        Some(path) => fs::File::open(path).with_context(|| format!("opening {}", path.display()))?.into(),
    };
    command.stdin(stdin).stdout(Stdio::null()).stderr(Stdio::piped());
    let start = Instant::now();
    let child = command.spawn().with_context(|| format!("starting {}", command.get_program().display()))?;
    let output = child.wait_with_output().context("waiting for the program")?;
    let took = start.elapsed();
    ensure!(output.status.success(), "{:?} failed: {}", command, String::from_utf8_lossy(&output.stderr));
    Ok(took)
}

/// The median of several runs.
pub(crate) fn median_of(runs: usize, mut run: impl FnMut() -> Result<Duration>) -> Result<Duration> {
    let mut times = (0..runs).map(|_| run()).collect::<Result<Vec<_>>>()?;
    times.sort_unstable();
    times.get(runs / 2).copied().context("no run")
}
