//! Time zones, out of the database that is part of the program: no file of the machine has a say.

use std::rc::Rc;

use jiff::Timestamp;
use jiff::tz::{TimeZone, TimeZoneDatabase};

/// Go's `*time.Location`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Zone {
    Utc,
    /// The local zone, which is UTC in a container.
    Local,
    /// An offset in seconds, and its abbreviation.
    Fixed(Rc<str>, i32),
    Named(Rc<str>, TimeZone),
}

impl Zone {
    /// time.LoadLocation; UTC, where sprig falls back to it, if there is no such zone.
    pub(crate) fn load_or_utc(name: &[u8]) -> Self {
        match name {
            b"" | b"UTC" => return Self::Utc,
            b"Local" => return Self::Local,
            _ => {}
        }
        let Ok(name) = std::str::from_utf8(name) else { return Self::Utc };
        match TimeZoneDatabase::bundled().get(name) {
            // Go's names are files, and a file has one spelling.
            Ok(zone) if zone.iana_name() == Some(name) => Self::Named(name.into(), zone),
            _ => Self::Utc,
        }
    }

    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Utc | Self::Local => "UTC",
            Self::Fixed(name, _) | Self::Named(name, _) => name,
        }
    }

    /// The offset in seconds and the abbreviation in force at an instant.
    pub(crate) fn at(&self, seconds: i64) -> (i32, String) {
        match self {
            Self::Utc | Self::Local => (0, "UTC".to_owned()),
            Self::Fixed(name, offset) => (*offset, name.to_string()),
            Self::Named(_, zone) => {
                let range = Timestamp::MIN.as_second()..=Timestamp::MAX.as_second();
                let seconds = seconds.clamp(*range.start(), *range.end());
                let info = zone.to_offset_info(Timestamp::from_second(seconds).unwrap_or_default());
                (info.offset().seconds(), info.abbreviation().to_owned())
            }
        }
    }

    /// Whether summer time is in force at an instant.
    pub(crate) fn is_summer_at(&self, seconds: i64) -> bool {
        match self {
            Self::Named(_, zone) => {
                Timestamp::from_second(seconds).is_ok_and(|instant| zone.to_offset_info(instant).dst().is_dst())
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_are_found_by_their_exact_name() {
        assert_eq!(Zone::load_or_utc(b"Europe/Berlin").at(1_700_000_000), (3600, "CET".to_owned()));
        assert_eq!(Zone::load_or_utc(b"Europe/Berlin").at(1_690_000_000), (7200, "CEST".to_owned()));
        assert_eq!(Zone::load_or_utc(b"europe/berlin"), Zone::Utc);
        assert_eq!(Zone::load_or_utc(b"../etc/passwd"), Zone::Utc);
    }
}
