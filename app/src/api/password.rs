//! Choosing a password with a one-time link, and asking for one: for people who cannot sign in. None of these asks who
//! calls; the link is what permits.

use crate::api::json::Json;
use crate::error::AppError;
use leptos::prelude::*;

/// Whether a new password can be asked for on the sign-in page.
#[server(input = Json, output = Json)]
pub async fn may_ask_password() -> Result<bool, AppError> {
    Ok(crate::services::services()?.sends_mail())
}

/// Asks for a new password by username or e-mail address. What is answered says nothing about whether there is such a
/// user.
#[server(input = Json, output = Json)]
pub async fn ask_password(name: String) -> Result<(), AppError> {
    crate::services::password_link::ask(&name).await
}

/// The username of whoever a link is for. Looking does not spend it: programs look at links in letters before people do.
#[server(input = Json, output = Json)]
pub async fn fetch_password_link(token: String) -> Result<String, AppError> {
    Ok(crate::services::password_link::find(&token).await?.username)
}

/// Chooses a password with a link, which is spent with it. Every session of the user ends.
#[server(input = Json, output = Json)]
pub async fn choose_password(token: String, new: String) -> Result<(), AppError> {
    crate::services::password_link::choose(&token, new).await
}
