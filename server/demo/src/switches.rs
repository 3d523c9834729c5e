//! The failures that can be switched on, to see what Muster makes of them.

use std::sync::{
    Arc,
    atomic::{AtomicU8, Ordering},
};

/// A failure of the directory. All but [`Failure::WrongPassword`] strike searches, never the root DSE.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Failure {
    /// None: everything works.
    None,
    /// Each page begins after 200 ms and pauses after every 50 entries.
    Slow,
    /// Searches are never answered.
    TimeOut,
    /// Searches end with sizeLimitExceeded after 500 entries.
    SizeLimit,
    /// The connection is closed in the middle of the second page, or of the only one.
    DropMidPage,
    /// Every bind ends with invalidCredentials.
    WrongPassword,
    /// Searches succeed and find nothing.
    Empty,
    /// Bytes that are not LDAP, in the middle of a page.
    Garbage,
}

impl Failure {
    /// All of them.
    pub const ALL: [Failure; 8] = [
        Failure::None,
        Failure::Slow,
        Failure::TimeOut,
        Failure::SizeLimit,
        Failure::DropMidPage,
        Failure::WrongPassword,
        Failure::Empty,
        Failure::Garbage,
    ];

    /// The text that forms and addresses use.
    pub fn code(self) -> &'static str {
        match self {
            Failure::None => "none",
            Failure::Slow => "slow",
            Failure::TimeOut => "time_out",
            Failure::SizeLimit => "size_limit",
            Failure::DropMidPage => "drop_mid_page",
            Failure::WrongPassword => "wrong_password",
            Failure::Empty => "empty",
            Failure::Garbage => "garbage",
        }
    }

    /// The failure with this code.
    pub fn parse(code: &str) -> Option<Self> {
        Failure::ALL.into_iter().find(|failure| failure.code() == code)
    }
}

/// Which failure is on. Clones share it; searches that run already keep the one that they began with.
#[derive(Debug, Clone, Default)]
pub struct Switches(Arc<AtomicU8>);

impl Switches {
    /// The failure that is on.
    pub fn failure(&self) -> Failure {
        Failure::ALL.get(usize::from(self.0.load(Ordering::Relaxed))).copied().unwrap_or(Failure::None)
    }

    /// Switches to this failure, and the one before off.
    pub fn set(&self, failure: Failure) {
        let index = (0u8..).zip(Failure::ALL).find(|(_, each)| *each == failure).map_or(0, |(index, _)| index);
        self.0.store(index, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_failure_is_found_by_its_code_and_can_be_switched_on() {
        let switches = Switches::default();
        assert_eq!(switches.failure(), Failure::None);
        for failure in Failure::ALL {
            assert_eq!(Failure::parse(failure.code()), Some(failure));
            switches.clone().set(failure);
            assert_eq!(switches.failure(), failure);
        }
        assert_eq!(Failure::parse("NONE"), None);
    }
}
