//! A button that takes out what the page shows as a file, and the dialog behind it.

use crate::{
    components::{dialog::Dialog, form::Awake, icon::Icon},
    export::FileFormat,
    text,
};
use leptos::prelude::*;
use std::time::Duration;

/// A button and its dialog. The link that loads the file is an ordinary one: what cannot be made is said in its place.
#[component]
pub fn Export(
    /// The heading of the dialog.
    title: &'static str,
    /// What the file will hold, in words.
    #[prop(into)]
    about: Signal<String>,
    /// Where the file is.
    #[prop(into)]
    href: Signal<String>,
    /// The choices.
    children: ChildrenFn,
) -> AnyView {
    let open = RwSignal::new(false);
    let waiting = Awake::must_wait();
    let children = StoredValue::new(children);
    // Once the press is over: a link that is gone by then leads nowhere.
    let close_soon = move |_| set_timeout(move || open.set(false), Duration::ZERO);
    view! {
        <button type="button" class="button" disabled=move || waiting.get() on:click=move |_| open.set(true)>
            {Icon::Export.view()}
            {text!(export.export)}
        </button>
        <Dialog open title=Signal::stored(title.to_owned()) on_close=move |()| open.set(false)>
            <p>{move || about.get()}</p>
            {children.with_value(|children| children())}
            <p class="quiet">{text!(export.safe)}</p>
            <p class="actions">
                <a class="button is-primary" rel="external" href=move || href.get() on:click=close_soon>
                    {text!(export.download)}
                </a>
            </p>
        </Dialog>
    }
    .into_any()
}

/// One of a few, each with its code and its word.
#[component]
pub fn Choice(
    /// What is chosen.
    label: &'static str,
    /// The name of the group of buttons.
    name: &'static str,
    /// The choices.
    options: Vec<(&'static str, &'static str)>,
    /// The code of the one that is chosen.
    value: RwSignal<&'static str>,
    /// What the chosen one means, in words.
    #[prop(optional, into)]
    about: Option<Signal<&'static str>>,
) -> AnyView {
    let options = options.into_iter().map(|(code, word)| {
        view! {
            <label>
                <input
                    type="radio"
                    name=name
                    prop:checked=move || value.get() == code
                    on:change=move |_| value.set(code)
                />
                <span>{word}</span>
            </label>
        }
    });
    view! {
        <fieldset class="field">
            <legend>{label}</legend>
            <div class="switch">{options.collect_view()}</div>
            {about.map(|about| view! { <p class="quiet" role="status">{move || about.get()}</p> })}
        </fieldset>
    }
    .into_any()
}

/// CSV, as programs or as Excel read it, or XLSX.
#[component]
pub fn FormatChoice(
    /// The code of the format.
    value: RwSignal<&'static str>,
) -> AnyView {
    let options = FileFormat::ALL.map(|format| (format.code(), format_word(format))).to_vec();
    let about = Signal::derive(move || match FileFormat::parse(value.get()) {
        Some(FileFormat::CsvExcel) => text!(export.csv_excel_about),
        Some(FileFormat::Xlsx) => text!(export.xlsx_about),
        _ => text!(export.csv_about),
    });
    view! { <Choice label=text!(export.format) name="format" options value about /> }.into_any()
}

/// What a format is called.
pub fn format_word(format: FileFormat) -> &'static str {
    match format {
        FileFormat::Csv => "CSV",
        FileFormat::CsvExcel => text!(export.csv_excel),
        FileFormat::Xlsx => "Excel (XLSX)",
    }
}
