//! Texts with the headers of columns in braces.

/// A part of a template.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece<'t> {
    /// As it stands.
    Text(String),
    /// The header of a column.
    Header(&'t str),
}

/// The parts of a template, or where, in characters, stands a brace that is not closed or holds no header.
pub(super) fn parse(template: &str) -> Result<Vec<Piece<'_>>, u32> {
    let mut pieces = vec![];
    let mut text = String::new();
    let mut rest = template;
    while let Some(at) = rest.find(['{', '}']) {
        text.push_str(&rest[..at]);
        let brace = &rest[at..];
        rest = if let Some(behind) = brace.strip_prefix("{{") {
            text.push('{');
            behind
        } else if let Some(behind) = brace.strip_prefix("}}").or(brace.strip_prefix('}')) {
            text.push('}');
            behind
        } else {
            let inner = brace[1..].split_once('}').filter(|(name, _)| !name.contains('{') && !name.trim().is_empty());
            let Some((name, behind)) = inner else {
                let before = &template[..template.len() - brace.len()];
                return Err(u32::try_from(before.chars().count()).unwrap_or(u32::MAX));
            };
            if !text.is_empty() {
                pieces.push(Piece::Text(std::mem::take(&mut text)));
            }
            pieces.push(Piece::Header(name));
            behind
        };
    }
    text.push_str(rest);
    if !text.is_empty() {
        pieces.push(Piece::Text(text));
    }
    Ok(pieces)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_stand_in_braces_and_braces_are_doubled() {
        let text = |text: &str| Piece::Text(text.to_owned());
        assert_eq!(parse("{a b}.{c}@x"), Ok(vec![Piece::Header("a b"), text("."), Piece::Header("c"), text("@x")]));
        assert_eq!(parse("{{a}} }{b}}}"), Ok(vec![text("{a} }"), Piece::Header("b"), text("}")]));
        assert_eq!(parse(""), Ok(vec![]));
    }

    #[test]
    fn a_brace_that_holds_no_header_is_pointed_at() {
        assert_eq!(parse("ü{a"), Err(1));
        assert_eq!(parse("{a}{ }"), Err(3));
        assert_eq!(parse("{a{b}"), Err(0));
    }
}
