//! Parts used by more than one page.

pub mod allowed;
pub mod bell;
pub mod confirm;
pub mod dialog;
pub mod empty_state;
pub mod error_view;
pub mod field;
pub mod field_change;
pub mod field_name;
pub mod form;
pub mod frame;
pub mod grid;
pub mod icon;
pub mod job_state;
pub mod live;
pub mod page_header;
pub mod pagination;
pub mod place;
pub mod progress;
pub mod role_name;
pub mod row_kind;
pub mod search_bar;
pub mod session;
pub mod tiles;
pub mod time;
pub mod toast;
