//! What a step of a test found, in words.

use crate::text;
use leptos::prelude::*;

/// Facts as a list of terms; several values of one term stand together.
pub fn fact_list(facts: Vec<(String, String)>) -> Option<AnyView> {
    if facts.is_empty() {
        return None;
    }
    let mut lines: Vec<(String, Vec<String>)> = Vec::new();
    for (key, value) in facts {
        let value = value_word(&key, value);
        match lines.last_mut() {
            Some((last, values)) if *last == key => values.push(value),
            _ => lines.push((key, vec![value])),
        }
    }
    let line = |(key, values): (String, Vec<String>)| {
        let values = values.into_iter().map(|value| view! { <dd dir="auto">{value}</dd> }).collect_view();
        view! {
            <div class="fact">
                <dt>{fact_word(&key)}</dt>
                {values}
            </div>
        }
    };
    Some(view! { <dl class="facts">{lines.into_iter().map(line).collect_view()}</dl> }.into_any())
}

fn fact_word(key: &str) -> String {
    let word = match key {
        "url" => text!(directories.fact_url),
        "unusable" => text!(directories.fact_unusable),
        "address" => text!(directories.fact_address),
        "subject" => text!(directories.fact_subject),
        "issuer" => text!(directories.fact_issuer),
        "not_before" => text!(directories.fact_not_before),
        "not_after" => text!(directories.fact_not_after),
        "name" => text!(directories.fact_cert_name),
        "sha256" => text!(directories.fact_sha256),
        "security" => text!(directories.fact_security),
        "bind_dn" => text!(directories.fact_bind_dn),
        "vendor" => text!(directories.fact_vendor),
        "naming_context" => text!(directories.fact_naming_context),
        "paging" => text!(directories.fact_paging),
        "base_dn" => text!(directories.fact_base_dn),
        other => other,
    };
    word.to_owned()
}

fn value_word(key: &str, value: String) -> String {
    let word = match (key, value.as_str()) {
        ("security", "none") => text!(directories.value_none),
        ("security", "verified") => text!(directories.value_verified),
        ("security", "pinned") => text!(directories.value_pinned),
        ("security", "not_verified") => text!(directories.value_not_verified),
        ("paging", "yes") => text!(directories.value_yes),
        ("paging", "no") => text!(directories.value_no),
        ("bind_dn", "") => text!(directories.anonymous),
        _ => return value,
    };
    word.to_owned()
}
