//! Which rows of a grid are in sight, and which one has the focus.

use super::keys::{self, Command, Place};
use crate::browser;
use leptos::{ev, html, prelude::*};
use std::ops::Range;

/// Rows drawn beyond each edge of what is seen, so that scrolling shows no gap.
const BEYOND: u32 = 12;
/// The window moves in steps of this many rows, so that not every pixel redraws it.
const STEP: u32 = 4;

/// The window over the rows. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Window {
    /// Scrolls.
    pub scroller: NodeRef<html::Div>,
    /// Is as high as all rows together.
    pub canvas: NodeRef<html::Div>,
    /// Holds the rows in sight, moved to their place.
    pub body: NodeRef<html::Div>,
    /// The row that Tab reaches.
    pub active: RwSignal<u32>,
    anchor: RwSignal<u32>,
    total: Signal<u32>,
    top: RwSignal<u32>,
    row_height: RwSignal<u32>,
    fit: RwSignal<u32>,
}

impl Window {
    /// A window at the top of so many rows.
    pub fn new(total: Signal<u32>) -> Self {
        let window = Self {
            scroller: NodeRef::new(),
            canvas: NodeRef::new(),
            body: NodeRef::new(),
            active: RwSignal::new(0),
            anchor: RwSignal::new(0),
            total,
            top: RwSignal::new(0),
            row_height: RwSignal::new(40),
            fit: RwSignal::new(18),
        };
        window.follow_layout();
        window
    }

    /// Sizes come from the style sheet, so they are measured, and written through the object model: the content
    /// security policy allows no `style` attribute in the page.
    fn follow_layout(self) {
        // Rows are drawn some time after their number is known, and a font or a narrow screen makes them higher later.
        Effect::new(move |_| {
            let (scroller, body) = (self.scroller.get()?, self.body.get()?);
            browser::watch_sizes([&*scroller, &*body], move || self.measure())
        });
        Effect::new(move |_| {
            let height = f64::from(self.total.get()) * f64::from(self.row_height.get());
            if let Some(canvas) = self.canvas.get() {
                browser::set_style(&canvas, "height", &format!("{height}px"));
            }
        });
        Effect::new(move |_| {
            let offset = f64::from(self.range().start) * f64::from(self.row_height.get());
            if let Some(body) = self.body.get() {
                browser::set_style(&body, "transform", &format!("translateY({offset}px)"));
            }
        });
    }

    fn measure(self) {
        // The page may be left before the frame is drawn.
        let measured = self.scroller.try_get_untracked().flatten().zip(self.body.try_get_untracked().flatten());
        let Some((scroller, body)) = measured else { return };
        if let Some(height) = browser::first_child_height(&body).filter(|height| *height > 0) {
            let was = self.row_height.get_untracked();
            set_if_new(self.row_height, height);
            // The page may have been scrolled before its rows were measured: other rows are in sight then.
            if was != height {
                self.scrolled();
            }
        }
        let seen = u32::try_from(scroller.client_height()).unwrap_or(0);
        if seen > 0 {
            set_if_new(self.fit, seen.div_ceil(self.row_height.get_untracked()));
        }
    }

    /// The rows to draw.
    pub fn range(self) -> Range<u32> {
        let total = self.total.get();
        let first = self.top.get().saturating_sub(BEYOND) / STEP * STEP;
        let end = self.top.get().saturating_add(self.fit.get()).saturating_add(BEYOND + STEP);
        first.min(total)..end.min(total)
    }

    /// Whether the active row is drawn; otherwise the grid itself takes the focus for it.
    pub fn active_in_sight(self) -> bool {
        self.range().contains(&self.active.get())
    }

    /// The grid was scrolled.
    pub fn scrolled(self) {
        let Some(scroller) = self.scroller.get_untracked() else { return };
        let pixels = u32::try_from(scroller.scroll_top()).unwrap_or(0);
        set_if_new(self.top, pixels / self.row_height.get_untracked() / STEP * STEP);
        if !untrack(|| self.active_in_sight()) {
            browser::keep_focus(&scroller);
        }
    }

    /// Another list: begin at its top.
    pub fn to_top(self) {
        if let Some(scroller) = self.scroller.get_untracked() {
            scroller.set_scroll_top(0);
        }
        set_if_new(self.top, 0);
        set_if_new(self.active, 0);
        set_if_new(self.anchor, 0);
    }

    /// From the row that was ticked last to this one, in order.
    pub fn range_to_anchor(self, index: u32) -> (u32, u32) {
        let anchor = self.anchor.get_untracked();
        (anchor.min(index), anchor.max(index))
    }

    /// Reads a key. Moves are done here; what concerns the row is answered, with the row.
    pub fn read(self, event: &ev::KeyboardEvent) -> Option<(Command, u32)> {
        let scroller = self.scroller.get_untracked()?;
        if event.ctrl_key() || event.alt_key() || event.meta_key() || browser::is_in_head(event) {
            return None;
        }
        let active = self.active.get_untracked();
        let on_row = browser::is_on_row(event, &scroller);
        if !on_row && browser::is_typing(event) {
            return None;
        }
        let place = Place {
            active,
            total: self.total.get_untracked(),
            page: self.fit.get_untracked().saturating_sub(2),
            on_row,
        };
        let command = keys::command(&event.key(), event.shift_key(), place)?;
        event.prevent_default();
        match command {
            Command::Row(index) => self.go_to(index),
            Command::Part { forward } => browser::move_in_row(&scroller, active + 2, forward),
            Command::Toggle => self.anchor.set(active),
            Command::ToggleRange | Command::Open | Command::Edit => {}
        }
        Some((command, active))
    }

    /// Scrolls a row into sight and gives it the focus.
    fn go_to(self, index: u32) {
        let Some(scroller) = self.scroller.get_untracked() else { return };
        self.active.set(index);
        let height = i64::from(self.row_height.get_untracked());
        let head = i64::from(browser::first_child_height(&scroller).unwrap_or(0));
        let (row_top, seen_top) = (i64::from(index) * height, i64::from(scroller.scroll_top()));
        let seen = i64::from(scroller.client_height()) - head;
        let to = if row_top < seen_top {
            row_top
        } else if row_top + height > seen_top + seen {
            row_top + height - seen
        } else {
            seen_top
        };
        if to != seen_top {
            scroller.set_scroll_top(i32::try_from(to).unwrap_or(i32::MAX));
            self.scrolled();
        }
        request_animation_frame(move || browser::focus_row(&scroller, index + 2));
    }
}

fn set_if_new(signal: RwSignal<u32>, value: u32) {
    if signal.get_untracked() != value {
        signal.set(value);
    }
}
