//! Users: list, fetch, create, edit, history.
