//! `<dialog>`.

use web_sys::HtmlDialogElement;

/// Opens a dialog above everything else; the browser keeps the focus inside.
pub fn open_dialog(dialog: &HtmlDialogElement) {
    if !dialog.open() {
        let _ = dialog.show_modal();
    }
}

/// Closes a dialog; the focus returns to where it was.
pub fn close_dialog(dialog: &HtmlDialogElement) {
    if dialog.open() {
        dialog.close();
    }
}
