//! Days and times from the serial numbers that spreadsheets keep.

const DAY: i64 = 86_400_000;

/// The day from which a workbook counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Epoch {
    /// 1 is 1 January 1900, and 60 is a 29 February 1900 that never was.
    Year1900,
    /// 0 is 1 January 1904: Excel for the Mac, once.
    Year1904,
}

/// What of a serial number is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Moment {
    Day,
    Time,
    Both,
}

/// A serial number by ISO 8601, to the millisecond. Nothing if it is no day of the calendar before the year 10000.
pub(super) fn shown(serial: f64, moment: Moment, epoch: Epoch) -> Option<String> {
    if !(0.0..2_958_466.0).contains(&serial) {
        return None;
    }
    let milliseconds = (serial * DAY as f64).round() as i64;
    let (days, time) = (milliseconds / DAY, milliseconds % DAY);
    let moment = match moment {
        // A time of no day is shown without one, whatever the format, and a day is never lost.
        Moment::Both if days == 0 => Moment::Time,
        Moment::Time if days > 0 && time == 0 => Moment::Day,
        Moment::Time if days > 0 => Moment::Both,
        moment => moment,
    };
    match moment {
        Moment::Time => Some(clock(time)),
        Moment::Day => day(days, epoch),
        Moment::Both => Some(format!("{}T{}", day(days, epoch)?, clock(time))),
    }
}

/// A duration as `[h]:mm:ss` shows it. Nothing below zero.
pub(super) fn elapsed(serial: f64) -> Option<String> {
    if !(0.0..2_958_466.0).contains(&serial) {
        return None;
    }
    let seconds = (serial * 86_400.0).round() as i64;
    Some(format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60))
}

/// A date that is written as ISO 8601 already, in the one form that cells have. Nothing if it is none.
pub(super) fn iso(text: &str) -> Option<String> {
    let text = text.strip_suffix('Z').unwrap_or(text);
    let (day, time) = match text.split_once('T') {
        Some((day, time)) => (Some(day), Some(time)),
        None if text.contains(':') => (None, Some(text)),
        None => (Some(text), None),
    };
    let time = time.map(|time| if time.len() == 5 { format!("{time}:00") } else { time.to_owned() });
    if day.is_some_and(|day| !is_day(day)) || time.as_deref().is_some_and(|time| !is_time(time)) {
        return None;
    }
    Some(match (day, time) {
        (Some(day), Some(time)) => format!("{day}T{time}"),
        (Some(day), None) => day.to_owned(),
        (None, time) => time?,
    })
}

fn is_day(text: &str) -> bool {
    let fields: Vec<_> = text.splitn(4, '-').map(number).collect();
    let [Some((year, 4)), Some((month @ 1..=12, 2)), Some((day, 2))] = fields[..] else { return false };
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    };
    (1..=days).contains(&day)
}

fn is_time(text: &str) -> bool {
    let (clock, fraction) = text.split_once('.').map_or((text, None), |(clock, fraction)| (clock, Some(fraction)));
    let fields: Vec<_> = clock.splitn(4, ':').map(number).collect();
    let whole = matches!(fields[..], [Some((0..=23, 2)), Some((0..=59, 2)), Some((0..=59, 2))]);
    whole && fraction.is_none_or(|fraction| matches!(number(fraction), Some((_, 1..=9))))
}

/// Digits as a number, and how many they are.
fn number(digits: &str) -> Option<(u32, usize)> {
    let all = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    Some((digits.parse().ok().filter(|_| all)?, digits.len()))
}

fn clock(milliseconds: i64) -> String {
    let seconds = milliseconds / 1000;
    let text = format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    match milliseconds % 1000 {
        0 => text,
        rest => format!("{text}.{rest:03}"),
    }
}

fn day(days: i64, epoch: Epoch) -> Option<String> {
    // Days since 1 March of the year 0, from where leap days come last in their year.
    let since = match (epoch, days) {
        (Epoch::Year1900, 0 | 60) => return None,
        (Epoch::Year1900, 1..=59) => days + 693_900,
        (Epoch::Year1900, _) => days + 693_899,
        (Epoch::Year1904, _) => days + 695_361,
    };
    let (cycle, within) = (since / 146_097, since % 146_097);
    // Years of the cycle of 400 that have passed: those without a leap day are taken out before dividing.
    let year = (within - within / 1_460 + within / 36_524 - within / 146_096) / 365;
    let of_year = within - (365 * year + year / 4 - year / 100);
    // March to July and August to December have 153 days each.
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let (year, month) = (cycle * 400 + year + month / 10, (month + 2) % 12 + 1);
    (year <= 9999).then(|| format!("{year:04}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day_of(serial: f64, epoch: Epoch) -> Option<String> {
        shown(serial, Moment::Day, epoch)
    }

    #[test]
    fn both_epochs_and_their_edges() {
        let of_1900 = |serial| day_of(serial, Epoch::Year1900).unwrap_or_default();
        assert_eq!(of_1900(0.0), "");
        assert_eq!(of_1900(1.0), "1900-01-01");
        assert_eq!(of_1900(59.0), "1900-02-28");
        assert_eq!(of_1900(60.0), "");
        assert_eq!(of_1900(61.0), "1900-03-01");
        assert_eq!(of_1900(36_526.0), "2000-01-01");
        assert_eq!(of_1900(36_585.0), "2000-02-29");
        assert_eq!(of_1900(46_346.0), "2026-11-20");
        assert_eq!(of_1900(2_958_465.0), "9999-12-31");
        assert_eq!(of_1900(2_958_466.0), "");
        assert_eq!(of_1900(-1.0), "");
        assert_eq!(of_1900(f64::NAN), "");
        assert_eq!(day_of(0.0, Epoch::Year1904).unwrap_or_default(), "1904-01-01");
        assert_eq!(day_of(44_884.0, Epoch::Year1904).unwrap_or_default(), "2026-11-20");
    }

    #[test]
    fn every_day_follows_the_one_before() {
        let mut last = day_of(61.0, Epoch::Year1900).expect("a day");
        for serial in 62..=2_958_465 {
            let next = day_of(f64::from(serial), Epoch::Year1900).expect("a day");
            let (year, rest) = last.split_at(4);
            let expected = if rest == "-12-31" {
                format!("{:04}-01-01", year.parse::<u32>().expect("a year") + 1)
            } else {
                let (month, day): (u32, u32) =
                    (rest[1..3].parse().expect("a month"), rest[4..].parse().expect("a day"));
                let following = format!("{year}-{month:02}-{:02}", day + 1);
                if is_day(&following) { following } else { format!("{year}-{:02}-01", month + 1) }
            };
            assert_eq!(next, expected, "{serial}");
            last = next;
        }
    }

    #[test]
    fn times_lose_no_day_and_gain_none() {
        let at = |serial, moment| shown(serial, moment, Epoch::Year1900).unwrap_or_default();
        assert_eq!(at(46_346.354_166_666_664, Moment::Both), "2026-11-20T08:30:00");
        assert_eq!(at(46_346.354_166_666_664, Moment::Day), "2026-11-20");
        assert_eq!(at(46_346.354_166_666_664, Moment::Time), "2026-11-20T08:30:00");
        assert_eq!(at(46_346.0, Moment::Both), "2026-11-20T00:00:00");
        assert_eq!(at(0.354_166_666_666_666_7, Moment::Time), "08:30:00");
        assert_eq!(at(0.354_166_666_666_666_7, Moment::Both), "08:30:00");
        assert_eq!(at(0.5 + 0.25 / 86_400.0, Moment::Time), "12:00:00.250");
        assert_eq!(at(46_346.999_999_999_9, Moment::Both), "2026-11-21T00:00:00");
        assert_eq!(elapsed(1.520_833_333_333_333_3).unwrap_or_default(), "36:30:00");
    }

    #[test]
    fn written_dates_take_one_form() {
        for (text, expected) in [
            ("2026-11-20", "2026-11-20"),
            ("2026-11-20T08:30:00Z", "2026-11-20T08:30:00"),
            ("2026-11-20T08:30", "2026-11-20T08:30:00"),
            ("08:30:00.5", "08:30:00.5"),
            ("2024-02-29", "2024-02-29"),
        ] {
            assert_eq!(iso(text).expect(text), expected);
        }
        for none in
            ["", "Z", "T", "2026-13-01", "2026-02-29", "20.11.2026", "2026-11-20T25:00:00", "2026-11-20T", "+026-01-01"]
        {
            assert_eq!(iso(none), None, "{none}");
        }
    }
}
