//! Language, theme, password, about.

use crate::{
    appearance::{THEME_COOKIE, Theme},
    browser,
    components::{form::Awake, page_header::PageHeader, session::Session, toast::Toasts},
    pages::sign_in::ChangePassword,
    text,
    text::{LANGUAGE_COOKIE, Language},
};
use leptos::prelude::*;
use leptos_i18n::Locale as _;

/// What a person sets for themselves, and what this is.
#[component]
pub fn SettingsPage() -> AnyView {
    let session = Session::here();
    let toasts = Toasts::here();
    view! {
        <PageHeader title=text!(settings.title) />
        <div class="columns">
            <section class="section" aria-labelledby="look">
                <h2 id="look">{text!(settings.look)}</h2>
                <LanguageChoice />
                <ThemeChoice />
            </section>
            <section class="section" aria-labelledby="password">
                <h2 id="password">{text!(settings.password)}</h2>
                <p class="quiet">{text!(settings.password_about)}</p>
                <ChangePassword on_changed=move |()| toasts.say(text!(settings.password_changed)) />
            </section>
            <section class="section" aria-labelledby="about">
                <h2 id="about">{text!(settings.about)}</h2>
                <p>{text!(settings.about_muster)}</p>
                <dl class="facts">
                    <dt>{text!(settings.version)}</dt>
                    <dd>{env!("CARGO_PKG_VERSION")}</dd>
                    <dt>{text!(settings.licence)}</dt>
                    <dd>"Apache-2.0"</dd>
                </dl>
                <Suspense>
                    {move || {
                        session
                            .me()
                            .filter(|me| me.demo)
                            .map(|_| view! { <p><a href="/demo">{text!(settings.demo)}</a></p> })
                    }}
                </Suspense>
            </section>
        </div>
    }
    .into_any()
}

#[component]
fn LanguageChoice() -> AnyView {
    let waiting = Awake::must_wait();
    let languages = [(Language::en, "English"), (Language::de, "Deutsch")];
    let choose = move |language: Language| {
        browser::set_cookie(LANGUAGE_COOKIE, language.as_str());
        browser::reload();
    };
    view! {
        <fieldset class="field" disabled=move || waiting.get()>
            <legend>{text!(settings.language)}</legend>
            <div class="switch">
                {languages
                    .map(|(language, name)| {
                        view! {
                            <label>
                                <input
                                    type="radio"
                                    name="language"
                                    checked=language == text::language()
                                    on:change=move |_| choose(language)
                                />
                                <span lang=language.as_str()>{name}</span>
                            </label>
                        }
                    })
                    .into_iter()
                    .collect_view()}
            </div>
        </fieldset>
    }
    .into_any()
}

#[component]
fn ThemeChoice() -> AnyView {
    let waiting = Awake::must_wait();
    // The document says which one is in use; the server wrote it there.
    let chosen = RwSignal::new(None::<Theme>);
    Effect::new(move |_| chosen.set(Some(browser::theme())));
    let choose = move |theme: Theme| {
        browser::set_cookie(THEME_COOKIE, theme.code());
        browser::set_theme(theme);
        chosen.set(Some(theme));
    };
    view! {
        <fieldset class="field" disabled=move || waiting.get()>
            <legend>{text!(settings.theme)}</legend>
            <div class="switch">
                {Theme::ALL
                    .map(|theme| {
                        view! {
                            <label>
                                <input
                                    type="radio"
                                    name="theme"
                                    prop:checked=move || chosen.get() == Some(theme)
                                    on:change=move |_| choose(theme)
                                />
                                <span>{theme_name(theme)}</span>
                            </label>
                        }
                    })
                    .into_iter()
                    .collect_view()}
            </div>
        </fieldset>
    }
    .into_any()
}

fn theme_name(theme: Theme) -> &'static str {
    match theme {
        Theme::System => text!(settings.theme_system),
        Theme::Light => text!(settings.theme_light),
        Theme::Dark => text!(settings.theme_dark),
    }
}
