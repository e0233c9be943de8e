//! What every Prometheus client says of its process, under the usual names.

use std::fmt;
use std::fs;
use std::sync::OnceLock;

use jiff::Timestamp;
use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, EncodeMetric as _};
use prometheus_client::metrics::MetricType;
use prometheus_client::metrics::counter::ConstCounter;
use prometheus_client::metrics::gauge::ConstGauge;
use rustix::process::{Resource, getrlimit};
use rustix::time::{ClockId, clock_gettime};

/// Reads the process's figures when it is scraped. What the platform does not tell is left out.
#[derive(Debug)]
pub(super) struct Process {
    started: Timestamp,
}

impl Process {
    pub(super) fn new() -> Self {
        static STARTED: OnceLock<Timestamp> = OnceLock::new();
        Self { started: *STARTED.get_or_init(Timestamp::now) }
    }
}

impl Collector for Process {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> Result<(), fmt::Error> {
        let cpu = clock_gettime(ClockId::ProcessCPUTime);
        #[expect(clippy::cast_precision_loss, reason = "the seconds of a process's life are far below 2^52")]
        let cpu_seconds = cpu.tv_sec as f64 + cpu.tv_nsec as f64 / 1e9;
        ConstCounter::new(cpu_seconds).encode(encoder.encode_descriptor(
            "process_cpu_seconds",
            "Total user and system CPU time spent in seconds",
            None,
            MetricType::Counter,
        )?)?;
        let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
        let open_files = fs::read_dir("/proc/self/fd").ok().and_then(|entries| u64::try_from(entries.count()).ok());
        let gauges = [
            (
                "process_start_time_seconds",
                "Start time of the process since unix epoch in seconds",
                u64::try_from(self.started.as_second()).ok(),
            ),
            ("process_resident_memory_bytes", "Resident memory size in bytes", bytes(&status, "VmRSS:")),
            ("process_virtual_memory_bytes", "Virtual memory size in bytes", bytes(&status, "VmSize:")),
            ("process_open_fds", "Number of open file descriptors", open_files),
            ("process_max_fds", "Maximum number of open file descriptors", getrlimit(Resource::Nofile).current),
        ];
        for (name, help, value) in gauges {
            if let Some(value) = value {
                ConstGauge::new(value).encode(encoder.encode_descriptor(name, help, None, MetricType::Gauge)?)?;
            }
        }
        Ok(())
    }
}

/// A line such as `VmRSS:     1234 kB` of proc_pid_status(5), where a kB has 1024 bytes.
fn bytes(status: &str, field: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix(field))?;
    line.split_whitespace().next()?.parse::<u64>().ok()?.checked_mul(1024)
}
