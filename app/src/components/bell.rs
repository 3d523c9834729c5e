//! The bell: notifications, how many are new, and the title that counts along.

mod note;
mod tell;

use crate::{
    api::notification::{list_notifications, mark_notifications_seen},
    browser,
    components::{icon::Icon, live::Live},
    text,
};
use job::Notification;
use leptos::{prelude::*, task::spawn_local};
use leptos_meta::Title;
use note::NoteLine;
use std::collections::BTreeMap;

/// The bell of the header. It also opens the tab's stream of events, tells of jobs in toasts and puts the percentage
/// of a running job into the title.
#[component]
pub fn Bell() -> AnyView {
    let live = Live::here();
    let stored = RwSignal::new(Vec::<Notification>::new());
    Effect::new(move |_| {
        browser::follow_events(live);
        spawn_local(tell::running_jobs(live));
    });
    Effect::new(move |_| {
        // Again whenever the stream opens: it begins with what happens from then on.
        live.is_open();
        spawn_local(async move {
            if let Ok(list) = list_notifications().await {
                stored.try_set(list.items);
            }
        });
    });
    tell::toasts(live);
    // Both sources by number, newest first: the list of the server and what the stream said since.
    let all = Memo::new(move |_| {
        let stored = stored.get().into_iter().chain(live.notifications().into_iter().rev());
        let by_number: BTreeMap<_, _> = stored.map(|notification| (notification.event_id, notification)).collect();
        by_number.into_values().rev().collect::<Vec<_>>()
    });
    let unseen = Memo::new(move |_| {
        let count = all.with(|all| all.iter().filter(|notification| !notification.seen).count());
        u32::try_from(count).unwrap_or(u32::MAX)
    });
    let mark_seen = move |_| {
        let Some(newest) = all.with_untracked(|all| all.first().map(|newest| newest.event_id)) else { return };
        spawn_local(async move {
            if mark_notifications_seen(newest).await.is_ok() {
                stored.try_update(|stored| stored.iter_mut().for_each(|notification| notification.seen = true));
                live.mark_seen(newest);
            }
        });
    };
    let label = move || match unseen.get() {
        0 => text!(jobs.notifications).to_owned(),
        count => text!(jobs.notifications_new, count = count, n = text::number(count)),
    };
    view! {
        <Title formatter=move |title: String| match live.my_percent() {
            Some(percent) => text!(jobs.window_title, percent = percent, title = title),
            None => title,
        } />
        <div class="bell">
            <button type="button" class="tool" popovertarget="bell-list" aria-label=label on:click=mark_seen>
                {Icon::Bell.view()}
                <span class="tool-label">{text!(jobs.notifications)}</span>
                " "
                {move || (unseen.get() > 0).then(|| view! { <span class="bell-count">{unseen.get()}</span> })}
            </button>
            <div id="bell-list" popover="auto" class="menu bell-list">
                <h2>{text!(jobs.notifications)}</h2>
                <ul>
                    <For
                        each=move || all.get()
                        key=|notification| notification.event_id
                        children=|notification| view! { <NoteLine notification /> }
                    />
                </ul>
                {move || all.read().is_empty().then(|| view! { <p class="quiet">{text!(jobs.notifications_none)}</p> })}
                <p><a href="/jobs">{text!(jobs.all_jobs)}</a></p>
            </div>
        </div>
    }
    .into_any()
}
