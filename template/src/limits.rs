//! What one render may use, and the meter that holds it to that.

use std::cell::Cell;
use std::time::Duration;

use crate::clock::Stopwatch;
use crate::reason::{Reason, Res};

/// What one render may use. Every limit ends the render with a fixed reason; nothing is cut short silently.
///
/// The defaults fit any template whose result fits into a Secret (1 MiB), with room to spare, and end a hostile one
/// within 100 ms and 64 MiB.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of template source. The default is what a request to etcd may take.
    pub source: usize,
    /// Bytes of output.
    pub output: usize,
    /// Units of work. One unit is about one evaluated node of the template, or 32 bytes that a function reads.
    pub steps: u64,
    /// Bytes that all values made by the render take together, whether or not they are still in use. Because nothing
    /// is given back, this also bounds what is held at any one time.
    pub memory: usize,
    /// Constructs inside one another: blocks, parentheses, templates that call templates, lists in lists.
    pub depth: u32,
    /// Time that the rendering thread spends computing. Waiting for a busy machine does not count, nor do the calls
    /// that [`Limits::slow_calls`] counts.
    pub time: Duration,
    /// Calls that are slow on purpose: password hashes and key generation. One bcrypt hash (`htpasswd`, `bcrypt`) costs
    /// 1, `derivePassword` 4, an RSA key of 2048 bits 4, one of 4096 bits 16.
    pub slow_calls: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            source: 3 << 19,
            output: 4 << 20,
            steps: 2_000_000,
            memory: 32 << 20,
            depth: 1_000,
            time: Duration::from_millis(60),
            slow_calls: 20,
        }
    }
}

/// Bytes of stack that a render may take, whatever the depth: half of what a thread of tokio has. Only an unoptimised
/// build comes near it within the default depth.
const STACK: usize = 1 << 20;

/// About where the top of the stack is.
fn stack_top() -> usize {
    let marker = 0_u8;
    std::ptr::from_ref(&marker).addr()
}

/// Units of work between two looks at the clock.
const CLOCK_INTERVAL: u64 = 256;

/// Counts what a render uses.
pub(crate) struct Meter {
    limits: Limits,
    steps: Cell<u64>,
    clock_due: Cell<u64>,
    memory: Cell<usize>,
    slow_calls: Cell<u32>,
    depth: Cell<u32>,
    excused: Cell<Duration>,
    watch: Stopwatch,
    stack: usize,
}

impl Meter {
    pub(crate) fn new(limits: Limits) -> Self {
        Self {
            limits,
            steps: Cell::new(0),
            clock_due: Cell::new(CLOCK_INTERVAL),
            memory: Cell::new(0),
            slow_calls: Cell::new(0),
            depth: Cell::new(0),
            excused: Cell::new(Duration::ZERO),
            watch: Stopwatch::start(),
            stack: stack_top(),
        }
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Accounts for `units` of work that is about to be done.
    pub(crate) fn work(&self, units: usize) -> Res<()> {
        let steps = self.steps.get().saturating_add(units as u64);
        self.steps.set(steps);
        if steps > self.limits.steps {
            return Err(Reason::TooManySteps);
        }
        if steps >= self.clock_due.get() {
            self.clock_due.set(steps + CLOCK_INTERVAL);
            if self.watch.elapsed() > self.limits.time + self.excused.get() {
                return Err(Reason::TooLong);
            }
        }
        Ok(())
    }

    /// Accounts for reading `bytes` bytes.
    pub(crate) fn read(&self, bytes: usize) -> Res<()> {
        self.work(1 + bytes / 32)
    }

    /// Accounts for memory that is about to be taken.
    pub(crate) fn take(&self, bytes: usize) -> Res<()> {
        let memory = self.memory.get().saturating_add(bytes);
        if memory > self.limits.memory {
            return Err(Reason::TooMuchMemory);
        }
        self.memory.set(memory);
        self.work(1 + bytes / 128)
    }

    /// Whether there is room for memory that is given back at once: as much again as may be held.
    pub(crate) fn fits(&self, bytes: usize) -> Res<()> {
        let most = self.limits.memory.saturating_mul(2);
        if self.memory.get().saturating_add(bytes) > most { Err(Reason::TooMuchMemory) } else { Ok(()) }
    }

    /// Runs `inner` one level deeper.
    pub(crate) fn nested<T, E: From<Reason>>(&self, inner: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        let depth = self.depth.get();
        if depth >= self.limits.depth || self.stack.abs_diff(stack_top()) > STACK {
            return Err(Reason::TooDeep.into());
        }
        self.depth.set(depth + 1);
        let result = inner();
        self.depth.set(depth);
        result
    }

    /// Runs a call that is slow on purpose: its time does not count, the number of such calls does.
    pub(crate) fn slow<T>(&self, cost: u32, call: impl FnOnce() -> T) -> Res<T> {
        let calls = self.slow_calls.get().saturating_add(cost);
        if calls > self.limits.slow_calls {
            return Err(Reason::TooManySlowCalls);
        }
        self.slow_calls.set(calls);
        let before = self.watch.elapsed();
        let result = call();
        self.excused.set(self.excused.get() + self.watch.elapsed().saturating_sub(before));
        Ok(result)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_beyond_the_limit_is_refused() {
        let meter = Meter::new(Limits { steps: 10, ..Limits::default() });
        assert_eq!(meter.work(10), Ok(()));
        assert_eq!(meter.work(1), Err(Reason::TooManySteps));
    }

    #[test]
    fn memory_is_not_given_back() {
        let meter = Meter::new(Limits { memory: 10, ..Limits::default() });
        assert_eq!(meter.take(6), Ok(()));
        assert_eq!(meter.take(6), Err(Reason::TooMuchMemory));
        assert_eq!(meter.take(4), Ok(()));
    }

    #[test]
    fn a_counter_that_would_overflow_is_refused() {
        let meter = Meter::new(Limits::default());
        assert_eq!(meter.work(usize::MAX), Err(Reason::TooManySteps));
        assert_eq!(meter.take(usize::MAX), Err(Reason::TooMuchMemory));
    }

    #[test]
    fn the_time_of_slow_calls_does_not_count_but_their_number_does() {
        let meter = Meter::new(Limits { time: Duration::from_millis(50), slow_calls: 2, ..Limits::default() });
        let busy = || {
            let watch = Stopwatch::start();
            while watch.elapsed() < Duration::from_millis(60) {
                std::hint::spin_loop();
            }
        };
        assert_eq!(meter.slow(2, busy), Ok(()));
        assert_eq!(meter.work(usize::try_from(CLOCK_INTERVAL).unwrap()), Ok(()));
        assert_eq!(meter.slow(1, || ()), Err(Reason::TooManySlowCalls));
    }
}
