//! How often a sign-in may fail before the next has to wait.
//!
//! What slows a guesser is counted by name and address together, so that nobody keeps somebody else out by guessing from
//! elsewhere. Whoever guesses one name from many addresses waits too, but never long, and not at addresses where that
//! name has signed in before.
//!
//! Each process counts for itself and forgets at its end: with several servers beside each other, so many times as many
//! attempts are free.

use identity::username::UsernameKey;
use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;
use std::sync::Mutex;

/// The first wait, in milliseconds; it doubles with every further failure.
const FIRST_WAIT: i64 = 2_000;
/// Failures are forgotten when there was none for so long, in milliseconds.
const FORGOTTEN_AFTER: i64 = 60 * 60 * 1000;
/// An address where a name has signed in is known for so long, in milliseconds.
const KNOWN_FOR: i64 = 30 * 24 * 60 * 60 * 1000;
/// Names and addresses that are remembered at most; beyond that the oldest are forgotten.
const MAX_REMEMBERED: usize = 100_000;

/// Failed sign-ins by name and by address, in this process.
#[derive(Debug, Default)]
pub struct Throttle {
    memory: Mutex<Memory>,
}

#[derive(Debug, Default)]
struct Memory {
    failures: HashMap<Key, Failures>,
    /// Where names have signed in, and when last.
    known: HashMap<(UsernameKey, Option<IpAddr>), i64>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    /// A name at an address; at none for what somebody does who is signed in.
    NameAt(UsernameKey, Option<IpAddr>),
    /// Whatever the name.
    Address(IpAddr),
    /// Wherever, but for addresses that are known.
    Name(UsernameKey),
}

#[derive(Debug, Clone, Copy)]
struct Failures {
    count: u32,
    last: i64,
}

impl Key {
    /// Failures that cost nothing. Several people may sit behind one address.
    fn free(&self) -> u32 {
        match self {
            Key::NameAt(..) => 5,
            Key::Address(_) => 20,
            Key::Name(_) => 50,
        }
    }

    /// The longest wait, in milliseconds. For a name alone it leaves its owner a chance between the guesses, and a
    /// guesser with any number of addresses fewer than 1,500 a day.
    fn longest_wait(&self) -> i64 {
        match self {
            Key::NameAt(..) | Key::Address(_) => 15 * 60 * 1000,
            Key::Name(_) => 60 * 1000,
        }
    }

    /// When the next may be tried after these.
    fn free_at(&self, failures: Failures) -> i64 {
        match failures.count.checked_sub(self.free()) {
            None => failures.last,
            Some(beyond) => {
                let wait = FIRST_WAIT.saturating_mul(1_i64.checked_shl(beyond.min(20)).unwrap_or(i64::MAX));
                failures.last.saturating_add(wait.min(self.longest_wait()))
            }
        }
    }
}

impl Throttle {
    /// Counts an attempt as a failure before it is tried, so that many at once gain nothing; [`Throttle::succeeded`]
    /// takes it back. `Err` is the number of seconds to wait; then nothing was counted.
    pub fn attempt(&self, username: &str, address: Option<IpAddr>, now: i64) -> Result<(), u32> {
        let mut memory = self.lock();
        let keys = memory.keys(username, address.map(network), now);
        let known = keys.iter().filter_map(|key| Some((key, memory.failures.get(key)?)));
        let free_at = known.map(|(key, known)| key.free_at(*known)).max();
        if let Some(wait) = free_at.map(|at| at.saturating_sub(now)).filter(|wait| *wait > 0) {
            return Err(u32::try_from((wait + 999) / 1000).unwrap_or(u32::MAX));
        }
        for key in keys {
            let known = memory.failures.entry(key).or_insert(Failures { count: 0, last: now });
            let count = if now.saturating_sub(known.last) > FORGOTTEN_AFTER { 0 } else { known.count };
            *known = Failures { count: count.saturating_add(1), last: now };
        }
        forget(&mut memory.failures, |known| known.last, now.saturating_sub(FORGOTTEN_AFTER));
        Ok(())
    }

    /// Takes back what [`Throttle::attempt`] counted: the name is forgotten at this address, the others get their one
    /// back. The address is known for the name from now on.
    pub fn succeeded(&self, username: &str, address: Option<IpAddr>, now: i64) {
        let mut memory = self.lock();
        let address = address.map(network);
        for key in memory.keys(username, address, now) {
            match key {
                Key::NameAt(..) => {
                    memory.failures.remove(&key);
                }
                Key::Address(_) | Key::Name(_) => {
                    if let Some(known) = memory.failures.get_mut(&key) {
                        known.count = known.count.saturating_sub(1);
                    }
                }
            }
        }
        memory.known.insert((UsernameKey::of(username), address), now);
        forget(&mut memory.known, |at| *at, now.saturating_sub(KNOWN_FOR));
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Memory> {
        // Whoever panicked while holding it left numbers that are still numbers.
        self.memory.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Memory {
    /// What an attempt is counted for.
    fn keys(&self, username: &str, address: Option<IpAddr>, now: i64) -> Vec<Key> {
        let name = UsernameKey::of(username);
        let place = (name, address);
        let is_known = self.known.get(&place).is_some_and(|at| now.saturating_sub(*at) <= KNOWN_FOR);
        let (name, address) = place;
        let mut keys = vec![Key::NameAt(name.clone(), address)];
        keys.extend(address.map(Key::Address));
        keys.extend((!is_known).then_some(Key::Name(name)));
        keys
    }
}

/// One of IPv6 is a network of 64 bits: whoever has one address of it has them all.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            IpAddr::V6(std::net::Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        v4 => v4,
    }
}

/// Keeps what is remembered small: beyond the bound, what is older than `oldest` goes, then the older half.
fn forget<K: Eq + Hash, V>(remembered: &mut HashMap<K, V>, at: impl Fn(&V) -> i64, oldest: i64) {
    if remembered.len() <= MAX_REMEMBERED {
        return;
    }
    remembered.retain(|_, value| at(value) >= oldest);
    if remembered.len() > MAX_REMEMBERED {
        let mut times: Vec<i64> = remembered.values().map(&at).collect();
        let (_, middle, _) = times.select_nth_unstable(MAX_REMEMBERED / 2);
        let middle = *middle;
        remembered.retain(|_, value| at(value) > middle);
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
                assert!(wait <= 15 * 60);
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
            throttle.succeeded("eve", HERE, 0);
        }
    }

    fn address(text: &str) -> Option<IpAddr> {
        Some(text.parse().expect("an address"))
    }

    /// An address of a network of its own.
    fn elsewhere(number: u32) -> Option<IpAddr> {
        Some(std::net::Ipv4Addr::from_bits(0x0a00_0000 + number).into())
    }

    #[test]
    fn whoever_guesses_elsewhere_keeps_nobody_out() {
        let throttle = Throttle::default();
        for _ in 0..5 {
            assert_eq!(throttle.attempt("eve", elsewhere(1), 0), Ok(()));
        }
        assert!(throttle.attempt("eve", elsewhere(1), 0).is_err());
        assert_eq!(throttle.attempt("eve", HERE, 0), Ok(()));
    }

    #[test]
    fn an_address_is_the_network_that_its_owner_has() {
        let throttle = Throttle::default();
        for host in 1..=5 {
            assert_eq!(throttle.attempt("eve", address(&format!("2001:db8:0:1::{host}")), 0), Ok(()));
        }
        assert!(throttle.attempt("eve", address("2001:db8:0:1:ffff::1"), 0).is_err());
        assert_eq!(throttle.attempt("eve", address("2001:db8:0:2::1"), 0), Ok(()));
        for _ in 0..5 {
            assert_eq!(throttle.attempt("eve", address("::ffff:192.0.2.1"), 0), Ok(()));
        }
        assert!(throttle.attempt("eve", address("192.0.2.1"), 0).is_err(), "the same, written as IPv6");
    }

    #[test]
    fn one_name_from_many_addresses_waits_for_a_minute_at_most() {
        let throttle = Throttle::default();
        throttle.succeeded("eve", HERE, 0);
        for number in 0..50 {
            assert_eq!(throttle.attempt("eve", elsewhere(number), 0), Ok(()));
        }
        assert_eq!(throttle.attempt("eve", elsewhere(50), 0), Err(2));
        assert_eq!(throttle.attempt("adam", elsewhere(50), 0), Ok(()));
        let (mut now, mut longest) = (0, 0);
        for number in 51..200 {
            if let Err(wait) = throttle.attempt("eve", elsewhere(number), now) {
                longest = longest.max(wait);
                now += i64::from(wait) * 1000;
            }
        }
        assert_eq!(longest, 60);
        assert_eq!(throttle.attempt("eve", HERE, now), Ok(()), "where she was before, others do not matter");
        assert_eq!(throttle.attempt("eve", elsewhere(201), now + FORGOTTEN_AFTER + 1), Ok(()));
    }

    #[test]
    fn signing_in_somewhere_does_not_help_those_who_guess_elsewhere() {
        let throttle = Throttle::default();
        for number in 1..50 {
            assert_eq!(throttle.attempt("eve", elsewhere(number), 0), Ok(()));
        }
        assert_eq!(throttle.attempt("eve", HERE, 0), Ok(()));
        throttle.succeeded("eve", HERE, 0);
        assert_eq!(throttle.attempt("eve", elsewhere(50), 0), Ok(()));
        assert_eq!(throttle.attempt("eve", elsewhere(51), 0), Err(2));
    }

    #[test]
    fn what_is_remembered_stays_small() {
        let throttle = Throttle::default();
        for number in 0..=MAX_REMEMBERED as u32 {
            let _ = throttle.attempt("eve", elsewhere(number), i64::from(number) * 60_000);
        }
        assert!(throttle.lock().failures.len() <= MAX_REMEMBERED);
    }
}
