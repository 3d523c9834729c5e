//! Turning answers of the wire into entries, safely.
