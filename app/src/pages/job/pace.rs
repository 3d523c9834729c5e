//! How fast a job goes and how long it takes, in words.

use crate::text;

/// A time, rounded to what a person says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// Less than a second.
    Moment,
    /// Less than a minute and a half.
    Seconds(u32),
    /// Everything else.
    Minutes(u32),
}

impl Span {
    /// A number of seconds, rounded.
    pub fn of_seconds(seconds: f64) -> Self {
        // Casts of floats saturate.
        match seconds {
            s if s < 1.0 => Span::Moment,
            s if s < 90.0 => Span::Seconds(s.round() as u32),
            s => Span::Minutes((s / 60.0).round() as u32),
        }
    }

    /// “about 12 seconds left”.
    pub fn left(self) -> String {
        match self {
            Span::Moment => text!(jobs.left_seconds, count = 1_u32, n = 1_u32),
            Span::Seconds(n) => text!(jobs.left_seconds, count = n, n = text::number(n)),
            Span::Minutes(n) => text!(jobs.left_minutes, count = n, n = text::number(n)),
        }
    }

    /// “took 12 seconds”.
    pub fn took(self) -> String {
        match self {
            Span::Moment => text!(jobs.took_moment).to_owned(),
            Span::Seconds(n) => text!(jobs.took_seconds, count = n, n = text::number(n)),
            Span::Minutes(n) => text!(jobs.took_minutes, count = n, n = text::number(n)),
        }
    }
}

/// The server's time when the browser's clock shows `now`, by what the server said when it showed `at`: so numbers that
/// come later are not divided by a time that was over before. In milliseconds.
pub fn later(server: i64, at: Option<f64>, now: f64) -> i64 {
    let since = at.map_or(0.0, |at| now - at).max(0.0);
    // Casts of floats saturate.
    server.saturating_add(since.round() as i64)
}

/// Rows a second over the whole time. `None` while that is less than a second.
pub fn average(rows: u32, seconds: f64) -> Option<f64> {
    (seconds >= 1.0).then(|| f64::from(rows) / seconds)
}

/// Rows a second, with one decimal where that says something.
pub fn rate_text(rate: f64) -> String {
    let rate = if rate < 10.0 { format!("{rate:.1}") } else { text::number(rate.round() as u32) };
    text!(jobs.rate, rate = rate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_rounded_to_what_a_person_says() {
        assert_eq!(Span::of_seconds(0.4), Span::Moment);
        assert_eq!(Span::of_seconds(12.4), Span::Seconds(12));
        assert_eq!(Span::of_seconds(89.0), Span::Seconds(89));
        assert_eq!(Span::of_seconds(150.0), Span::Minutes(3));
        assert_eq!(Span::of_seconds(f64::INFINITY), Span::Minutes(u32::MAX));
    }

    #[test]
    fn what_comes_later_is_measured_by_a_later_time() {
        let (started_at, loaded_at) = (1_000, 2_000);
        let now = later(loaded_at, Some(500.0), 9_500.0);
        assert_eq!(average(1_000, (now - started_at) as f64 / 1000.0), Some(100.0));
        assert_eq!(later(loaded_at, None, 9_500.0), loaded_at);
        assert_eq!(later(loaded_at, Some(500.0), 400.0), loaded_at, "a clock that was put back");
        assert_eq!(average(1_000, 0.5), None);
    }
}
