//! Groups and roles taken out as files, and brought back as they are.

use crate::caller::{Caller, PASSWORD};
use crate::exported::{self, column, csv, sheet};
use crate::muster::{Installation, on_both_databases};
use crate::object_files::{commit_groups, commit_roles, did, group_plan, picked, role_plan};
use app::api::group::{CreateGroup, GroupForm, GroupListQuery, ListGroups};
use app::api::object_file::{GroupFile, RoleFile, RoleOptions};
use app::api::role::{CreateRole, RoleForm};
use plan::objects::ObjectCounts;
use plan::objects::group::GroupPolicy;
use plan::sheet::{Blank, ObjectMapper, SheetKind, has_row_per_permission, object_columns, suggest_kind};
use std::collections::BTreeSet;
use tabular::dialect::Overrides;

on_both_databases! {
    what_is_exported_comes_back_as_nothing_to_do,
    the_groups_of_a_list_are_exported_as_it_shows_them,
}

/// Texts that a spreadsheet or a parser could take for something else.
const NASTY: [&str; 12] = [
    "=1+1",
    "+49 30",
    "-1",
    "@SUM(A1)",
    "'=1",
    "007",
    "a,b;c|d",
    "say \"hi\"",
    "__proto__",
    "<script>alert(1)</script>",
    "İ ß ǆ 𝒳 é عربي",
    "TRUE",
];

fn cell<'a>(row: &'a [String]) -> impl Fn(u32) -> Option<&'a str> {
    |column| Some(row.get(column as usize).map_or("", String::as_str))
}

/// The rows as a browser reads them, labels and blank cells counted too.
fn group_file(rows: &[Vec<String>]) -> GroupFile {
    assert_eq!(suggest_kind(&rows[0]), SheetKind::Groups);
    let columns = object_columns(SheetKind::Groups, &rows[0]);
    let mapper = ObjectMapper::new(&columns, &rows[0], Blank::Clear);
    let records = (2..).zip(&rows[1..]).map(|(line, row)| mapper.group(line, cell(row))).collect();
    GroupFile { records, policy: GroupPolicy { change_labels: true } }
}

fn role_file(rows: &[Vec<String>]) -> RoleFile {
    assert_eq!(suggest_kind(&rows[0]), SheetKind::Roles);
    let columns = object_columns(SheetKind::Roles, &rows[0]);
    let mapper = ObjectMapper::new(&columns, &rows[0], Blank::Clear);
    let records: Vec<_> = (2..).zip(&rows[1..]).map(|(line, row)| mapper.role(line, cell(row))).collect();
    let options = RoleOptions { change_labels: true, row_per_permission: has_row_per_permission(&records) };
    RoleFile { records, options }
}

fn nothing_to_do(rows: u32) -> ObjectCounts {
    ObjectCounts { unchanged: rows, ..ObjectCounts::default() }
}

fn what_is_exported_comes_back_as_nothing_to_do(installation: Installation) {
    let muster = installation.with("MUSTER_ADMIN_PASSWORD", PASSWORD).start();
    let administrator = Caller::administrator(&muster);
    let get = |address: String| administrator.get(&address, &[]);
    for (number, text) in NASTY.into_iter().enumerate() {
        let text = text.to_owned();
        let description = if number % 2 == 0 { text.clone() } else { String::new() };
        let (name, label) = (text.clone(), text.clone());
        administrator.ask(&CreateGroup { form: GroupForm { name, label, description: description.clone() } });
        let permissions: BTreeSet<String> =
            NASTY.iter().take(number).map(|text| text.replace([' ', ','], "_")).collect();
        let (code, label) = (format!("ROLE_{number}"), text);
        administrator.ask(&CreateRole { form: RoleForm { code, label, description, permissions } });
    }
    let all = NASTY.len() as u32;

    let groups = exported::rows(|format| get(format!("/export/groups?format={format}")));
    assert_eq!(groups[0], ["name", "label", "description", "origin"]);
    assert_eq!(column(&groups, "name").into_iter().collect::<BTreeSet<_>>(), NASTY.map(str::to_owned).into());
    assert!(column(&groups, "origin").iter().all(|origin| origin == "internal"));
    assert_eq!(group_plan(&administrator, &group_file(&groups)).counts, nothing_to_do(all));

    // With the three that every installation has.
    for shape in ["cell", "long"] {
        let roles = exported::rows(|format| get(format!("/export/roles?shape={shape}&format={format}")));
        let planned = role_plan(&administrator, &role_file(&roles));
        assert_eq!(planned.counts, nothing_to_do(all + 3), "{shape}");
    }
    let matrix = sheet(&get("/export/roles?shape=matrix&format=xlsx".to_owned()), 0);
    assert_eq!(role_plan(&administrator, &role_file(&matrix)).counts, nothing_to_do(all + 3), "a matrix");

    // What was edited is all that changes.
    let mut edited = groups;
    edited[1][1] = "Another".to_owned();
    let file = group_file(&edited);
    let plan = group_plan(&administrator, &file);
    assert_eq!(plan.counts, ObjectCounts { update: 1, unchanged: all - 1, ..ObjectCounts::default() });
    let committed = commit_groups(&administrator, &file, picked(&plan.digest, None));
    assert_eq!(did(committed), (0, 1));
    let mut edited = matrix;
    let last = edited.len() - 1;
    assert_eq!(edited[last][0], "ROLE_USER_MANAGER");
    let free = edited[last].iter().position(String::is_empty).expect("a permission that it does not give");
    edited[last][free] = "x".to_owned();
    let file = role_file(&edited);
    let plan = role_plan(&administrator, &file);
    assert_eq!((plan.counts.update, plan.rows[last - 1].added.as_slice()), (1, &[edited[0][free].clone()][..]));
    let committed = commit_roles(&administrator, &file, picked(&plan.digest, None));
    assert_eq!(did(committed), (0, 1));
}

fn the_groups_of_a_list_are_exported_as_it_shows_them(installation: Installation) {
    let muster = installation.with("MUSTER_ADMIN_PASSWORD", PASSWORD).start();
    let administrator = Caller::administrator(&muster);
    for number in 0..120 {
        let name = format!("g{number:03}");
        let label = if number % 2 == 0 { "even" } else { "odd" }.to_owned();
        administrator.ask(&CreateGroup { form: GroupForm { name, label, description: String::new() } });
    }
    let of = |query: &str| {
        column(&csv(&administrator.get(&format!("/export/groups?{query}"), &[]), &Overrides::default()), "name")
    };
    assert_eq!(of("").len(), 120, "more than a page of the list");
    let query = GroupListQuery { text: "even".to_owned(), descending: true, ..GroupListQuery::default() };
    let listed = administrator.ask(&ListGroups { query, offset: 0 });
    let shown: Vec<String> = listed.items.into_iter().map(|line| line.fields.name.to_string()).collect();
    assert_eq!(of("q=even&desc=1")[..shown.len()], shown);
    assert_eq!(of("q=even&desc=1").len(), 60);
    assert_eq!(of("q=nobody%00"), Vec::<String>::new());
}
