//! Hashing of passwords (Argon2id), a few at a time: each takes a core and 19 MiB for a moment.

use super::report;
use crate::error::{AppError, Problem};
use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// The shortest password that a person may choose, in characters.
pub const MIN_LENGTH: usize = 12;
/// The longest, in bytes: more is work for the server and no safer.
pub const MAX_LENGTH: usize = 1024;
/// A password that was given by somebody else ends after so long, in milliseconds.
const ONE_TIME: i64 = 72 * 60 * 60 * 1000;
/// Sign-ins that may wait for a free core before the next is turned away.
const MAX_WAITING: usize = 64;

/// Hashes and compares passwords, at most as many at once as there are cores.
#[derive(Debug, Clone)]
pub struct Passwords {
    cores: Arc<Semaphore>,
    places: Arc<Semaphore>,
    /// Compared with when there is no such user, so that the answer takes as long.
    nobody: Arc<str>,
}

impl Passwords {
    pub(super) fn new() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, |cores| cores.get());
        Self {
            cores: Arc::new(Semaphore::new(cores)),
            places: Arc::new(Semaphore::new(cores + MAX_WAITING)),
            nobody: hash_now("nobody's password").expect("a short text can be hashed").into(),
        }
    }

    /// Hashes a password, as PHC text.
    pub async fn hash(&self, password: String) -> Result<String, AppError> {
        let hash = self.on_a_core(move || hash_now(&password)).await?;
        hash.map_err(|reason| report::internal_text(&reason))
    }

    /// Whether a password belongs to a hash. Without a hash it takes as long and is wrong.
    pub async fn verify(&self, password: String, hash: Option<String>) -> Result<bool, AppError> {
        let nobody = self.nobody.clone();
        self.on_a_core(move || {
            let hash = hash.as_deref();
            let matches = matches(&password, hash.unwrap_or(&nobody));
            matches && hash.is_some()
        })
        .await
    }

    async fn on_a_core<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, AppError> {
        let _place = self.places.try_acquire().map_err(|_| AppError::Busy)?;
        let core = self.cores.clone().acquire_owned().await.map_err(|error| report::internal(&error))?;
        let done = tokio::task::spawn_blocking(move || {
            let done = work();
            drop(core);
            done
        });
        done.await.map_err(|error| report::internal(&error))
    }
}

/// Whether a person may choose this password.
pub fn check(password: &str, username: &str) -> Result<(), AppError> {
    let problem =
        |code, message: &str| Err(AppError::Invalid { problems: vec![Problem::new("new_password", code, message)] });
    if password.chars().count() < MIN_LENGTH {
        return problem("too_short", &format!("a password has at least {MIN_LENGTH} characters"));
    }
    if password.len() > MAX_LENGTH {
        return problem("too_long", &format!("a password has at most {MAX_LENGTH} bytes"));
    }
    if password.to_lowercase() == username.to_lowercase() {
        return problem("is_username", "the username is no password");
    }
    Ok(())
}

/// A password to hand out once: 20 characters of 31, which is 99 bits.
pub fn one_time() -> Result<String, getrandom::Error> {
    let letters = random_letters(20)?;
    let groups: Vec<&str> = [0, 5, 10, 15].into_iter().filter_map(|at| letters.get(at..at + 5)).collect();
    Ok(groups.join("-"))
}

/// So many random letters and digits of 31, without those that are easily taken for each other.
pub(super) fn random_letters(count: usize) -> Result<String, getrandom::Error> {
    const LETTERS: &[u8; 31] = b"abcdefghjkmnpqrstuvwxyz23456789";
    let mut text = String::with_capacity(count);
    while text.len() < count {
        let mut byte = [0];
        getrandom::fill(&mut byte)?;
        // 248 is the greatest multiple of 31 in a byte: what is above would make some letters likelier.
        if byte[0] < 248 {
            text.push(char::from(LETTERS[usize::from(byte[0] % 31)]));
        }
    }
    Ok(text)
}

/// When a password that is given now ends.
pub fn one_time_until(now: i64) -> i64 {
    now.saturating_add(ONE_TIME)
}

/// Hashes on the thread that asks: for the command line, which has nothing else to do.
pub fn hash_now(password: &str) -> Result<String, String> {
    Argon2::default().hash_password(password.as_bytes()).map(|hash| hash.to_string()).map_err(|error| error.to_string())
}

fn matches(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_belongs_to_its_own_hash_alone() {
        let passwords = Passwords::new();
        let hash = passwords.hash("correct horse battery".to_owned()).await.expect("hashes");
        assert!(hash.starts_with("$argon2id$"));
        assert_eq!(passwords.verify("correct horse battery".to_owned(), Some(hash.clone())).await, Ok(true));
        assert_eq!(passwords.verify("correct horse batterz".to_owned(), Some(hash)).await, Ok(false));
        assert_eq!(passwords.verify("nobody's password".to_owned(), None).await, Ok(false));
    }

    #[test]
    fn a_one_time_password_is_long_and_never_the_same() {
        let password = one_time().expect("randomness");
        assert_eq!(password.len(), 23);
        assert_ne!(password, one_time().expect("randomness"));
        assert_eq!(check(&password, "admin"), Ok(()));
    }

    #[test]
    fn a_poor_password_says_why() {
        let code = |password: &str| match check(password, "administrator") {
            Err(AppError::Invalid { problems }) => problems[0].code.clone(),
            other => format!("{other:?}"),
        };
        assert_eq!(code("short"), "too_short");
        assert_eq!(code("Administrator"), "is_username");
        assert_eq!(code(&"x".repeat(2000)), "too_long");
    }
}
