//! A point in time as a date and a time of day, without a time zone's rules.

/// A point in time in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Utc {
    year: i64,
    month: u32,
    day: u32,
    seconds: u32,
}

/// The date and time of day of milliseconds since 1970.
pub fn utc(at: i64) -> Utc {
    let seconds = at.div_euclid(1000);
    let (days, seconds) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    // Howard Hinnant's civil_from_days: years begin in March, so that the leap day is their last.
    let shifted = days + 719_468;
    let (era, day_of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march_month = (5 * day_of_year + 2) / 153;
    let month = if march_month < 10 { march_month + 3 } else { march_month - 9 };
    let small = |number: i64| u32::try_from(number).expect("a part of a date is small and not negative");
    Utc {
        year: year_of_era + era * 400 + i64::from(month <= 2),
        month: small(month),
        day: small(day_of_year - (153 * march_month + 2) / 5 + 1),
        seconds: small(seconds),
    }
}

impl Utc {
    /// `2026-11-20 10:32`.
    pub fn minutes(self) -> String {
        let Utc { year, month, day, seconds } = self;
        format!("{year:04}-{month:02}-{day:02} {:02}:{:02}", seconds / 3600, seconds / 60 % 60)
    }

    /// `2026-11-20 10:32:08`.
    pub fn seconds(self) -> String {
        format!("{}:{:02}", self.minutes(), self.seconds % 60)
    }

    /// `2026-11-20T10:32:08Z`.
    pub fn iso(self) -> String {
        format!("{}Z", self.seconds().replace(' ', "T"))
    }
}

#[cfg(test)]
mod tests {
    use super::utc;

    #[test]
    fn known_days_are_known() {
        assert_eq!(utc(0).iso(), "1970-01-01T00:00:00Z");
        assert_eq!(utc(951_782_400_000).iso(), "2000-02-29T00:00:00Z");
        assert_eq!(utc(1_795_170_728_999).iso(), "2026-11-20T10:32:08Z");
        assert_eq!(utc(-1).iso(), "1969-12-31T23:59:59Z");
        assert_eq!(utc(4_107_542_400_000).iso(), "2100-03-01T00:00:00Z");
    }
}
