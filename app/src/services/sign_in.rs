//! Signing in and out, and replacing one's own password.

use super::{Actor, access, password, services, session};
use crate::error::{AppError, Problem};
use identity::username;
use store::credentials::Credentials;

/// Signs in with Muster's own password. The answer is the same for an unknown name, a wrong password, a user without
/// a password and one that is disabled, and takes as long. Whoever has a one-time password that ended is told so.
pub async fn sign_in(username: &str, password: String) -> Result<Actor, AppError> {
    let services = services()?;
    let Ok(username) = username::check(username) else { return Err(AppError::InvalidCredentials) };
    // An empty password is refused before anything is asked (R23).
    if password.is_empty() || password.len() > password::MAX_LENGTH {
        return Err(AppError::InvalidCredentials);
    }
    let address = session::address().await;
    services.sign_ins.attempt(username, address, services.now()).map_err(|retry_after_seconds| {
        tracing::warn!(retry_after_seconds, "too many failed sign-ins");
        AppError::TooManyAttempts { retry_after_seconds }
    })?;
    let known = services.store.find_credentials(username).await?;
    let hash = known.as_ref().and_then(|known| known.password_hash.clone());
    let verified = services.passwords.verify(password, hash).await?;
    let Some(Credentials { user_id, one_time_until, .. }) = known.filter(|known| verified && known.enabled) else {
        tracing::info!("a sign-in failed");
        return Err(AppError::InvalidCredentials);
    };
    if one_time_until.is_some_and(|until| until <= services.now()) {
        tracing::info!(user_id = user_id.0, "a sign-in with a one-time password that has ended");
        return Err(AppError::OneTimePasswordEnded);
    }
    let found = services.store.find_access(user_id).await?.ok_or(AppError::InvalidCredentials)?;
    services.sign_ins.succeeded(username, address, services.now());
    if one_time_until.is_some() {
        // Two people know it. Whoever was signed in with it before is signed out, so that the other notices.
        services.store.end_sessions(user_id).await?;
    }
    session::begin(&session::current().await?, user_id).await?;
    tracing::info!(user_id = user_id.0, "signed in");
    Ok(Actor::new(services, found))
}

/// Signs out: the session ends, here and in the store.
pub async fn sign_out() -> Result<(), AppError> {
    session::current().await?.flush().await?;
    Ok(())
}

/// Replaces one's own password. Every other session of the user ends, and this one gets another id.
pub async fn change_password(current: String, new: String) -> Result<(), AppError> {
    let actor = access::known().await?;
    let session = session::current().await?;
    password::check(&new, actor.username())?;
    if new == current {
        let message = "the new password is the old one";
        return Err(AppError::Invalid { problems: vec![Problem::new("new_password", "unchanged", message)] });
    }
    // Whoever finds an open session must not be able to guess here what the sign-in page would stop.
    let wait = |retry_after_seconds| AppError::TooManyAttempts { retry_after_seconds };
    actor.sign_ins.attempt(actor.username(), None, actor.now()).map_err(wait)?;
    let known = actor.store.find_credentials(actor.username()).await?.ok_or(AppError::NotSignedIn)?;
    if !actor.passwords.verify(current, known.password_hash).await? {
        return Err(AppError::invalid("current_password", "wrong", "this is not your password"));
    }
    actor.sign_ins.succeeded(actor.username(), None, actor.now());
    let hash = actor.passwords.hash(new).await?;
    let keep = session.id().map(|id| session::hashed(&id));
    let keep = keep.as_ref().map(|id| id.as_slice());
    actor.store.set_password(actor.user_id(), &hash, keep, actor.now()).await?;
    session.cycle_id().await?;
    Ok(())
}
