//! Directories: list, fetch, add, edit, remove, test.
