//! What a directory's entry says of a user's fields.

use crate::input::{EntryRef, Record};
use crate::issue::Issue;
use crate::value::{cut, flag, has_control, is_longer, length_up_to};
use identity::directory::{AttributeMapping, DirectorySettings, ManyValues};
use identity::entry::{AttributeValue, Entry};
use identity::external_id::ExternalId;
use identity::field::{Field, Patch};
use identity::pattern::Pattern;
use identity::user::FieldPatch;

pub use crate::value::{MAX_CUSTOM, MAX_TEXT};

/// Maps an entry. The directory owns the fields that its settings map: an attribute that an entry does not have
/// clears its field, while a value that cannot be used leaves it alone and is an issue. A value that is too long is
/// never copied.
pub fn map_entry(entry: &Entry, settings: &DirectorySettings) -> Record {
    let mut record = Record::default();
    let id_attribute = &settings.schema.external_id_attribute;
    match entry.values(id_attribute).find_map(|value| ExternalId::read(id_attribute, value.bytes())) {
        Some(external_id) => record.entry = Some(EntryRef { external_id, dn: entry.dn.clone() }),
        None => record.issues.push(Issue::MissingExternalId { attribute: id_attribute.clone() }),
    }
    let name_attribute = &settings.users.username_attribute;
    record.fields.username = entry.texts(name_attribute).next().map(|text| cut(text.trim()).to_owned());
    if record.fields.username.is_none() && entry.values(name_attribute).any(is_binary) {
        record.issues.push(Issue::NotText { attribute: name_attribute.clone() });
    }
    for (place, mapping) in settings.users.mapping.iter().enumerate() {
        let mappings = &settings.users.mapping;
        if mappings[..place].iter().all(|earlier| earlier.field != mapping.field) {
            let sources = mappings[place..].iter().filter(|source| source.field == mapping.field);
            map_field(entry, &mapping.field, sources, &mut record);
        }
    }
    record
}

/// Fills one field from the first of its attributes that has something to say.
fn map_field<'m>(
    entry: &Entry,
    field: &Field,
    sources: impl Iterator<Item = &'m AttributeMapping>,
    record: &mut Record,
) {
    let mut found = Found::Nothing;
    for source in sources {
        match values_of(entry, source) {
            Found::Nothing => {}
            usable @ Found::Values(_) => {
                found = usable;
                break;
            }
            unusable => found = unusable,
        }
    }
    let patch = match found {
        Found::Nothing => Patch::Clear,
        Found::Values(values) => Patch::Set(values),
        Found::TooLong => {
            record.issues.push(Issue::TooLong { field: field.clone() });
            Patch::Keep
        }
        Found::NotText(attribute) => {
            record.issues.push(Issue::NotText { attribute: attribute.to_owned() });
            Patch::Keep
        }
        Found::NotFlag(attribute) => {
            record.issues.push(Issue::NotFlag { attribute: attribute.to_owned() });
            Patch::Keep
        }
    };
    store(field, patch, &mut record.fields);
}

fn store(field: &Field, patch: Patch<Vec<String>>, fields: &mut FieldPatch) {
    let slot = match field {
        // The username has a setting of its own.
        Field::Username => return,
        Field::Enabled => {
            // A directory that says nothing of it does not disable anybody.
            if let Patch::Set(values) = patch {
                fields.enabled = values.first().and_then(|text| flag(text));
            }
            return;
        }
        Field::Custom(name) => {
            fields.custom.insert(name.clone(), patch);
            return;
        }
        Field::Email => &mut fields.email,
        Field::FirstName => &mut fields.first_name,
        Field::LastName => &mut fields.last_name,
        Field::DisplayName => &mut fields.display_name,
        Field::Phone => &mut fields.phone,
        Field::Department => &mut fields.department,
        Field::JobTitle => &mut fields.job_title,
        Field::Locale => &mut fields.locale,
        Field::TimeZone => &mut fields.time_zone,
    };
    *slot = match patch {
        Patch::Keep => Patch::Keep,
        Patch::Clear => Patch::Clear,
        Patch::Set(values) => values.into_iter().next().map_or(Patch::Clear, Patch::Set),
    };
}

/// What an attribute has for a field.
enum Found<'a> {
    Nothing,
    /// One for a field with one value; any number, sorted, for a custom attribute.
    Values(Vec<String>),
    TooLong,
    NotText(&'a str),
    NotFlag(&'a str),
}

fn values_of<'m>(entry: &Entry, source: &'m AttributeMapping) -> Found<'m> {
    let mut texts = entry.texts(&source.attribute).map(str::trim);
    let not_text = Found::NotText(&source.attribute);
    let Some(first) = texts.next() else {
        return if entry.values(&source.attribute).any(is_binary) { not_text } else { Found::Nothing };
    };
    let all = || std::iter::once(first).chain(entry.texts(&source.attribute).map(str::trim).skip(1));
    let is_custom = matches!(source.field, Field::Custom(_));
    let limit = if is_custom { MAX_CUSTOM } else { MAX_TEXT };
    let (mut chosen, takes_all) = match &source.rule {
        ManyValues::Matching(pattern) => {
            let pattern = Pattern::new(pattern);
            // What is too long to be stored is not compared: it may be as long as an answer.
            let fitting = all().filter(|text| !is_longer(text, limit) && pattern.fits(text));
            let chosen: Vec<_> = fitting.take(if is_custom { usize::MAX } else { 1 }).collect();
            if chosen.is_empty() {
                return if all().any(|text| is_longer(text, limit)) { Found::TooLong } else { Found::Nothing };
            }
            (chosen, false)
        }
        ManyValues::First | ManyValues::Shortest if is_custom => (all().collect(), true),
        ManyValues::First => (vec![first], false),
        ManyValues::Shortest => {
            (all().min_by_key(|text| (length_up_to(text, limit), *text)).into_iter().collect(), false)
        }
        ManyValues::Joined => (all().collect(), true),
    };
    // There are never more characters than bytes, which need no counting.
    let fits = chosen.iter().map(|text| text.len()).sum::<usize>() <= limit
        || chosen.iter().map(|text| length_up_to(text, limit)).sum::<usize>() <= limit;
    if !fits {
        return Found::TooLong;
    }
    if chosen.iter().any(|text| has_control(text)) || (takes_all && entry.values(&source.attribute).any(is_binary)) {
        return not_text;
    }
    if source.field == Field::Enabled {
        return if flag(chosen[0]).is_some() {
            Found::Values(vec![chosen[0].to_owned()])
        } else {
            Found::NotFlag(&source.attribute)
        };
    }
    // A directory answers the values of an attribute in any order (RFC 4511 4.1.7).
    chosen.sort_unstable();
    if is_custom {
        chosen.dedup();
        return Found::Values(chosen.into_iter().map(str::to_owned).collect());
    }
    if let [only] = chosen[..] {
        return Found::Values(vec![only.to_owned()]);
    }
    let joined = chosen.join(", ");
    if is_longer(&joined, limit) { Found::TooLong } else { Found::Values(vec![joined]) }
}

fn is_binary(value: &AttributeValue) -> bool {
    matches!(value, AttributeValue::Binary(bytes) if !bytes.is_empty())
}
