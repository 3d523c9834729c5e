//! The only place that speaks to the browser itself: focus, dialogs, cookies, streams of events.
//!
//! It compiles on both sides, so that components can name it; all of it is called from effects and event listeners,
//! which the server never runs, or once when the browser begins.

mod clock;
mod cookie;
mod dialog;
mod draft;
mod events;
mod file_worker;
mod files;
mod focus;
mod kept_file;
mod leaving;
mod place;
mod size;
#[cfg(feature = "hydrate")]
mod start;
mod theme;
mod turn;
#[cfg(feature = "hydrate")]
mod typed;

pub use clock::local_time;
pub use cookie::set_cookie;
pub use dialog::{close_dialog, open_dialog};
pub use draft::{find_draft, forget_draft, forget_drafts, keep_draft};
pub use events::{follow_events, now};
pub use file_worker::{Told, ask_worker, prepare_worker, stop_worker, worker_has_file};
pub use files::{Chosen, drags_files, files_of_drop, files_of_input, files_of_paste, save_file, take_offered, take_up};
pub use focus::{
    focus, focus_active_row, focus_in_view, focus_row, is_in_head, is_on_row, is_typing, keep_focus, move_in_row,
};
pub use kept_file::{
    choose_kept_file, forget_files_of_tab, forget_kept_file, forget_kept_files, forget_waiting_file,
    forget_waiting_files, keep_file, keep_waiting_files, take_waiting_file,
};
pub use leaving::{hold_page, release_page, warn_before_leaving, watch_ways_out};
pub use place::{go_to, reload, whole_address};
pub use size::{first_child_height, set_style, watch_sizes};
#[cfg(feature = "hydrate")]
pub use start::start;
pub use theme::{set_theme, theme};
