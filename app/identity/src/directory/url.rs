//! The address of a directory: `ldap://host:port` or `ldaps://host:port`, and nothing more.

use serde::{Deserialize, Serialize};

/// An address, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DirectoryUrl {
    /// Whether TLS begins with the first byte: `ldaps://`.
    pub tls: bool,
    /// A name or an IP address; IPv6 without its brackets.
    pub host: String,
    /// 389 and 636 when the address names none.
    pub port: u16,
}

/// Why a text is not an address of a directory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum UrlError {
    /// Another scheme, or none.
    #[error("an address begins with ldap:// or ldaps://")]
    Scheme,
    /// No host, or one that cannot be.
    #[error("the host's name or IP address is expected after “://”; an IPv6 address stands in brackets")]
    Host,
    /// Not a port.
    #[error("a port is a number from 1 to 65535")]
    Port,
    /// A user, a path, a query.
    #[error("an address holds a host and a port, nothing else")]
    TooMuch,
}

impl DirectoryUrl {
    /// Takes an address apart. One slash at the end is accepted.
    pub fn parse(text: &str) -> Result<Self, UrlError> {
        let text = text.trim();
        let scheme = |scheme: &str| match text.get(..scheme.len()) {
            Some(start) if start.eq_ignore_ascii_case(scheme) => text.get(scheme.len()..),
            _ => None,
        };
        let (tls, rest) = match (scheme("ldaps://"), scheme("ldap://")) {
            (Some(rest), _) => (true, rest),
            (None, Some(rest)) => (false, rest),
            (None, None) => return Err(UrlError::Scheme),
        };
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        if rest.contains(['/', '?', '#', '@', '\\']) {
            return Err(UrlError::TooMuch);
        }
        let (host, port) = split(rest)?;
        let port = match port {
            None => {
                if tls {
                    636
                } else {
                    389
                }
            }
            Some(digits) if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
                digits.parse().ok().filter(|port| *port > 0).ok_or(UrlError::Port)?
            }
            Some(_) => return Err(UrlError::Port),
        };
        Ok(Self { tls, host: host.to_owned(), port })
    }
}

impl std::fmt::Display for DirectoryUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let scheme = if self.tls { "ldaps" } else { "ldap" };
        if self.host.contains(':') {
            write!(f, "{scheme}://[{}]:{}", self.host, self.port)
        } else {
            write!(f, "{scheme}://{}:{}", self.host, self.port)
        }
    }
}

fn split(rest: &str) -> Result<(&str, Option<&str>), UrlError> {
    if let Some(bracketed) = rest.strip_prefix('[') {
        let (host, after) = bracketed.split_once(']').ok_or(UrlError::Host)?;
        host.parse::<std::net::Ipv6Addr>().map_err(|_| UrlError::Host)?;
        return match after.strip_prefix(':') {
            Some(port) => Ok((host, Some(port))),
            None if after.is_empty() => Ok((host, None)),
            None => Err(UrlError::Port),
        };
    }
    let (host, port) = rest.split_once(':').map_or((rest, None), |(host, port)| (host, Some(port)));
    // Underscores are no part of host names, but of names that people use.
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    let name = host.strip_suffix('.').unwrap_or(host);
    if host.len() <= 253 && name.split('.').all(is_label) { Ok((host, port)) } else { Err(UrlError::Host) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<String, UrlError> {
        DirectoryUrl::parse(text).map(|url| url.to_string())
    }

    #[test]
    fn addresses_are_taken_apart() {
        assert_eq!(parse("ldap://ldap.example.com"), Ok("ldap://ldap.example.com:389".to_owned()));
        assert_eq!(parse(" LDAPS://10.0.0.1:6636/ "), Ok("ldaps://10.0.0.1:6636".to_owned()));
        assert_eq!(parse("ldap://[::1]:3890"), Ok("ldap://[::1]:3890".to_owned()));
        assert_eq!(parse("ldaps://dc_1"), Ok("ldaps://dc_1:636".to_owned()));
    }

    #[test]
    fn anything_else_says_why() {
        for text in ["", "http://a", "ldapi:///x", "ldap:/a", "ä"] {
            assert_eq!(parse(text), Err(UrlError::Scheme), "{text}");
        }
        for text in ["ldap://", "ldap://:389", "ldap://a b", "ldap://[::1", "ldap://[x]", "ldap://a..b", "ldap://-ä"] {
            assert_eq!(parse(text), Err(UrlError::Host), "{text}");
        }
        for text in ["ldap://a:", "ldap://a:0", "ldap://a:65536", "ldap://a:+1", "ldap://::1", "ldap://[::1]1"] {
            let error = parse(text);
            assert!(matches!(error, Err(UrlError::Port | UrlError::Host)), "{text}: {error:?}");
        }
        for text in ["ldap://u@a", "ldap://a/dc=x", "ldap://a?x", "ldap://a//"] {
            assert_eq!(parse(text), Err(UrlError::TooMuch), "{text}");
        }
    }
}
