//! The time that the current thread has spent computing.
//!
//! Wall time would fail a harmless template on a container whose CPU quota is spent: the kernel pauses such a process
//! for up to 100 ms at a stretch.

use std::time::Duration;
#[cfg(not(unix))]
use std::time::Instant;

/// Measures the computing time of the thread that it was started on.
pub(crate) struct Stopwatch {
    #[cfg(unix)]
    started: Duration,
    #[cfg(not(unix))]
    started: Instant,
}

#[cfg(unix)]
impl Stopwatch {
    pub(crate) fn start() -> Self {
        Self { started: thread_time() }
    }

    pub(crate) fn elapsed(&self) -> Duration {
        thread_time().saturating_sub(self.started)
    }
}

#[cfg(unix)]
fn thread_time() -> Duration {
    let now = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::try_from(now).unwrap_or_default()
}

#[cfg(not(unix))]
impl Stopwatch {
    pub(crate) fn start() -> Self {
        Self { started: Instant::now() }
    }

    pub(crate) fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }
}
