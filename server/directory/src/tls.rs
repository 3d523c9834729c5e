//! TLS: authorities, pinning, what a certificate says.
