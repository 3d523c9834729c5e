//! What the keys of a grid mean.

/// What a key asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Command {
    /// Go to a row.
    Row(u32),
    /// Go to the next focusable part of the row, or back.
    Part { forward: bool },
    /// Tick or untick the row.
    Toggle,
    /// Tick all rows between the last one that was ticked and this one.
    ToggleRange,
    /// Open the row.
    Open,
    /// Open the row to write in it.
    Edit,
}

/// Where the keyboard is in a grid.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// The row that has the focus.
    pub active: u32,
    /// All rows.
    pub total: u32,
    /// Rows that fit the window.
    pub page: u32,
    /// The focus is on the row itself, not on a part of it.
    pub on_row: bool,
}

/// The command of a key; `None` leaves the key to the browser.
pub(super) fn command(key: &str, shift: bool, place: Place) -> Option<Command> {
    let Place { active, total, page, on_row } = place;
    let last = total.checked_sub(1)?;
    let row = |index: u32| Some(Command::Row(index.min(last)));
    match key {
        "ArrowDown" => row(active.saturating_add(1)),
        "ArrowUp" => row(active.saturating_sub(1)),
        "PageDown" => row(active.saturating_add(page.max(1))),
        "PageUp" => row(active.saturating_sub(page.max(1))),
        "Home" if on_row => row(0),
        "End" if on_row => row(last),
        "ArrowRight" => Some(Command::Part { forward: true }),
        "ArrowLeft" => Some(Command::Part { forward: false }),
        // On a part of the row, these belong to the part.
        " " if on_row && shift => Some(Command::ToggleRange),
        " " if on_row => Some(Command::Toggle),
        "Enter" if on_row => Some(Command::Open),
        "F2" if on_row => Some(Command::Edit),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACE: Place = Place { active: 5, total: 100, page: 20, on_row: true };

    #[test]
    fn arrows_stop_at_the_ends() {
        assert_eq!(command("ArrowDown", false, Place { active: 99, ..PLACE }), Some(Command::Row(99)));
        assert_eq!(command("ArrowUp", false, Place { active: 0, ..PLACE }), Some(Command::Row(0)));
        assert_eq!(command("PageDown", false, Place { active: 90, ..PLACE }), Some(Command::Row(99)));
        assert_eq!(command("End", false, PLACE), Some(Command::Row(99)));
    }

    #[test]
    fn an_empty_grid_has_no_keys() {
        assert_eq!(command("End", false, Place { active: 0, total: 0, ..PLACE }), None);
    }

    #[test]
    fn a_part_of_a_row_keeps_its_own_keys() {
        let part = Place { on_row: false, ..PLACE };
        assert_eq!(command(" ", false, part), None);
        assert_eq!(command("Enter", false, part), None);
        assert_eq!(command("ArrowDown", false, part), Some(Command::Row(6)));
    }

    #[test]
    fn space_ticks_and_shift_space_ticks_many() {
        assert_eq!(command(" ", false, PLACE), Some(Command::Toggle));
        assert_eq!(command(" ", true, PLACE), Some(Command::ToggleRange));
    }
}
