//! The failure switches of the demo directory.
