//! The rows.

mod clock;
mod compaction;
mod conflict;
mod deletion;
mod disk;
mod flood;
mod hands;
mod leaders;
mod outage;
mod restore;
mod stop;
mod weather;

use std::pin::Pin;

use super::{Dose, Report};

/// One line of what must hold.
#[derive(Debug)]
pub struct Row {
    /// What it is called on a command line.
    pub name: &'static str,
    /// What must hold.
    pub holds: &'static str,
    /// Injects the faults; panics if it does not hold.
    pub run: fn(Dose) -> Pin<Box<dyn Future<Output = Report>>>,
}

/// Every row that needs a running system.
pub const ROWS: &[Row] = &[
    Row {
        name: "outage",
        holds: "all converge after the API server was away; no Secret is made twice; the controller goes on",
        run: |dose| Box::pin(outage::run(dose)),
    },
    Row {
        name: "compaction",
        holds: "a watch that is told 410 Gone lists again and misses no deletion of the gap",
        run: |dose| Box::pin(compaction::run(dose)),
    },
    Row {
        name: "conflict",
        holds: "beside a concurrent editor, foreign labels, annotations and keys survive under patch",
        run: |dose| Box::pin(conflict::run(dose)),
    },
    Row {
        name: "leaders",
        holds: "a leader that is killed, paused, cut off or stopped is followed within the Lease; one key, no Secret lost",
        run: |dose| Box::pin(leaders::run(dose)),
    },
    Row {
        name: "clock",
        holds: "a clock that jumps makes no storm of keys, and the newest key stays the newest",
        run: |dose| Box::pin(clock::run(dose)),
    },
    Row {
        name: "restore",
        holds: "after etcd was put back, Secrets are as they were then, are adopted under new uids, and none is collected",
        run: |dose| Box::pin(restore::run(dose)),
    },
    Row {
        name: "hands",
        holds: "a Secret that is edited or deleted by hand is put back; a namespace that goes makes no storm",
        run: |dose| Box::pin(hands::run(dose)),
    },
    Row {
        name: "deletion",
        holds: "a SealedSecret that is deleted during its reconcile leaves no Secret behind",
        run: |dose| Box::pin(deletion::run(dose)),
    },
    Row {
        name: "stop",
        holds: "SIGTERM or SIGKILL between any two API calls leaves nothing half done; SIGTERM gives the Lease up",
        run: |dose| Box::pin(stop::run(dose)),
    },
    Row {
        name: "weather",
        holds: "through delays, cuts, truncated answers and 409, 410, 429, 500, all converge",
        run: |dose| Box::pin(weather::run(dose)),
    },
    Row {
        name: "flood",
        holds: "thousands of connections, huge and slow bodies and forged addresses: memory is bounded, the certificate served",
        run: |dose| Box::pin(flood::run(dose)),
    },
    Row {
        name: "disk",
        holds: "on a full disk, and killed in mid-write, a file is the old one or the new one, whole",
        run: |dose| Box::pin(disk::run(dose)),
    },
];

impl Row {
    /// The row of that name.
    pub fn named(name: &str) -> Option<&'static Self> {
        ROWS.iter().find(|row| row.name == name)
    }
}
