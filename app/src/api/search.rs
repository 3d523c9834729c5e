//! Searching a directory.
