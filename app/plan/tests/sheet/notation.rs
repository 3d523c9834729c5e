//! A tiny text notation for mappings and records, so that a test shows what it is about.
//!
//! Headers and cells stand between `|`. A rule is a line `target <- source`, where the source is `#2` for a column, `=text`
//! for a constant, and a template otherwise; `lower` and `untrimmed` before the arrow say how it is written.

use identity::field::Patch;
use plan::Record;
use plan::sheet::{Blank, Rule, SheetMapping, Source, Target};
use std::fmt::Write;

/// Headers or cells.
pub fn cells(line: &str) -> Vec<String> {
    line.split('|').map(str::to_owned).collect()
}

/// A mapping; `blank clears` and `separator ~~~` are lines too.
pub fn mapping(text: &str) -> SheetMapping {
    let mut mapping = SheetMapping::default();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if line == "blank clears" {
            mapping.blank = Blank::Clear;
        } else if let Some(separator) = line.strip_prefix("separator") {
            mapping.separator = separator.trim().to_owned();
        } else {
            mapping.rules.push(rule(line));
        }
    }
    mapping
}

fn rule(line: &str) -> Rule {
    let (target, source) = line.split_once(" <- ").expect("a rule has an arrow");
    let mut words = target.split(' ');
    let target = Target::parse(words.next().unwrap_or_default()).expect("a target");
    let source = match (source.strip_prefix('#'), source.strip_prefix('=')) {
        (Some(column), _) => Source::Column(column.parse().expect("a column is a number")),
        (_, Some(text)) => Source::Constant(text.to_owned()),
        _ => Source::Template(source.to_owned()),
    };
    let mut rule = Rule::new(target, source);
    for word in words {
        match word {
            "lower" => rule.lower_case = true,
            "untrimmed" => rule.trim = false,
            other => panic!("no rule is {other}"),
        }
    }
    rule
}

/// What a record says, one thing a line.
pub fn rendered(record: &Record) -> String {
    let fields = &record.fields;
    let mut lines = String::new();
    let mut line = |name: &str, said: Option<String>| {
        if let Some(said) = said {
            let said = said.replace(char::is_control, "\u{fffd}");
            writeln!(lines, "{name}: {said}").expect("a string takes everything");
        }
    };
    line("username", fields.username.clone());
    line("was", record.old_username.clone());
    for (name, patch) in [
        ("email", &fields.email),
        ("first_name", &fields.first_name),
        ("last_name", &fields.last_name),
        ("display_name", &fields.display_name),
        ("phone", &fields.phone),
        ("department", &fields.department),
        ("job_title", &fields.job_title),
        ("locale", &fields.locale),
        ("timezone", &fields.time_zone),
    ] {
        line(name, said(patch, String::clone));
    }
    line("enabled", fields.enabled.map(|flag| flag.to_string()));
    for (name, patch) in &fields.custom {
        line(&format!("custom:{name}"), said(patch, |values| values.join(" | ")));
    }
    line("groups", said(&record.groups, |values| values.join(" | ")));
    line("roles", said(&record.roles, |values| values.join(" | ")));
    for issue in &record.issues {
        writeln!(lines, "! {issue:?}").expect("a string takes everything");
    }
    lines
}

fn said<T>(patch: &Patch<T>, text: impl Fn(&T) -> String) -> Option<String> {
    match patch {
        Patch::Keep => None,
        Patch::Clear => Some("nothing".to_owned()),
        Patch::Set(value) => Some(text(value)),
    }
}
