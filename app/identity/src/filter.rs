//! Search filters (RFC 4515) as a tree.
