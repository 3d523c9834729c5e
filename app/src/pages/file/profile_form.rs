//! The dialog in which a profile gets its name, and in which is said for whom it is.

use crate::api::profile::ProfileForm;
use crate::components::dialog::Dialog;
use crate::components::field::{SelectField, TextField};
use crate::components::form::{ErrorSummary, FormErrors};
use crate::error::AppError;
use crate::text;
use identity::profile::Sharing;
use leptos::{prelude::*, task::spawn_local};
use std::pin::Pin;

/// What the dialog asks. It is open as long as there is something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Its heading.
    pub title: &'static str,
    /// Its button: a verb.
    pub action: &'static str,
    /// Whether for whom the profile is can be said.
    pub shares: bool,
    /// What stands in it at first.
    pub form: ProfileForm,
}

/// What is done with the form; an error keeps the dialog open.
pub type Submitted = Pin<Box<dyn Future<Output = Result<(), AppError>> + Send>>;

/// Asks for a name, and for whom the profile is.
#[component]
pub fn ProfileDialog(
    /// What is asked.
    asked: RwSignal<Option<Asked>>,
    /// Does it.
    #[prop(into)]
    on_submit: Callback<ProfileForm, Submitted>,
) -> AnyView {
    let (name, sharing) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (busy, errors) = (RwSignal::new(false), FormErrors::new());
    let words =
        Memo::new(move |_| asked.with(|asked| asked.as_ref().map(|asked| (asked.title, asked.action, asked.shares))));
    // Before the dialog is shown, and so before its fields are made.
    let open = Memo::new(move |_| {
        asked.with(|asked| {
            let Some(Asked { form, .. }) = asked else { return false };
            name.set(form.name.clone());
            sharing.set(form.sharing.code().to_owned());
            errors.set(None);
            true
        })
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let sharing = Sharing::parse(&sharing.get_untracked()).unwrap_or_default();
        let done = on_submit.run(ProfileForm { name: name.get_untracked(), sharing });
        spawn_local(async move {
            match done.await {
                Ok(()) => asked.set(None),
                Err(error) => errors.set(Some(error)),
            }
            busy.set(false);
        });
    };
    let shares = move || {
        let shares = words.get().is_some_and(|(_, _, shares)| shares);
        let options = Sharing::ALL.map(|sharing| (sharing.code().to_owned(), sharing_word(sharing).to_owned()));
        shares.then(|| {
            view! {
                <SelectField
                    id="profile_sharing"
                    label=text!(profiles.sharing)
                    value=sharing
                    options=options.to_vec()
                    hint=text!(profiles.sharing_hint)
                />
            }
        })
    };
    let title = Signal::derive(move || words.get().map(|(title, ..)| title.to_owned()).unwrap_or_default());
    view! {
        <Dialog open title on_close=move |()| asked.set(None)>
            <form method="post" novalidate on:submit=submit>
                <ErrorSummary errors label=|_| text!(profiles.name).to_owned() />
                <TextField
                    id="profile_name"
                    label=text!(profiles.name)
                    value=name
                    error=errors.of("profile_name")
                    required=true
                />
                {shares}
                <div class="actions">
                    <button type="button" class="button" on:click=move |_| asked.set(None)>
                        {text!(common.cancel)}
                    </button>
                    <button type="submit" class="button is-primary" disabled=move || busy.get()>
                        {move || words.get().map(|(_, action, _)| action)}
                    </button>
                </div>
            </form>
        </Dialog>
    }
    .into_any()
}

/// For whom a profile is, in words.
pub fn sharing_word(sharing: Sharing) -> &'static str {
    match sharing {
        Sharing::Private => text!(profiles.sharing_private),
        Sharing::Run => text!(profiles.sharing_run),
        Sharing::Edit => text!(profiles.sharing_edit),
    }
}
