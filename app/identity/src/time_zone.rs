//! Which texts can name a time zone.

/// What names begin with that have a place behind it.
const AREAS: [&str; 16] = [
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Brazil",
    "Canada",
    "Chile",
    "Etc",
    "Europe",
    "Indian",
    "Mexico",
    "Pacific",
    "US",
];

/// Names without an area, as far as they are still in use.
const ALONE: [&str; 14] =
    ["UTC", "GMT", "UCT", "Zulu", "CET", "EET", "MET", "WET", "EST", "HST", "MST", "EST5EDT", "CST6CDT", "PST8PDT"];

/// Whether a text is shaped like a name of IANA's time zone database: an area and a place, such as `Europe/Berlin`, or
/// one of the few names without. Places come and go with the database, so which ones there are is not asked.
pub fn is_name(text: &str) -> bool {
    let is_place = |part: &str| {
        let rest = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'+');
        part.starts_with(|first: char| first.is_ascii_uppercase()) && part.bytes().all(rest)
    };
    match text.split_once('/') {
        Some((area, places)) => AREAS.contains(&area) && places.split('/').all(is_place),
        None => ALONE.contains(&text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_an_area_and_a_place_or_well_known() {
        for name in [
            "UTC",
            "Europe/Berlin",
            "America/Argentina/Buenos_Aires",
            "America/Port-au-Prince",
            "Etc/GMT+1",
            "Asia/Ust-Nera",
            "CET",
        ] {
            assert!(is_name(name), "{name}");
        }
        for text in
            ["", "/", "Berlin", "Europe/", "Europe/berlin", "europe/Berlin", "Europe/Berlin ", "UTC+1", "+01:00"]
        {
            assert!(!is_name(text), "{text}");
        }
    }
}
