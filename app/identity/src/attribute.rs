//! Attribute descriptions (RFC 4512 2.5): a name without regard to case, then options.

/// The name without its options: `cn;lang-de` → `cn`.
pub fn name(description: &str) -> &str {
    description.split_once(';').map_or(description, |(name, _)| name)
}

/// Whether a description has this name. The name has no options.
pub fn same(description: &str, wanted: &str) -> bool {
    name(description).eq_ignore_ascii_case(wanted)
}
