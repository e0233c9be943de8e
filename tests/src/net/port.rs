//! TCP ports for servers.

use std::collections::hash_map::RandomState;
use std::env;
use std::fmt;
use std::fs::{self, File};
use std::hash::{BuildHasher as _, Hasher as _};
use std::net::{Ipv4Addr, TcpListener};

use anyhow::{Context as _, Result, bail};
use rustix::process::getuid;

/// Below the range from which the kernel takes the ports of outgoing connections (32768 and up): one of those could
/// hold a server's port while that server restarts.
const RANGE: std::ops::Range<u16> = 20_000..32_000;

/// A port on loopback that the kernel says is free, and that no other test process takes while this value lives: a
/// server that is killed gets it back.
#[derive(Debug)]
pub struct Port {
    number: u16,
    _lock: File,
}

impl Port {
    /// Finds and reserves a port.
    pub fn reserve() -> Result<Self> {
        let folder = env::temp_dir().join(format!("waxseal-e2e-ports-{}", getuid().as_raw()));
        fs::create_dir_all(&folder).with_context(|| format!("creating {}", folder.display()))?;

        // Processes that start at one time begin their search in different places.
        let offset = RandomState::new().build_hasher().finish();
        let size = RANGE.end - RANGE.start;
        let start = u16::try_from(offset % u64::from(size)).context("a remainder of a u16")?;
        for step in 0..size {
            let number = RANGE.start + (start + step) % size;
            let lock = File::create(folder.join(number.to_string())).context("creating the lock of a port")?;
            if lock.try_lock().is_ok() && TcpListener::bind((Ipv4Addr::LOCALHOST, number)).is_ok() {
                return Ok(Self { number, _lock: lock });
            }
        }
        bail!("no port from {} to {} is free on loopback", RANGE.start, RANGE.end)
    }

    /// The port's number.
    pub fn number(&self) -> u16 {
        self.number
    }
}

impl fmt::Display for Port {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.number.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn reserved_ports_differ_and_can_be_listened_on() {
        let ports: Vec<Port> = (0..50).map(|_| Port::reserve().unwrap()).collect();
        let numbers: BTreeSet<u16> = ports.iter().map(Port::number).collect();
        assert_eq!(numbers.len(), ports.len());
        let listeners: Vec<_> = numbers.iter().map(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, *port))).collect();
        assert!(listeners.iter().all(Result::is_ok));
    }
}
