//! Files of groups and roles at the desk: corrections, the way back, the rest.

use super::*;
use crate::file::messages::Rest;
use crate::file::objects::ObjectsPlanned;
use futures::executor::block_on;
use identity::field::Patch;
use plan::Issue;
use plan::objects::role::RoleAction;
use plan::sheet::{self, Blank, suggest};
use tabular::{Cell, Row, Table};

/// A desk with a file of roles that was planned, as if the server knew none.
fn desk(file: &str) -> Desk {
    let bytes = file.as_bytes();
    let piece = |at: u64, length: u64| {
        let at = usize::try_from(at).ok()?;
        let end = at.saturating_add(usize::try_from(length).ok()?).min(bytes.len());
        Some(bytes.get(at..end)?.to_vec())
    };
    let source = Source { name: "roles.csv", size: bytes.len() as u64, read: &piece };
    let mut desk = Desk::default();
    block_on(desk.answer(Ask::Read(ReadAs::default()), Some(source), &|_| {})).expect("a file");
    let choices = ObjectChoices::suggest(&desk.opened().expect("it is open").headers);
    let objects = ObjectSheet::of_nothing_stored(&choices, desk.opened().expect("it is open"));
    desk.objects = Some((choices, objects));
    desk
}

fn ask(desk: &mut Desk, ask: Ask) -> Answer {
    block_on(desk.answer(ask, None, &|_| {})).expect("an answer")
}

/// Each role of the plan: its name, the rows of the file, what it gives or `!`.
fn planned(answer: Answer) -> Vec<String> {
    let Answer::ObjectsPlanned(planned) = answer else { panic!("not planned: {answer:?}") };
    let ObjectsPlanned::Roles(plan) = planned.plan else { panic!("no roles") };
    let line = |(row, places): (&plan::objects::role::RoleRow, &Vec<u32>)| match &row.action {
        RoleAction::Create { role } => {
            let permissions: Vec<&str> = role.permissions.iter().map(String::as_str).collect();
            format!("{} {places:?} {}", row.name, permissions.join(" "))
        }
        _ => format!("{} {places:?} !", row.name),
    };
    plan.rows.iter().zip(&planned.places).map(line).collect()
}

fn correct(row: u32, column: u32, text: &str) -> Ask {
    Ask::Correct(vec![Correction { row, column, text: text.to_owned() }])
}

const ROLES: &str = "role,permissions\r\nROLE_A,a:read\r\nrole b,a:read\r\nROLE_A,b:read\r\n,c:read\r\n";

#[test]
fn a_cell_is_corrected_and_the_correction_taken_back() {
    let mut desk = desk(ROLES);
    let before = planned(desk.view().expect("it is planned"));
    assert_eq!(before, ["ROLE_A [0, 2] a:read b:read", "role b [1] !", " [3] !"]);
    let after = planned(ask(&mut desk, correct(1, 0, "ROLE_B")));
    assert_eq!(after, ["ROLE_A [0, 2] a:read b:read", "ROLE_B [1] a:read", " [3] !"]);
    // A row that goes to another role: the numbers of the rows of the plan move.
    let after = planned(ask(&mut desk, correct(0, 0, "ROLE_B")));
    assert_eq!(after, ["ROLE_B [0, 1] a:read", "ROLE_A [2] b:read", " [3] !"]);
    ask(&mut desk, Ask::Undo);
    assert_eq!(planned(ask(&mut desk, Ask::Undo)), before);
}

#[test]
fn equal_cells_are_corrected_together() {
    let mut desk = desk(ROLES);
    let Answer::Cells(cells) = ask(&mut desk, Ask::Cells { row: 0 }) else { panic!("no cells") };
    assert_eq!((cells[1].text.as_str(), cells[1].same), ("a:read", 1));
    let replacement = Replacement { column: 1, find: "read".into(), with: "edit".into(), whole: false };
    let after = planned(ask(&mut desk, Ask::Replace(replacement)));
    assert_eq!(after[0], "ROLE_A [0, 2] a:edit b:edit");
    let replacement = Replacement { column: 1, find: "a:edit".into(), with: "a:all".into(), whole: true };
    assert_eq!(planned(ask(&mut desk, Ask::Replace(replacement)))[0], "ROLE_A [0, 2] a:all b:edit");
    let Answer::Cells(cells) = ask(&mut desk, Ask::Cells { row: 0 }) else { panic!("no cells") };
    assert_eq!((cells[1].text.as_str(), cells[1].original.as_deref()), ("a:all", Some("a:read")));
}

#[test]
fn how_permissions_stand_in_the_file_is_not_changed_by_a_correction() {
    let mut desk = desk("role,permissions\r\nROLE_A,a:read\r\nROLE_B,b:read\r\n");
    // Else the role would silently get the permissions of both rows.
    assert_eq!(planned(ask(&mut desk, correct(1, 0, "ROLE_A"))), ["ROLE_A [0] a:read", "ROLE_A [1] !"]);
}

#[test]
fn without_an_answer_of_the_server_everything_stays() {
    let mut desk = desk(ROLES);
    let choices = ObjectChoices { change_labels: true, ..desk.objects.as_ref().expect("planned").0.clone() };
    let after = planned(ask(&mut desk, correct(1, 0, "ROLE_B")));
    // There is no server here.
    let again = block_on(desk.answer(Ask::PlanObjects { choices, corrections: vec![] }, None, &|_| {}));
    assert!(matches!(again, Err(FileError::App(_))), "{again:?}");
    assert_eq!(planned(desk.view().expect("it is planned")), after);
    assert_eq!(desk.corrections.list().len(), 1);
}

#[test]
fn users_that_could_not_be_planned_keep_their_corrections() {
    let mut desk = desk("username,email\r\neve,eve@x.example\r\n");
    let made = Correction { row: 0, column: 0, text: "eva".to_owned() };
    desk.corrections.correct([made.clone()]);
    let mapping = suggest(&desk.opened().expect("it is open").headers).mapping;
    // There is no server here.
    let ask = Ask::Plan { mapping, options: FileOptions::default(), corrections: vec![] };
    let again = block_on(desk.answer(ask, None, &|_| {}));
    assert!(matches!(again, Err(FileError::App(_))), "{again:?}");
    assert_eq!((desk.corrections.list(), desk.corrections.can_undo()), (vec![made], true));
}

#[test]
fn rows_are_made_ready_for_these_columns_and_corrections_only() {
    let mut desk = desk("username,email\r\neve,eve@x.example\r\n");
    let mapping = suggest(&desk.opened().expect("it is open").headers).mapping;
    let clearing = SheetMapping { blank: Blank::Clear, ..mapping.clone() };
    ask(&mut desk, Ask::Prepare { mapping: mapping.clone(), corrections: vec![] });
    let ready = desk.ready.as_ref().expect("it is ready");
    assert!(ready.is_of(&mapping, &desk.corrections) && !ready.is_of(&clearing, &desk.corrections));
    assert_eq!(ready.questions[0].keys.usernames, ["eve"]);
    let corrections = vec![Correction { row: 0, column: 0, text: "eva".to_owned() }];
    assert!(!ready.is_of(&mapping, &desk.corrections.taken_up(corrections.clone())));
    ask(&mut desk, Ask::Prepare { mapping: mapping.clone(), corrections });
    let ready = desk.ready.as_ref().expect("it is ready");
    assert_eq!(ready.questions[0].keys.usernames, ["eva"]);
    // Columns that cannot be read are told of when somebody wants to see the plan.
    let mut unreadable = mapping;
    unreadable.rules[0].source = sheet::Source::Column(9);
    ask(&mut desk, Ask::Prepare { mapping: unreadable, corrections: vec![] });
    assert!(desk.ready.is_none());
}

#[test]
fn what_is_not_applied_comes_back_with_its_reason() {
    let mut desk = desk(ROLES);
    ask(&mut desk, correct(1, 1, "b:read"));
    let answer = ask(&mut desk, Ask::ObjectsRest { left_out: [0].into() });
    let Answer::Rest(Rest { rows, text }) = answer else { panic!("no rest: {answer:?}") };
    assert_eq!(rows, 4);
    let lines: Vec<&str> = text.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(lines[..2], ["role,permissions,reason", "ROLE_A,a:read,Row 2: Left out in the review."]);
    assert!(lines[2].starts_with("role b,b:read,") && lines[2].contains("ROLE_ and then"), "{}", lines[2]);
    assert_eq!(lines[3], "ROLE_A,b:read,Row 4: Left out in the review.");
    assert!(lines[4].starts_with(",c:read,Row 5: There is no name."), "{}", lines[4]);
}

#[test]
fn the_error_of_a_formula_is_no_text_until_it_is_corrected() {
    let mut desk = desk("username,email,note\r\neve,#N/A,#N/A\r\n");
    let opened = desk.opened.as_mut().expect("it is open");
    let error = || Cell::Error("#N/A".to_owned());
    opened.table = Table::default();
    opened.table.add_row(&Row {
        number: 2,
        hidden: false,
        cells: vec![Cell::Text("eve".to_owned()), error(), error()],
    });
    let mapping = SheetMapping { blank: Blank::Clear, ..suggest(&opened.headers).mapping };
    let mapper = Mapper::new(&mapping, &opened.headers).expect("it names the username");
    let read = record(opened, &desk.corrections, &mapper, 0);
    assert_eq!(read.fields.email, Patch::Keep);
    assert_eq!(read.issues, [Issue::NotText { attribute: "email".to_owned() }], "nobody reads the notes");
    desk.corrections.correct([Correction { row: 0, column: 1, text: "e@x.example".to_owned() }]);
    let read = record(desk.opened().expect("it is open"), &desk.corrections, &mapper, 0);
    assert_eq!((read.fields.email, read.issues), (Patch::Set("e@x.example".to_owned()), vec![]));
}
