//! What a row tells of its run.

use std::collections::BTreeMap;

/// What was injected, how often, and what was observed.
#[derive(Debug, Default)]
pub struct Report {
    injected: BTreeMap<String, u64>,
    observed: Vec<String>,
}

impl Report {
    /// Counts something that was done to the system.
    pub fn injected(&mut self, what: &str, times: u64) {
        if times > 0 {
            *self.injected.entry(what.to_owned()).or_default() += times;
        }
    }

    /// Counts all that a proxy did.
    pub fn injected_by(&mut self, proxy: &crate::proxy::Proxy) {
        for (what, times) in proxy.injected() {
            self.injected(what, times);
        }
    }

    /// Notes something that was seen, as it is to stand in the table.
    pub fn observed(&mut self, what: impl Into<String>) {
        self.observed.push(what.into());
    }

    /// `3 × SIGKILL, 1 × compaction`.
    pub fn faults(&self) -> String {
        let parts: Vec<String> = self.injected.iter().map(|(what, times)| format!("{times} × {what}")).collect();
        parts.join(", ")
    }

    /// The observations, one after the other.
    pub fn observations(&self) -> String {
        self.observed.join("; ")
    }
}
