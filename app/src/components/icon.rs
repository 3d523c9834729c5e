//! A dozen icons, inline: no font, no request, and they take the colour of the text.

use leptos::prelude::*;

/// An icon. It is never alone: a text or a label says the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Icon {
    Bell,
    Check,
    Close,
    Directory,
    Down,
    Export,
    Group,
    Import,
    Job,
    Key,
    Keys,
    Leave,
    Lock,
    Menu,
    Plus,
    Role,
    Search,
    Settings,
    User,
    Users,
    Warning,
}

impl Icon {
    /// Draws it, hidden from screen readers.
    pub fn view(self) -> AnyView {
        view! {
            <svg class="icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false">
                <path d=self.path() />
            </svg>
        }
        .into_any()
    }

    fn path(self) -> &'static str {
        match self {
            Icon::Bell => "M6 16V11a6 6 0 0 1 12 0v5l2 2H4zM10 21h4",
            Icon::Check => "M5 12.5l4.5 4.5L19 7.5",
            Icon::Close => "M6 6l12 12M18 6L6 18",
            Icon::Directory => "M12 3v5M5 21v-5h14v5M12 8v8M9 3h6v5H9zM3 21h4M17 21h4",
            Icon::Down => "M6 9l6 6 6-6",
            Icon::Export => "M12 15V4M7 9l5-5 5 5M4 20h16",
            Icon::Group => "M4 5h7v6H4zM13 5h7v6h-7zM4 13h7v6H4zM13 13h7v6h-7z",
            Icon::Import => "M12 4v11M7 11l5 5 5-5M4 20h16",
            Icon::Job => "M4 6h2M4 12h2M4 18h2M10 6h10M10 12h10M10 18h10",
            Icon::Key => "M8 11a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM11 12.5L20 4M16 8l3 3M13.5 10.5l2 2",
            Icon::Keys => "M3 7h18v10H3zM7 11h.5M11 11h.5M15 11h.5M8 14h8",
            Icon::Leave => "M10 4H5v16h5M14 8l4 4-4 4M18 12H9",
            Icon::Lock => "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
            Icon::Menu => "M4 7h16M4 12h16M4 17h16",
            Icon::Plus => "M12 5v14M5 12h14",
            Icon::Role => "M12 3l7 3v5c0 5-3 8-7 10-4-2-7-5-7-10V6zM9 12l2 2 4-4",
            Icon::Search => "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5L21 21",
            Icon::Settings => "M4 7h9M17 7h3M4 17h3M11 17h9M15 4.5v5M9 14.5v5",
            Icon::User => "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4 21c0-4 3.5-6 8-6s8 2 8 6",
            Icon::Users => {
                "M9 5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM2.5 20c0-3.5 3-5.5 6.5-5.5s6.5 2 6.5 5.5M16 5.3a3.5 3.5 0 0 1 0 6.4M18 14.8c2.3.8 3.5 2.6 3.5 5.2"
            }
            Icon::Warning => "M12 4l9 16H3zM12 10v4M12 17v.5",
        }
    }
}
