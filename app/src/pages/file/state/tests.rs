//! What is decided about a file, and what becomes of it.

use super::*;

/// With a file in hand, as on a page.
fn with_file(check: impl FnOnce(FileImport)) {
    Owner::new().with(|| {
        Toasts::provide();
        FileImport::provide_place();
        check(FileImport::here());
    });
}

#[test]
fn another_reading_has_other_rows_and_none_of_them_is_left_out() {
    with_file(|file| {
        file.selection.update(|selection| selection.unpick_row(5));
        file.corrected.update(|corrected| {
            corrected.corrections.push(Correction { row: 5, column: 0, text: "eve".to_owned() });
        });
        file.forget_plan();
        assert_eq!(file.selection.get_untracked(), Selection::default());
        assert!(file.corrections().is_empty());
    });
}
