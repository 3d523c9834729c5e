//! A tiny text notation for records, users, policies and plans, so that a test shows what it is about.
//!
//! A record is a line `username key=value …`, with `-` for no username, `email=` for a field that the source clears
//! and quotation marks around values with blanks. A user is the same with its number in front.

use identity::assignment::Assignment;
use identity::directory::NameConflict;
use identity::external_id::ExternalId;
use identity::field::{Field, Patch, Value};
use identity::group::GroupName;
use identity::id::{DirectoryId, UserId};
use identity::role::RoleCode;
use identity::user::{FieldPatch, Link, User, UserFields};
use plan::{Action, EntryRef, FilePolicy, Issue, Mark, Plan, PlanInput, Policy, Record, Snapshot, plan};
use std::collections::BTreeMap;
use std::fmt::Write;

/// The plan of texts.
pub fn planned(policy: &str, records: &str, users: &str) -> Plan {
    let records: Vec<_> = lines(records).map(record).collect();
    let snapshot = Snapshot { users: lines(users).map(user).collect() };
    plan(PlanInput { records: &records, snapshot: &snapshot, policy: &self::policy(policy) })
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty())
}

/// The words of a line; a word may be in quotation marks from any place on.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quoted) = (vec![], String::new(), false);
    for character in line.chars().chain([' ']) {
        match character {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.extend(Some(std::mem::take(&mut word)).filter(|word| !word.is_empty())),
            other => word.push(other),
        }
    }
    words
}

fn pairs(words: &[String]) -> BTreeMap<&str, &str> {
    words.iter().map(|word| word.split_once('=').unwrap_or((word, ""))).collect()
}

fn entry(id: &str) -> ExternalId {
    ExternalId::from_text(id).expect("an id in a test is not blank")
}

fn codes(text: &str) -> impl Iterator<Item = RoleCode> {
    text.split(',').filter(|code| !code.is_empty()).map(|code| RoleCode::parse(code).expect("a role's code"))
}

fn assignments(text: &str) -> impl Iterator<Item = Assignment> {
    text.split(',').filter(|text| !text.is_empty()).map(|text| Assignment::parse(text).expect("an assignment"))
}

fn policy(text: &str) -> Policy {
    let words = words(text);
    let pairs = pairs(&words);
    let get = |name: &str| pairs.get(name).copied().unwrap_or_default();
    let user = |name: &str| get(name).parse::<i64>().ok().map(UserId);
    Policy {
        directory_id: (!pairs.contains_key("file")).then_some(DirectoryId(1)),
        name_conflict: match get("conflict") {
            "link" => NameConflict::Link,
            "skip" => NameConflict::Skip,
            _ => NameConflict::Refuse,
        },
        link: get("link").split(',').filter(|id| !id.is_empty()).map(entry).collect(),
        roles: assignments(get("roles")).collect(),
        roles_to_existing: pairs.contains_key("existing"),
        beyond: codes(get("mayn't")).collect(),
        administrator_roles: codes(RoleCode::ADMINISTRATOR).collect(),
        file: pairs.contains_key("file").then(|| FilePolicy {
            roles: codes(get("may")).chain(codes(get("mayn't"))).collect(),
            groups: groups(get("groups")).collect(),
            owned: BTreeMap::from([(DirectoryId(1), get("owned").split(',').filter_map(Field::parse).collect())]),
        }),
        acting_user: user("acting").unwrap_or(UserId(-1)),
        last_administrator: user("last"),
    }
}

fn record(line: &str) -> Record {
    let words = words(line);
    let mut pairs = pairs(&words[1..]);
    let mut patch = |name: &str| match pairs.remove(name) {
        None => Patch::Keep,
        Some("") => Patch::Clear,
        Some(text) => Patch::Set(text.to_owned()),
    };
    let fields = FieldPatch {
        username: Some(words[0].clone()).filter(|name| name != "-"),
        email: patch("email"),
        first_name: patch("first"),
        last_name: patch("last"),
        display_name: patch("display"),
        phone: patch("phone"),
        department: patch("department"),
        job_title: patch("title"),
        locale: patch("locale"),
        time_zone: patch("zone"),
        enabled: pairs.remove("enabled").map(|text| text == "yes"),
        custom: custom(&pairs)
            .map(|(name, text)| {
                let values: Vec<_> = text.split('|').map(str::to_owned).collect();
                (name, if text.is_empty() { Patch::Clear } else { Patch::Set(values) })
            })
            .collect(),
    };
    let dn = |id: &str| pairs.get("dn").map_or_else(|| format!("cn={id}"), |dn| (*dn).to_owned());
    let entry = pairs.get("id").map(|id| EntryRef { external_id: entry(id), dn: dn(id) });
    let list = |name: &str| match pairs.get(name).copied() {
        None => Patch::Keep,
        Some("") => Patch::Clear,
        Some(text) => Patch::Set(text.split(',').map(str::to_owned).collect()),
    };
    Record {
        entry,
        line: pairs.get("line").map(|line| line.parse().expect("a line is a number")),
        fields,
        old_username: pairs.get("was").map(|name| (*name).to_owned()),
        roles: list("roles"),
        groups: list("groups"),
        issues: vec![],
    }
}

fn user(line: &str) -> User {
    let words = words(line);
    let pairs = pairs(&words[2..]);
    let text = |name: &str| pairs.get(name).map(|text| (*text).to_owned());
    let link = pairs.get("id").map(|place| {
        let (id, directory) = place.split_once('@').unwrap_or((place, "1"));
        Link {
            directory_id: DirectoryId(directory.parse().expect("a directory is a number")),
            external_id: entry(id),
            dn: text("dn").unwrap_or_else(|| format!("cn={id}")),
        }
    });
    User {
        user_id: UserId(words[0].parse().expect("a user begins with its number")),
        version: pairs.get("version").map_or(1, |version| version.parse().expect("a version is a number")),
        fields: UserFields {
            username: words[1].clone(),
            email: text("email"),
            first_name: text("first"),
            last_name: text("last"),
            display_name: text("display"),
            phone: text("phone"),
            department: text("department"),
            job_title: text("title"),
            locale: text("locale"),
            time_zone: text("zone"),
            enabled: pairs.get("enabled").is_none_or(|text| *text == "yes"),
            custom: custom(&pairs).map(|(name, text)| (name, text.split('|').map(str::to_owned).collect())).collect(),
        },
        link,
        roles: assignments(pairs.get("roles").copied().unwrap_or_default()).collect(),
        groups: groups(pairs.get("groups").copied().unwrap_or_default()).collect(),
    }
}

fn groups(names: &str) -> impl Iterator<Item = GroupName> {
    names.split(',').filter(|name| !name.is_empty()).map(|name| GroupName::parse(name).expect("a name"))
}

fn custom<'a>(pairs: &BTreeMap<&'a str, &'a str>) -> impl Iterator<Item = (String, &'a str)> {
    pairs.iter().filter_map(|(name, text)| Some((name.strip_prefix("custom:")?.to_owned(), *text)))
}

/// The plan as text.
pub fn rendered(plan: &Plan) -> String {
    let mut text = String::new();
    for row in &plan.rows {
        let whom = match &row.action {
            Action::Create | Action::Block => String::new(),
            Action::Skip { user_id } => format!(" user {user_id}"),
            Action::Link { user_id, version } => format!(" link user {user_id} version {version}"),
            Action::Update { user_id, version } | Action::Unchanged { user_id, version } => {
                format!(" user {user_id} version {version}")
            }
        };
        line(&mut text, format_args!("{} {}{whom}: {:?}", row.kind().code(), row.username, row.reason));
        for change in &row.fields {
            let shown = |value: &Option<Value>| match value {
                None => "nothing".to_owned(),
                Some(Value::Flag(flag)) => (if *flag { "yes" } else { "no" }).to_owned(),
                Some(Value::Text(text)) => text.clone(),
                Some(Value::Many(values)) => values.join("|"),
            };
            let mark = match change.mark {
                None => "",
                Some(Mark::CaseOnly) => " (case only)",
                Some(Mark::SpaceOnly) => " (space only)",
            };
            let (before, after) = (shown(&change.before), shown(&change.after));
            line(&mut text, format_args!("    {}: {before} -> {after}{mark}", change.field.name()));
        }
        if row.unchanged_fields > 0 {
            line(&mut text, format_args!("    {} as they are", row.unchanged_fields));
        }
        let lists = [("+", &row.add_roles), ("-", &row.remove_roles)];
        for (sign, role) in lists.into_iter().flat_map(|(sign, roles)| roles.iter().map(move |role| (sign, role))) {
            line(&mut text, format_args!("    {sign} {role}"));
        }
        let lists = [("+", &row.add_groups), ("-", &row.remove_groups)];
        for (sign, group) in lists.into_iter().flat_map(|(sign, groups)| groups.iter().map(move |group| (sign, group)))
        {
            line(&mut text, format_args!("    {sign} group {group}"));
        }
        if let Some(dn) = &row.moved_from {
            let now = row.entry.as_ref().map_or("nowhere", |entry| entry.dn.as_str());
            line(&mut text, format_args!("    moved: {dn} -> {now}"));
        }
        for issue in &row.issues {
            line(&mut text, format_args!("    {} {}", if issue.blocks() { "!" } else { "?" }, said(issue)));
        }
    }
    for guard in &plan.summary.guards {
        line(&mut text, format_args!("guard {guard:?}"));
    }
    text
}

fn said(issue: &Issue) -> String {
    match issue {
        Issue::InternalUserExists { user_id } => format!("internal user {user_id} exists"),
        Issue::LinkedElsewhere { user_id } => format!("user {user_id} is linked elsewhere"),
        Issue::MatchesTwoUsers { user_id, other_id } => format!("entry of user {user_id}, name of user {other_id}"),
        Issue::DuplicateRow { row, .. } => format!("same as row {row}"),
        Issue::SameEmail { user_id, username } => format!("e-mail of user {user_id} {username}"),
        other => format!("{other:?}"),
    }
}

fn line(text: &mut String, line: std::fmt::Arguments<'_>) {
    writeln!(text, "{line}").expect("a text takes everything");
}
