//! Go's package time: instants, zones, durations, layouts.

pub(crate) mod civil;
pub(crate) mod duration;
pub(crate) mod format;
mod layout;
pub(crate) mod parse;
pub(crate) mod zone;

use std::rc::Rc;
use std::sync::LazyLock;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

pub(crate) use zone::Zone;

/// Nanoseconds in a second.
pub(crate) const SECOND: i64 = 1_000_000_000;

/// An instant with the zone that it is shown in: Go's `time.Time`.
#[derive(Clone)]
pub(crate) struct Moment {
    /// Seconds since 1970.
    pub(crate) seconds: i64,
    /// Nanoseconds since then, below one second.
    pub(crate) nanos: u32,
    pub(crate) zone: Rc<Zone>,
    /// Nanoseconds since the process started, where the instant comes from the clock.
    pub(crate) monotonic: Option<i64>,
}

/// What Go counts its monotonic clock from.
static STARTED: LazyLock<Instant> = LazyLock::new(Instant::now);

impl Moment {
    pub(crate) fn now() -> Self {
        let monotonic = i64::try_from(STARTED.elapsed().as_nanos()).unwrap_or(i64::MAX);
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Self {
            seconds: i64::try_from(since.as_secs()).unwrap_or(i64::MAX),
            nanos: since.subsec_nanos(),
            zone: Rc::new(Zone::Local),
            monotonic: Some(monotonic + 1),
        }
    }

    /// Seconds since 1970, in the local zone.
    pub(crate) fn unix(seconds: i64) -> Self {
        Self { seconds, nanos: 0, zone: Rc::new(Zone::Local), monotonic: None }
    }

    /// Go's zero time: the beginning of the year 1.
    pub(crate) fn zero() -> Self {
        Self { seconds: -62_135_596_800, nanos: 0, zone: Rc::new(Zone::Utc), monotonic: None }
    }

    pub(crate) fn is_zero(&self) -> bool {
        (self.seconds, self.nanos) == (Self::zero().seconds, 0)
    }

    /// The same instant shown in another zone.
    pub(crate) fn in_zone(&self, zone: Rc<Zone>) -> Self {
        Self { zone, monotonic: None, ..self.clone() }
    }

    /// The instant `nanos` nanoseconds later.
    pub(crate) fn plus(&self, nanos: i64) -> Self {
        let total = i64::from(self.nanos) + nanos % SECOND;
        let seconds = self.seconds.wrapping_add(nanos / SECOND).wrapping_add(total.div_euclid(SECOND));
        Self {
            seconds,
            nanos: u32::try_from(total.rem_euclid(SECOND)).unwrap_or(0),
            zone: Rc::clone(&self.zone),
            monotonic: self.monotonic.and_then(|monotonic| monotonic.checked_add(nanos)),
        }
    }

    /// Nanoseconds from `earlier` to here, at most as many as fit.
    pub(crate) fn since(&self, earlier: &Self) -> i64 {
        let nanos = match (self.monotonic, earlier.monotonic) {
            (Some(later), Some(earlier)) => i128::from(later) - i128::from(earlier),
            _ => self.unix_nanos() - earlier.unix_nanos(),
        };
        i64::try_from(nanos).unwrap_or(if nanos < 0 { i64::MIN } else { i64::MAX })
    }

    pub(crate) fn unix_nanos(&self) -> i128 {
        i128::from(self.seconds) * i128::from(SECOND) + i128::from(self.nanos)
    }

    /// Whether both are the same instant, whatever their zones.
    pub(crate) fn is_same_instant(&self, other: &Self) -> bool {
        self.unix_nanos() == other.unix_nanos()
    }

    /// Whether all fields are equal, which is what Go's `==` asks.
    pub(crate) fn is_identical(&self, other: &Self) -> bool {
        self.is_same_instant(other) && self.monotonic == other.monotonic && *self.zone == *other.zone
    }

    /// The same time of day on another date, as Go's `AddDate` normalizes it.
    pub(crate) fn plus_date(&self, years: i64, months: i64, days: i64) -> Option<Self> {
        let civil = self.civil();
        let in_range = |number: i64| (-1_000_000..1_000_000_000).contains(&number).then_some(number);
        let (years, months, days) = (in_range(years)?, in_range(months)?, in_range(days)?);
        let days = civil::days_from_civil(civil.year + years, civil.month + months, civil.day + days);
        let wall = days.checked_mul(86_400)?.checked_add(civil.hour * 3600 + civil.minute * 60 + civil.second)?;
        // The offset in force there decides; it is looked up twice because it depends on the instant it leads to.
        let guess = wall.checked_sub(i64::from(self.offset()))?;
        let seconds = wall.checked_sub(i64::from(self.zone.at(guess).0))?;
        Some(Self { seconds, monotonic: None, ..self.clone() })
    }

    /// The multiple of `unit` nanoseconds since the year 1 that is the last before this, or the nearest.
    pub(crate) fn to_multiple(&self, unit: i64, nearest: bool) -> Self {
        let stripped = Self { monotonic: None, ..self.clone() };
        if unit <= 0 {
            return stripped;
        }
        let since_zero = self.unix_nanos() - Self::zero().unix_nanos();
        let rest = i64::try_from(since_zero.rem_euclid(i128::from(unit))).unwrap_or(0);
        let up = nearest && rest >= unit - rest;
        stripped.plus(if up { unit - rest } else { -rest })
    }

    /// Date and time of day in the moment's zone.
    pub(crate) fn civil(&self) -> civil::Civil {
        civil::Civil::of(self.seconds.saturating_add(i64::from(self.offset())))
    }

    /// Seconds east of UTC.
    pub(crate) fn offset(&self) -> i32 {
        self.zone.at(self.seconds).0
    }
}
