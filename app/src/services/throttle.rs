//! How often a sign-in may fail before the next has to wait.

use identity::username::UsernameKey;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Mutex;

/// Failures that cost nothing, for a name.
const FREE_FOR_NAME: u32 = 5;
/// Failures that cost nothing, for an address: several people may sit behind one.
const FREE_FOR_ADDRESS: u32 = 20;
/// The first wait, in milliseconds; it doubles with every further failure.
const FIRST_WAIT: i64 = 2_000;
/// The longest wait, in milliseconds.
const LONGEST_WAIT: i64 = 15 * 60 * 1000;
/// Failures are forgotten when there was none for so long, in milliseconds.
const FORGOTTEN_AFTER: i64 = 60 * 60 * 1000;
/// Names and addresses that are remembered at most; beyond that the oldest are forgotten.
const MAX_REMEMBERED: usize = 100_000;

/// Failed sign-ins by name and by address, in this process.
#[derive(Debug, Default)]
pub struct Throttle {
    failures: Mutex<HashMap<Key, Failures>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    Name(UsernameKey),
    Address(IpAddr),
}

#[derive(Debug, Clone, Copy)]
struct Failures {
    count: u32,
    last: i64,
}

impl Failures {
    /// When the next may be tried.
    fn free_at(self, free: u32) -> i64 {
        match self.count.checked_sub(free) {
            None => self.last,
            Some(beyond) => {
                let wait = FIRST_WAIT.saturating_mul(1_i64.checked_shl(beyond.min(20)).unwrap_or(i64::MAX));
                self.last.saturating_add(wait.min(LONGEST_WAIT))
            }
        }
    }
}

impl Key {
    fn free(&self) -> u32 {
        match self {
            Key::Name(_) => FREE_FOR_NAME,
            Key::Address(_) => FREE_FOR_ADDRESS,
        }
    }
}

impl Throttle {
    /// Counts an attempt as a failure before it is tried, so that many at once gain nothing; [`Throttle::succeeded`]
    /// takes it back. `Err` is the number of seconds to wait; then nothing was counted.
    pub fn attempt(&self, username: &str, address: Option<IpAddr>, now: i64) -> Result<(), u32> {
        let keys = keys(username, address);
        let mut failures = self.lock();
        let free_at = keys.iter().filter_map(|key| failures.get(key).map(|known| known.free_at(key.free()))).max();
        if let Some(wait) = free_at.map(|at| at.saturating_sub(now)).filter(|wait| *wait > 0) {
            return Err(u32::try_from((wait + 999) / 1000).unwrap_or(u32::MAX));
        }
        for key in keys {
            let known = failures.entry(key).or_insert(Failures { count: 0, last: now });
            let count = if now.saturating_sub(known.last) > FORGOTTEN_AFTER { 0 } else { known.count };
            *known = Failures { count: count.saturating_add(1), last: now };
        }
        if failures.len() > MAX_REMEMBERED {
            forget_oldest(&mut failures, now);
        }
        Ok(())
    }

    /// Takes back what [`Throttle::attempt`] counted: the name is forgotten, the address gets its one back.
    pub fn succeeded(&self, username: &str, address: Option<IpAddr>) {
        let mut failures = self.lock();
        failures.remove(&Key::Name(UsernameKey::of(username)));
        if let Some(known) = address.and_then(|address| failures.get_mut(&Key::Address(canonical(address)))) {
            known.count = known.count.saturating_sub(1);
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<Key, Failures>> {
        // Whoever panicked while holding it left numbers that are still numbers.
        self.failures.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

fn keys(username: &str, address: Option<IpAddr>) -> Vec<Key> {
    let mut keys = vec![Key::Name(UsernameKey::of(username))];
    keys.extend(address.map(|address| Key::Address(canonical(address))));
    keys
}

/// One of IPv6 is a network of 64 bits: whoever has one address of it has them all.
fn canonical(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            IpAddr::V6(std::net::Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        v4 => v4,
    }
}

fn forget_oldest(failures: &mut HashMap<Key, Failures>, now: i64) {
    failures.retain(|_, known| now.saturating_sub(known.last) <= FORGOTTEN_AFTER);
    if failures.len() > MAX_REMEMBERED {
        let mut times: Vec<i64> = failures.values().map(|known| known.last).collect();
        let (_, middle, _) = times.select_nth_unstable(MAX_REMEMBERED / 2);
        let middle = *middle;
        failures.retain(|_, known| known.last > middle);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: Option<IpAddr> = Some(IpAddr::V4(std::net::Ipv4Addr::LOCALHOST));

    #[test]
    fn the_sixth_try_waits_and_each_wait_is_longer() {
        let throttle = Throttle::default();
        for _ in 0..5 {
            assert_eq!(throttle.attempt("eve", None, 0), Ok(()));
        }
        assert_eq!(throttle.attempt("EVE", None, 0), Err(2));
        assert_eq!(throttle.attempt("eve", None, 2_000), Ok(()));
        assert_eq!(throttle.attempt("eve", None, 2_000), Err(4));
        assert_eq!(throttle.attempt("adam", None, 2_000), Ok(()));
    }

    #[test]
    fn a_wait_has_an_end() {
        let throttle = Throttle::default();
        let mut now = 0;
        for _ in 0..200 {
            if let Err(wait) = throttle.attempt("eve", None, now) {
                assert!(i64::from(wait) * 1000 <= LONGEST_WAIT);
                now += i64::from(wait) * 1000;
            }
        }
        assert_eq!(throttle.attempt("eve", None, now + FORGOTTEN_AFTER + 1), Ok(()));
        assert_eq!(throttle.attempt("eve", None, now + FORGOTTEN_AFTER + 1), Ok(()));
    }

    #[test]
    fn many_names_from_one_address_wait_too() {
        let throttle = Throttle::default();
        for number in 0..20 {
            assert_eq!(throttle.attempt(&format!("user{number}"), HERE, 0), Ok(()));
        }
        assert_eq!(throttle.attempt("user20", HERE, 0), Err(2));
        assert_eq!(throttle.attempt("user20", None, 0), Ok(()));
    }

    #[test]
    fn whoever_signs_in_starts_anew() {
        let throttle = Throttle::default();
        for _ in 0..100 {
            assert_eq!(throttle.attempt("eve", HERE, 0), Ok(()));
            throttle.succeeded("eve", HERE);
        }
    }
}
