//! Files to fill in, for those who have none yet.

use crate::components::export::format_word;
use crate::export::{FileFormat, template::Kind};
use crate::pages::file::objects::kind::kind_word;
use crate::text;
use leptos::prelude::*;
use plan::sheet::SheetKind;

/// A template of each kind in each format.
#[component]
pub fn Templates() -> AnyView {
    let link = |kind: Kind, format: FileFormat| {
        let href = format!("/export/template?kind={}&format={}", kind.code(), format.code());
        let label = text!(objects.template_of, kind = word(kind), format = format_word(format));
        view! { <a href=href rel="external" download aria-label=label>{format_word(format)}</a> " " }
    };
    let kinds = Kind::ALL.map(|kind| {
        view! { <li>{word(kind)} ": " {FileFormat::ALL.map(|format| link(kind, format)).into_iter().collect_view()}</li> }
    });
    view! {
        <details class="templates">
            <summary>{text!(objects.templates)}</summary>
            <ul>{kinds.into_iter().collect_view()}</ul>
        </details>
    }
    .into_any()
}

fn word(kind: Kind) -> &'static str {
    kind_word(match kind {
        Kind::Users => SheetKind::Users,
        Kind::Groups => SheetKind::Groups,
        Kind::Roles => SheetKind::Roles,
    })
}
