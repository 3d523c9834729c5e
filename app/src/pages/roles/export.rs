//! Takes the roles out as a file.

use crate::{
    components::{
        allowed::Allowed,
        export::{Choice, Export, FormatChoice},
    },
    export::{FileFormat, roles::Shape},
    text,
};
use identity::role::Permission;
use leptos::prelude::*;

/// The button for those who may.
#[component]
pub(super) fn ExportRoles() -> AnyView {
    let format = RwSignal::new(FileFormat::Csv.code());
    let shape = RwSignal::new(Shape::Cell.code());
    let chosen = move || Shape::parse(shape.get()).unwrap_or(Shape::Cell);
    // A matrix is a workbook, whichever of the two is chosen last.
    Effect::new(move |_| {
        if chosen() == Shape::Matrix {
            format.set(FileFormat::Xlsx.code());
        }
    });
    Effect::new(move |_| {
        if format.get() != FileFormat::Xlsx.code() && untrack(chosen) == Shape::Matrix {
            shape.set(Shape::Cell.code());
        }
    });
    let href = Signal::derive(move || format!("/export/roles?format={}&shape={}", format.get(), shape.get()));
    let meaning = Signal::derive(move || match chosen() {
        Shape::Cell => text!(export.cell_about),
        Shape::Long => text!(export.long_about),
        Shape::Matrix => text!(export.matrix_about),
    });
    view! {
        <Allowed permission=Permission::Export>
            <Export title=text!(export.roles_title) about=Signal::stored(text!(export.roles_about).to_owned()) href>
                <Choice
                    label=text!(export.shape)
                    name="shape"
                    options=Shape::ALL.map(|shape| (shape.code(), shape_word(shape))).to_vec()
                    value=shape
                    about=meaning
                />
                <FormatChoice value=format />
            </Export>
        </Allowed>
    }
    .into_any()
}

fn shape_word(shape: Shape) -> &'static str {
    match shape {
        Shape::Cell => text!(export.cell),
        Shape::Long => text!(export.long),
        Shape::Matrix => text!(export.matrix),
    }
}
