//! What happened to a user, field by field.

use crate::{
    api::user::{HISTORY, HistoryLine, list_user_history},
    components::{
        error_view::{ErrorView, explain},
        field_change::BeforeAfter,
        field_name::field_name,
        history_head::HistoryHead,
        toast::Toasts,
    },
    text,
};
use identity::id::UserId;
use leptos::{prelude::*, task::spawn_local};

/// The changes of a user, newest first.
#[component]
pub(super) fn History(
    /// The user.
    user_id: UserId,
    /// Tells that something happened that changed nothing else of the page.
    #[prop(into)]
    news: Signal<u32>,
) -> AnyView {
    let older = RwSignal::new(Vec::<HistoryLine>::new());
    let first = Resource::new(move || news.get(), move |_| list_user_history(user_id, None));
    Effect::watch(move || news.get(), move |_, _, _| older.set(vec![]), false);
    let all_there = RwSignal::new(false);
    let toasts = Toasts::here();
    let more = move |_| {
        let shown_last = older
            .with_untracked(|older| older.last().map(at))
            .or_else(|| first.with_untracked(|first| first.as_ref()?.as_ref().ok()?.last().map(at)));
        spawn_local(async move {
            match list_user_history(user_id, shown_last).await {
                Ok(lines) => {
                    all_there.set(lines.len() < HISTORY as usize);
                    older.update(|older| older.extend(lines));
                }
                Err(error) => toasts.fail(explain(&error).what, None),
            }
        });
    };
    view! {
        <section class="section" aria-labelledby="history">
            <h2 id="history">{text!(users.history)}</h2>
            <Suspense fallback=|| view! { <p class="quiet" aria-busy="true">{text!(common.loading)}</p> }>
                {move || {
                    first
                        .get()
                        .map(|answer| match answer {
                            Ok(lines) => {
                                let may_have_more = lines.len() >= HISTORY as usize;
                                view! {
                                    {lines.is_empty().then(|| view! { <p class="quiet">{text!(users.no_history)}</p> })}
                                    <ol class="history">
                                        {lines.into_iter().map(|line| view! { <Line line /> }).collect_view()}
                                        <For each=move || older.get() key=at let:line>
                                            <Line line />
                                        </For>
                                    </ol>
                                    <Show when=move || may_have_more && !all_there.get()>
                                        <button type="button" class="button" on:click=more>
                                            {text!(users.history_more)}
                                        </button>
                                    </Show>
                                }
                                    .into_any()
                            }
                            Err(error) => view! { <ErrorView error on_retry=move |()| first.refetch() /> }.into_any(),
                        })
                }}
            </Suspense>
        </section>
    }
    .into_any()
}

/// Where a line stands in the history.
fn at(line: &HistoryLine) -> (i64, i64) {
    (line.version, line.step)
}

#[component]
fn Line(line: HistoryLine) -> AnyView {
    let HistoryLine {
        version,
        step,
        at,
        author,
        job_id,
        fields,
        added_roles,
        removed_roles,
        added_groups,
        removed_groups,
        dn,
        unlinked_dn,
        password_given,
        password_link,
    } = line;
    let what = match (version, step) {
        _ if password_given => text!(users.password_given),
        _ if password_link => text!(users.password_link_made),
        (1, 0) => text!(users.created),
        _ => text!(users.changed),
    };
    let fields = fields.into_iter().map(|change| {
        let name = field_name(&change.field);
        view! {
            <li>
                <span class="field-name">{name}": "</span>
                <BeforeAfter change />
            </li>
        }
    });
    let added = added_roles.into_iter().map(|role| {
        view! { <li><span class="field-name">{text!(users.role)}": "</span><ins class="after">"+ "{role.to_string()}</ins></li> }
    });
    let removed = removed_roles.into_iter().map(|role| {
        view! { <li><span class="field-name">{text!(users.role)}": "</span><del class="before">{role.to_string()}</del></li> }
    });
    let joined = added_groups.into_iter().map(|group| {
        view! { <li><span class="field-name">{text!(users.group)}": "</span><ins class="after" dir="auto">"+ "{group.to_string()}</ins></li> }
    });
    let left = removed_groups.into_iter().map(|group| {
        view! { <li><span class="field-name">{text!(users.group)}": "</span><del class="before" dir="auto">{group.to_string()}</del></li> }
    });
    let entry = dn.map(|dn| {
        view! { <li><span class="field-name">{text!(users.dn)}": "</span><code>{dn}</code></li> }
    });
    let unlinked = unlinked_dn.map(|dn| {
        view! {
            <li>
                <span class="field-name">{text!(users.unlinked)}": "</span>
                <code>{dn}</code>
            </li>
        }
    });
    view! {
        <li>
            <HistoryHead what author job_id at />
            <ul>
                {fields.collect_view()} {added.collect_view()} {removed.collect_view()} {joined.collect_view()}
                {left.collect_view()} {entry} {unlinked}
            </ul>
        </li>
    }
    .into_any()
}
