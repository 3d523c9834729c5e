//! Which texts can be an e-mail address.

/// Whether a text is a name, an @ and a domain. More is not known without sending a message.
pub fn is_address(text: &str) -> bool {
    let legal = |part: &str| !part.is_empty() && !part.contains(char::is_whitespace);
    text.rsplit_once('@').is_some_and(|(name, domain)| legal(name) && legal(domain))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_name_an_at_and_a_domain() {
        for address in ["eve@x.example", "eve@intern", "\"a@b\"@x.example", "jürgen@müller.example"] {
            assert!(is_address(address), "{address}");
        }
        for text in ["", "@", "a@", "@x", "bad mail at firma", "eve", "eve @x", "eve@x example", "eve@\u{a0}"] {
            assert!(!is_address(text), "{text}");
        }
    }
}
