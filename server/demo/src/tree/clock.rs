//! Times as directories write them: GeneralizedTime (RFC 4517 3.3.13).

use time::OffsetDateTime;

/// `20260131235959Z`; the time is in UTC.
fn generalized(time: OffsetDateTime) -> String {
    let (year, month, day) = time.to_calendar_date();
    let (hour, minute, second) = time.to_hms();
    format!("{year:04}{:02}{day:02}{hour:02}{minute:02}{second:02}Z", u8::from(month))
}

/// Now.
pub(super) fn now() -> String {
    generalized(OffsetDateTime::now_utc())
}

/// A second of a day in the past, for entries that were always there.
pub(super) fn day(days_since_2019: i64, second: i64) -> String {
    let start = 1_546_300_800; // 2019-01-01
    let time = OffsetDateTime::from_unix_timestamp(start + days_since_2019 * 86_400 + second);
    generalized(time.unwrap_or(OffsetDateTime::UNIX_EPOCH))
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_time_is_written_as_directories_do() {
        assert_eq!(super::day(0, 0), "20190101000000Z");
        assert_eq!(super::day(366 + 364, 86_399), "20201231235959Z");
    }
}
