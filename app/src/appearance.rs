//! What the server must know of a reader's taste before it renders: the theme, kept in a cookie.

#[cfg(feature = "ssr")]
mod server;

#[cfg(feature = "ssr")]
pub use server::{cookie, theme};

/// The cookie that keeps the chosen theme.
pub const THEME_COOKIE: &str = "theme";

/// The three-way switch: the system's theme, or one of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// Every theme, in the order of the switch.
    pub const ALL: [Theme; 3] = [Theme::System, Theme::Light, Theme::Dark];

    /// The value of the cookie and of `data-theme` on `<html>`.
    pub fn code(self) -> &'static str {
        match self {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    /// The theme with this code; the system's for anything else.
    pub fn parse(code: &str) -> Self {
        Theme::ALL.into_iter().find(|theme| theme.code() == code).unwrap_or_default()
    }
}
