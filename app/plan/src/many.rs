//! Many values in one cell: groups, roles, permissions, the values of a custom attribute.
//!
//! Values are joined by commas. One that holds a comma, a quote or a line break, begins or ends with white space, is
//! empty, or would be taken for the order to clear the field, stands in quotes, and quotes within it are doubled:
//! `a,"b,c","say ""hi"""`. [`split`] gives back what [`join`] was given, and is lenient with what people type: spaces
//! around values and empty places between separators are nothing, and a line break separates as well.

/// What a cell holds that takes the field's value away (R15).
pub const CLEAR: &str = "<clear>";
/// What stands between values, unless a mapping says otherwise.
pub const SEPARATOR: &str = ",";

/// The values of a cell cannot be told apart: a quote is not closed, or what it quotes goes on behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotSplit;

/// The values as one cell.
pub fn join<'a>(values: impl IntoIterator<Item = &'a str>) -> String {
    let mut cell = String::new();
    for (index, value) in values.into_iter().enumerate() {
        if index > 0 {
            cell.push_str(SEPARATOR);
        }
        if needs_quotes(value) {
            cell.push('"');
            cell.push_str(&value.replace('"', "\"\""));
            cell.push('"');
        } else {
            cell.push_str(value);
        }
    }
    cell
}

/// The values of a cell. White space around the separator does not count; with an empty one, the cell is one value.
pub fn split(cell: &str, separator: &str) -> Result<Vec<String>, NotSplit> {
    if separator.is_empty() {
        let value = cell.trim();
        return Ok(Vec::from_iter((!value.is_empty()).then(|| value.to_owned())));
    }
    let separator = Some(separator.trim()).filter(|trimmed| !trimmed.is_empty()).unwrap_or(separator);
    if !cell.contains(['"', '\n', '\r']) {
        // Most cells, and a row may have several.
        let values = cell.split(separator).map(str::trim).filter(|value| !value.is_empty());
        return Ok(values.map(str::to_owned).collect());
    }
    let mut values = vec![];
    let mut rest = Some(cell);
    while let Some(text) = rest.map(str::trim_start).filter(|text| !text.is_empty()) {
        let (place, behind_place) = place(text, separator);
        rest = behind_place;
        if !text.starts_with('"') {
            let value = place.trim_end();
            values.extend((!value.is_empty()).then(|| value.to_owned()));
            continue;
        }
        let (value, behind) = quoted(text).ok_or(NotSplit)?;
        let (between, behind_quotes) = self::place(behind, separator);
        if between.trim().is_empty() {
            values.push(value);
            rest = behind_quotes;
        } else if place.len() >= text.len() - behind.len() {
            // Like `"Blue" team`: nothing in the quotes separates, so they are part of the value.
            values.push(place.trim_end().to_owned());
        } else {
            return Err(NotSplit);
        }
    }
    Ok(values)
}

fn needs_quotes(value: &str) -> bool {
    value.is_empty()
        || value.contains([',', '"', '\n', '\r'])
        || value.trim() != value
        || value.eq_ignore_ascii_case(CLEAR)
}

/// What stands before the first separator or line break of a text, and what behind it.
fn place<'a>(text: &'a str, separator: &str) -> (&'a str, Option<&'a str>) {
    for (at, character) in text.char_indices() {
        if let Some(behind) = text[at..].strip_prefix(separator) {
            return (&text[..at], Some(behind));
        }
        if matches!(character, '\n' | '\r') {
            return (&text[..at], Some(&text[at + 1..]));
        }
    }
    (text, None)
}

/// The value in the quotes that a text begins with, and what stands behind them; `None` if nothing closes them.
fn quoted(text: &str) -> Option<(String, &str)> {
    let mut rest = text.strip_prefix('"')?;
    let mut value = String::new();
    loop {
        let (before, behind) = rest.split_once('"')?;
        value.push_str(before);
        match behind.strip_prefix('"') {
            Some(behind) => rest = behind,
            None => return Some((value, behind)),
        }
        value.push('"');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_that_could_be_misread_stands_in_quotes() {
        let values = ["a", "b,c", "say \"hi\"", " d ", "", "=1+1", "<CLEAR>", "x\ny"];
        assert_eq!(join(values), "a,\"b,c\",\"say \"\"hi\"\"\",\" d \",\"\",=1+1,\"<CLEAR>\",\"x\ny\"");
        assert_eq!(split(&join(values), SEPARATOR), Ok(values.map(str::to_owned).to_vec()));
    }

    #[track_caller]
    fn check(cell: &str, separator: &str, values: &[&str]) {
        let values = values.iter().map(|value| (*value).to_owned()).collect();
        assert_eq!(split(cell, separator), Ok(values), "{cell}");
    }

    #[test]
    fn what_people_type_is_read_as_they_mean_it() {
        check("", ",", &[]);
        check(" , ,", ",", &[]);
        check("a, b ,,c", ",", &["a", "b", "c"]);
        check("\"a,b\" , c", ",", &["a,b", "c"]);
        check("\"a\" b,c", ",", &["\"a\" b", "c"]);
        check("5\" disk,\"\"\"\"", ",", &["5\" disk", "\""]);
        check("IT\r\nHR, Sales\n", ",", &["IT", "HR", "Sales"]);
        check("a~~~b, c~~~", "~~~", &["a", "b, c"]);
        check("a | \"b|c\" |d", " | ", &["a", "b|c", "d"]);
        check("a b  \"c d\" e", " ", &["a", "b", "c d", "e"]);
        check(" a, \"b ", "", &["a, \"b"]);
    }

    #[test]
    fn quotes_that_leave_a_doubt_are_not_split() {
        for cell in ["\"a,b", "a,\"", "\"a,b\" c", "\"\"\"", "\"a\nb\" c,d"] {
            assert_eq!(split(cell, ","), Err(NotSplit), "{cell}");
        }
    }

    #[test]
    fn a_long_cell_takes_as_long_as_it_is_long() {
        let cell = "a,".repeat(200_000);
        assert_eq!(split(&cell, ",").map(|values| values.len()), Ok(200_000));
        assert_eq!(split(&"\"a\" b".repeat(100_000), ",").map(|values| values.len()), Ok(1));
    }
}
