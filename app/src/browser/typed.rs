//! What a person, or the browser for them, filled in before the scripts ran. Waking a page sets every field to what the
//! server wrote there; a password that was filled in would be gone, and nobody would see why signing in fails.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, EventInit, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};

/// The fields that differ from what the server wrote. Boxes are left out: a browser that loads a page again ticks them as
/// they were, and what a tick means then, the page knows better.
pub struct Typed(Vec<(Element, String)>);

impl Typed {
    /// Looks at every field of the page.
    pub fn find() -> Self {
        let Ok(fields) = document().query_selector_all("input, textarea, select") else { return Self(vec![]) };
        let fields = (0..fields.length()).filter_map(|index| fields.get(index)?.dyn_into::<Element>().ok());
        Self(fields.filter_map(|field| changed(&field).map(|text| (field, text))).collect())
    }

    /// Fills them in again, and tells the page as if it happened now; so it does of what was filled in since, which may
    /// have come before a part of the page could hear it.
    pub fn give_back(self) {
        let since = Self::find().0;
        let reset = self.0.into_iter().filter(|(field, _)| !since.iter().any(|(other, _)| other == field));
        for (field, text) in reset.collect::<Vec<_>>().into_iter().chain(since) {
            fill_in(&field, &text);
        }
    }
}

/// What a field holds, if that is not what the server wrote.
fn changed(field: &Element) -> Option<String> {
    if let Some(input) = field.dyn_ref::<HtmlInputElement>() {
        let is_box = matches!(input.type_().as_str(), "checkbox" | "radio");
        return (!is_box && input.value() != input.default_value()).then(|| input.value());
    }
    if let Some(area) = field.dyn_ref::<HtmlTextAreaElement>() {
        let written = area.default_value().unwrap_or_default();
        return (area.value() != written).then(|| area.value());
    }
    let select = field.dyn_ref::<HtmlSelectElement>()?;
    let written = select.query_selector("option[selected]").ok().flatten();
    let written = written.and_then(|option| option.get_attribute("value"));
    written.is_some_and(|written| written != select.value()).then(|| select.value())
}

fn fill_in(field: &Element, text: &str) {
    let kind = if let Some(input) = field.dyn_ref::<HtmlInputElement>() {
        input.set_value(text);
        "input"
    } else if let Some(area) = field.dyn_ref::<HtmlTextAreaElement>() {
        area.set_value(text);
        "input"
    } else if let Some(select) = field.dyn_ref::<HtmlSelectElement>() {
        select.set_value(text);
        "change"
    } else {
        return;
    };
    let options = EventInit::new();
    options.set_bubbles(true);
    if let Ok(event) = Event::new_with_event_init_dict(kind, &options) {
        let _ = field.dispatch_event(&event);
    }
}
