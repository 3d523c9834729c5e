//! Where a user came from.

use crate::{api::user::NoPassword, components::time::Time, text};
use identity::user::{Link, User};
use leptos::prelude::*;

/// Origin, directory, entry, last change.
#[component]
pub(super) fn About(
    user: User,
    updated_at: i64,
    directory: Option<String>,
    no_password: Option<NoPassword>,
    may_ask_password: bool,
) -> AnyView {
    let linked = user.link.map(|link| {
        let Link { directory_id, external_id, dn } = link;
        let href = format!("/users?directory={directory_id}");
        view! {
            <dt>{text!(users.directory)}</dt>
            <dd>
                <a href=href>{directory.unwrap_or_else(|| directory_id.to_string())}</a>
            </dd>
            <dt>{text!(users.dn)}</dt>
            <dd>
                <code dir="ltr">{dn}</code>
            </dd>
            <dt>{text!(users.external_id)}</dt>
            <dd>
                <code>{external_id.to_string()}</code>
            </dd>
        }
    });
    let is_linked = linked.is_some();
    view! {
        <section class="section" aria-labelledby="origin">
            <h2 id="origin">{text!(users.where_from)}</h2>
            <p class="quiet">{if is_linked { text!(users.external_about) } else { text!(users.internal_about) }}</p>
            {no_password.map(|why| view! { <p class="quiet">{what_helps(why, may_ask_password)}</p> })}
            <dl class="facts">
                {linked} <dt>{text!(users.column_updated)}</dt> <dd>
                    <Time at=updated_at />
                </dd> <dt>{text!(users.version)}</dt> <dd>{user.version}</dd>
            </dl>
        </section>
    }
    .into_any()
}

/// Why nobody can sign in, and what helps. Without letters, or an address for them, asking for a link brings none.
fn what_helps(why: NoPassword, may_ask_password: bool) -> String {
    let why = match why {
        NoPassword::NotYet => text!(users.lacks_password_why),
        NoPassword::Ended => text!(users.one_time_ended_why),
    };
    let what = if may_ask_password { text!(users.hand_over_or_ask) } else { text!(users.hand_over) };
    format!("{why} {what}")
}
