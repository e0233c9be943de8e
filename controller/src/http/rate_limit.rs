//! How often one peer may ask.

use std::collections::HashMap;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How many peers are remembered, at most: what upstream's table holds.
const MAX_PEERS: usize = 65_536;

/// How many peers there are before the first look for some that can be forgotten.
const FIRST_SWEEP: usize = 1024;

/// A limit for each peer, by the generic cell rate algorithm (ITU-T I.371): requests come `interval` apart on average,
/// and `tolerance` ahead of that at most.
///
/// The peer is the address at the other end of the connection. What a client says of itself (`X-Forwarded-For`) counts
/// for nothing.
pub(super) struct RateLimit {
    interval: Duration,
    tolerance: Duration,
    peers: Mutex<Peers>,
}

struct Peers {
    /// When the next request is due, if they came evenly. A peer whose time has passed need not be remembered.
    due: HashMap<IpAddr, Instant>,
    /// At what size the table is swept next.
    sweep_at: usize,
}

impl RateLimit {
    /// `rate` requests a second, and `burst` more at once.
    pub(super) fn new(rate: NonZeroU32, burst: u32) -> Self {
        let interval = Duration::from_secs(1) / rate.get();
        let peers = Peers { due: HashMap::new(), sweep_at: FIRST_SWEEP };
        Self { interval, tolerance: interval.saturating_mul(burst), peers: Mutex::new(peers) }
    }

    /// Counts a request of `peer` that came `now`, or says how long the peer must wait.
    pub(super) fn check(&self, peer: IpAddr, now: Instant) -> Result<(), Duration> {
        let mut peers = self.peers.lock().unwrap_or_else(PoisonError::into_inner);
        let peer = peer.to_canonical();
        let due = peers.due.get(&peer).copied();
        if due.is_none() && !peers.make_room(now) {
            // Whoever can come from tens of thousands of addresses within a second gets no further.
            return Err(self.interval);
        }
        let due = due.map_or(now, |due| due.max(now));
        let early = due.saturating_duration_since(now);
        if early > self.tolerance {
            return Err(early.saturating_sub(self.tolerance));
        }
        peers.due.insert(peer, due + self.interval);
        Ok(())
    }
}

impl Peers {
    /// Whether there is room for one more peer.
    fn make_room(&mut self, now: Instant) -> bool {
        if self.due.len() >= self.sweep_at {
            self.due.retain(|_, due| *due > now);
            self.due.shrink_to(FIRST_SWEEP);
            // Sweeps cost as much as the table is long, so they come at each doubling.
            self.sweep_at = (self.due.len() * 2).clamp(FIRST_SWEEP, MAX_PEERS);
        }
        self.due.len() < MAX_PEERS
    }
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, Ipv6Addr};

    use super::*;

    const PEER: IpAddr = IpAddr::V4(Ipv4Addr::new(10, 0, 0, 1));

    fn two_a_second() -> RateLimit {
        RateLimit::new(NonZeroU32::new(2).unwrap(), 2)
    }

    #[test]
    fn a_burst_is_let_through_and_then_one_each_interval() {
        let limit = two_a_second();
        let start = Instant::now();
        for _ in 0..3 {
            assert_eq!(limit.check(PEER, start), Ok(()));
        }
        assert_eq!(limit.check(PEER, start), Err(Duration::from_millis(500)));
        let later = start + Duration::from_millis(500);
        assert_eq!(limit.check(PEER, later), Ok(()));
        assert_eq!(limit.check(PEER, later), Err(Duration::from_millis(500)));
        let much_later = start + Duration::from_hours(1);
        assert_eq!((0..9).filter(|_| limit.check(PEER, much_later).is_ok()).count(), 3);
    }

    #[test]
    fn one_peer_does_not_use_up_what_another_has() {
        let limit = two_a_second();
        let now = Instant::now();
        while limit.check(PEER, now).is_ok() {}
        assert_eq!(limit.check(Ipv4Addr::new(10, 0, 0, 2).into(), now), Ok(()));
        let mapped = Ipv4Addr::new(10, 0, 0, 1).to_ipv6_mapped();
        assert!(limit.check(mapped.into(), now).is_err(), "the same peer by its IPv6 name");
    }

    #[test]
    fn the_table_of_peers_is_bounded_and_forgets_who_stays_away() {
        let limit = two_a_second();
        let now = Instant::now();
        let peer = |number: usize| IpAddr::from(Ipv6Addr::from_bits(u128::try_from(number).unwrap() << 64));
        let let_in = (1..=MAX_PEERS + 1000).filter(|number| limit.check(peer(*number), now).is_ok()).count();
        assert_eq!(let_in, MAX_PEERS);
        let later = now + Duration::from_secs(1);
        assert_eq!(limit.check(peer(MAX_PEERS + 1001), later), Ok(()));
        assert_eq!(limit.peers.lock().unwrap().due.len(), 1);
    }
}
