//! The Gregorian calendar, without an end in either direction.

/// A date and time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Civil {
    pub(crate) year: i64,
    /// From 1.
    pub(crate) month: i64,
    /// From 1.
    pub(crate) day: i64,
    pub(crate) hour: i64,
    pub(crate) minute: i64,
    pub(crate) second: i64,
    /// From 0 for Sunday.
    pub(crate) weekday: i64,
    /// From 1.
    pub(crate) day_of_year: i64,
}

const DAY: i64 = 86_400;

impl Civil {
    /// The date and time `seconds` after the beginning of 1970.
    pub(crate) fn of(seconds: i64) -> Self {
        let (days, time) = (seconds.div_euclid(DAY), seconds.rem_euclid(DAY));
        // Howard Hinnant's civil_from_days: years begin in March, so that the leap day is the last one.
        let shifted = days + 719_468;
        let (era, day_of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let from_march = (5 * day_of_year + 2) / 153;
        let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        Self {
            year,
            month,
            day: day_of_year - (153 * from_march + 2) / 5 + 1,
            hour: time / 3600,
            minute: time / 60 % 60,
            second: time % 60,
            weekday: (days + 4).rem_euclid(7),
            day_of_year: days - days_from_civil(year, 1, 1) + 1,
        }
    }
}

/// Days from the beginning of 1970 to a date. Month and day may lie outside their range, as for Go's `time.Date`.
pub(crate) fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = year + (month - 1).div_euclid(12);
    let month = (month - 1).rem_euclid(12) + 1;
    let year = year - i64::from(month <= 2);
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let from_march = (month + 9) % 12;
    let day_of_year = (153 * from_march + 2) / 5;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468 + day - 1
}

pub(crate) fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

pub(crate) fn days_in(month: i64, year: i64) -> i64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

pub(crate) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

pub(crate) const WEEKDAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_dates_convert_into_each_other() {
        for days in (-800_000..3_000_000).step_by(97) {
            let civil = Civil::of(days * DAY);
            assert_eq!(days_from_civil(civil.year, civil.month, civil.day), days);
            assert!((1..=days_in(civil.month, civil.year)).contains(&civil.day));
        }
    }

    #[test]
    fn known_dates_are_right() {
        let civil = Civil::of(951_827_696);
        assert_eq!((civil.year, civil.month, civil.day), (2000, 2, 29));
        assert_eq!((civil.hour, civil.minute, civil.second), (12, 34, 56));
        assert_eq!((civil.weekday, civil.day_of_year), (2, 60));
    }
}
