//! What a cell means: its kind, its text and its format together.

use super::date::{self, Epoch};
use super::number;
use super::number_format::{NumberFormat, masked};
use super::sheet_xml::Kind;
use crate::cell::Cell;

/// What is to be said of a cell beside its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Remark {
    FormulaWithoutValue,
    DigitsLost,
    NoSuchDate,
    Unreadable,
}

/// The cell that a value stands for. `value` is not shared text, and nothing of it is lost if it is unreadable.
pub(super) fn cell(
    kind: Kind,
    value: &str,
    is_formula: bool,
    format: &NumberFormat,
    epoch: Epoch,
) -> (Cell, Option<Remark>) {
    if value.is_empty() {
        // A formula that gives the empty text is of the kind text. One of another kind was never computed.
        let computed = !is_formula || kind == Kind::Text;
        return if computed { (Cell::Blank, None) } else { (unreadable(), Some(Remark::FormulaWithoutValue)) };
    }
    match kind {
        Kind::Number => number_cell(value, format, epoch),
        Kind::Text | Kind::Shared => (Cell::Text(value.to_owned()), None),
        Kind::Error => (Cell::Error(value.to_owned()), None),
        Kind::Bool => match value.trim() {
            "1" | "true" | "TRUE" => (Cell::Bool(true), None),
            "0" | "false" | "FALSE" => (Cell::Bool(false), None),
            _ => (unreadable(), Some(Remark::Unreadable)),
        },
        Kind::Date => match date::iso(value.trim()) {
            Some(date) => (Cell::Date(date), None),
            None => (unreadable(), Some(Remark::Unreadable)),
        },
    }
}

fn unreadable() -> Cell {
    Cell::Error("#VALUE!".to_owned())
}

fn number_cell(raw: &str, format: &NumberFormat, epoch: Epoch) -> (Cell, Option<Remark>) {
    let raw = raw.trim();
    let value = match raw.parse::<f64>() {
        // Rust reads `inf` and `nan`, which are no numbers of a sheet.
        Ok(value) if value.is_finite() => value,
        _ => return (unreadable(), Some(Remark::Unreadable)),
    };
    let plain = || {
        if number::is_digits_of_an_id(raw) {
            return (Cell::Text(raw.to_owned()), None);
        }
        let remark = number::is_beyond_digits(value).then_some(Remark::DigitsLost);
        (Cell::Number { value, shown: number::shown(value, raw) }, remark)
    };
    let dated = |shown: Option<Cell>| match shown {
        Some(cell) => (cell, None),
        None => (Cell::Number { value, shown: number::shown(value, raw) }, Some(Remark::NoSuchDate)),
    };
    match format {
        NumberFormat::Number => plain(),
        NumberFormat::Percent => (Cell::Number { value, shown: number::shortest(value * 100.0) + "%" }, None),
        NumberFormat::Text => match plain() {
            (Cell::Number { shown, .. }, remark) => (Cell::Text(shown), remark),
            other => other,
        },
        NumberFormat::Date(moment) => dated(date::shown(value, *moment, epoch).map(Cell::Date)),
        NumberFormat::Elapsed => dated(date::elapsed(value).map(|shown| Cell::Number { value, shown })),
        NumberFormat::Mask(mask) if value.fract() == 0.0 && value.abs() < 1e15 => {
            let digits = number::shortest(value);
            let text = match digits.strip_prefix('-') {
                Some(digits) => format!("-{}", masked(mask, digits)),
                None => masked(mask, &digits),
            };
            (Cell::Text(text), None)
        }
        NumberFormat::Mask(_) => plain(),
    }
}
