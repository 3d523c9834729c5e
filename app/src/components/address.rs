//! The address of a list, which holds all that it shows.

use super::grid::Sort;
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
    params::ParamsMap,
};
use std::sync::Arc;

/// What [`use_navigate`] answers.
type Navigate = Arc<dyn Fn(&str, NavigateOptions) + Send + Sync>;

/// Changes the address. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Address {
    path: StoredValue<String>,
    params: Memo<ParamsMap>,
    navigate: StoredValue<Navigate>,
}

impl Address {
    /// The address of this tab, which shows the page at a path.
    pub fn of(path: impl Into<String>) -> Self {
        let navigate = use_navigate();
        Self {
            path: StoredValue::new(path.into()),
            params: use_query_map(),
            navigate: StoredValue::new(Arc::new(navigate)),
        }
    }

    /// Changes one filter; blank removes it.
    pub fn set(self, name: &'static str, value: &str) {
        self.change(&[(name, value)]);
    }

    /// Changes the order.
    pub fn sort(self, sort: &Sort) {
        self.change(&[("sort", &sort.key), ("desc", if sort.descending { "1" } else { "" })]);
    }

    /// Goes to another page.
    pub fn open(self, path: &str) {
        self.navigate.with_value(|navigate| navigate(path, NavigateOptions::default()));
    }

    fn change(self, changes: &[(&'static str, &str)]) {
        let mut params = self.params.get_untracked();
        for (name, value) in changes {
            params.remove(name);
            if !value.is_empty() {
                params.insert(*name, (*value).to_owned());
            }
        }
        let path = self.path.with_value(|path| format!("{path}{}", params.to_query_string()));
        let options = NavigateOptions { scroll: false, ..NavigateOptions::default() };
        self.navigate.with_value(|navigate| navigate(&path, options));
    }
}
