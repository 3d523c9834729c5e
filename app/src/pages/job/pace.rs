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
}
