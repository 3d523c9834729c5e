//! One-time links to choose a password with: made, asked for, written into a letter, used.

use super::mail::{Letter, Request};
use super::{Services, password, report, services, session};
use crate::error::{AppError, What};
use crate::text::{self, Language};
use crate::text_in;
use sha2::{Digest as _, Sha256};
use store::password_links::{LinkOwner, NewLink, Recipient};

/// A link ends after so long, in milliseconds.
const VALID_FOR: i64 = 24 * 60 * 60 * 1000;
/// A user is sent one link in so long, in milliseconds, however often somebody asks.
const ONE_IN: i64 = 5 * 60 * 1000;
/// Letters of a token: of 31 each, which is 198 bits. No punctuation, which programs that find links in texts leave out.
const LETTERS: usize = 40;
/// The longest name that is looked for, in bytes.
const MAX_NAME: usize = 1024;

/// What makes a link one of a kind. Whoever knows it chooses the password.
pub struct Token {
    letters: String,
    hashed: [u8; 32],
}

impl Token {
    /// A new one.
    pub fn fresh() -> Result<Self, AppError> {
        let letters = password::random_letters(LETTERS).map_err(|error| report::internal(&error))?;
        Ok(Self { hashed: hashed(&letters), letters })
    }

    /// The link as it is stored, made now.
    pub fn link(&self, now: i64) -> NewLink<'_> {
        NewLink { hashed_token: &self.hashed, now, until: now.saturating_add(VALID_FOR) }
    }

    /// The address that opens it, at this site or from its root.
    pub fn address(&self, site: Option<&str>) -> String {
        format!("{}/password/{}", site.unwrap_or_default(), self.letters)
    }
}

/// Whom a link is for. An unknown, a spent and an ended one are the same.
pub async fn find(token: &str) -> Result<LinkOwner, AppError> {
    let services = services()?;
    let found = services.store.find_password_link(&hashed(token), services.now()).await?;
    found.ok_or(AppError::PasswordLinkEnded)
}

/// Sets the password that somebody chose with a link. Looked up before the hashing, which costs a moment of a core.
pub async fn choose(token: &str, new: String) -> Result<(), AppError> {
    let services = services()?;
    let LinkOwner { username, .. } = find(token).await?;
    password::check(&new, &username)?;
    let hash = services.passwords.hash(new).await?;
    let used = services.store.use_password_link(&hashed(token), &hash, services.now()).await?;
    let user_id = used.ok_or(AppError::PasswordLinkEnded)?;
    tracing::info!(user_id = user_id.0, "a password was chosen with a one-time link");
    Ok(())
}

/// Takes a request for a new password. The answer is the same for everybody and does not wait for the database.
pub async fn ask(name: &str) -> Result<(), AppError> {
    let services = services()?;
    let Some(asked) = &services.asked else { return Err(AppError::not_found(What::Page)) };
    let name = name.trim();
    if name.is_empty() {
        return Err(AppError::invalid("name", "missing", "a username or an e-mail address is needed"));
    }
    if name.len() > MAX_NAME {
        return Ok(());
    }
    let attempt = services.asks.attempt(name, session::address().await, services.now());
    attempt.map_err(|retry_after_seconds| {
        tracing::warn!(retry_after_seconds, "too many requests for passwords");
        AppError::TooManyAttempts { retry_after_seconds }
    })?;
    let request = Request { name: name.to_owned(), language: text::language() };
    if asked.put(request) { Ok(()) } else { Err(AppError::Busy) }
}

/// The letters to whoever a request is about: nobody, in most cases one, several who share an address. Their links work
/// from now on.
pub async fn letters(services: &Services, request: &Request) -> Result<Vec<Letter>, AppError> {
    // Settings with a mail server have an address; a link that is only a path helps nobody in a letter.
    let Some(site) = services.public_url.as_deref() else { return Ok(vec![]) };
    let mut letters = vec![];
    for to in services.store.password_recipients(&request.name).await? {
        let (token, now) = (Token::fresh()?, services.now());
        if services.store.add_asked_link(&to, token.link(now), now.saturating_sub(ONE_IN)).await? {
            tracing::info!(user_id = to.user_id.0, "a password link is sent");
            letters.push(letter(to, site, &token.address(Some(site)), request.language));
        }
    }
    Ok(letters)
}

fn letter(to: Recipient, site: &str, link: &str, otherwise: Language) -> Letter {
    let Recipient { user_id: _, username, email, locale } = to;
    let language = locale.map_or(otherwise, |locale| language_of(&locale));
    let text = [
        text_in!(language, session.mail_asked, username = username, site = site.to_owned()),
        text_in!(language, session.mail_choose).to_owned(),
        link.to_owned(),
        text_in!(language, session.mail_ignore).to_owned(),
    ];
    Letter { to: email, subject: text_in!(language, session.mail_subject).to_owned(), text: text.join("\n\n") + "\n" }
}

/// The language of a user's locale: `de_AT` is German; who reads neither of ours gets English.
fn language_of(locale: &str) -> Language {
    let language = locale.split(['_', '-', '.']).next().unwrap_or_default();
    if language.eq_ignore_ascii_case("de") { Language::de } else { Language::en }
}

/// What is stored of a token: a copy of the database opens no link.
fn hashed(token: &str) -> [u8; 32] {
    Sha256::digest(token).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use identity::id::UserId;

    #[test]
    fn a_token_is_long_and_never_the_same() {
        let (one, other) = (Token::fresh().expect("randomness"), Token::fresh().expect("randomness"));
        assert_ne!(one.letters, other.letters);
        assert_eq!(one.hashed, hashed(&one.letters));
        let address = one.address(Some("https://muster.example"));
        let letters = address.strip_prefix("https://muster.example/password/").expect("the site, then the path");
        assert!(letters.len() == 40 && letters.bytes().all(|letter| letter.is_ascii_alphanumeric()), "{letters}");
        assert_eq!(one.address(None), format!("/password/{letters}"));
    }

    #[test]
    fn a_letter_speaks_the_language_of_its_reader() {
        let to = |locale: Option<&str>| {
            let (username, email) = ("eve".to_owned(), "eve@example.org".to_owned());
            let to = Recipient { user_id: UserId(1), username, email, locale: locale.map(str::to_owned) };
            letter(to, "https://muster.example", "https://muster.example/password/x", Language::de)
        };
        for (locale, subject) in [
            (None, "Neues Passwort für Muster"),
            (Some("de_AT"), "Neues Passwort für Muster"),
            (Some("en-GB"), "New password for Muster"),
            (Some("fr"), "New password for Muster"),
        ] {
            assert_eq!(to(locale).subject, subject, "{locale:?}");
        }
        let Letter { to, text, .. } = to(Some("en"));
        assert_eq!(to, "eve@example.org");
        assert!(text.contains("\n\nhttps://muster.example/password/x\n\n") && text.contains("eve"), "{text}");
    }
}
