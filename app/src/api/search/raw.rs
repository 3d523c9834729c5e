//! One entry with everything that the directory shows of it, but for its secrets.

use super::{RawAttribute, RawEntry, RawValue};
use crate::error::{AppError, What};
use crate::services::Actor;
use directory::Search;
use identity::attribute;
use identity::entry::{AttributeValue, Entry};
use identity::external_id::ExternalId;
use identity::filter::Filter;
use identity::id::DirectoryId;
use identity::query::Query;

/// Attributes whose values nobody should see, whatever the directory's rules let Muster's account read.
const SECRETS: [&str; 12] = [
    "userPassword",
    "authPassword",
    "unicodePwd",
    "dBCSPwd",
    "ntPwdHistory",
    "lmPwdHistory",
    "supplementalCredentials",
    "sambaNTPassword",
    "sambaLMPassword",
    "krbPrincipalKey",
    "pwdHistory",
    "ipaNTHash",
];
/// Values of an attribute that are shown.
const MAX_VALUES: usize = 100;
/// Characters of a value that are shown.
const MAX_TEXT: usize = 2_000;

/// Reads an entry.
pub async fn fetch(actor: &Actor, directory_id: DirectoryId, external_id: &ExternalId) -> Result<RawEntry, AppError> {
    let target = actor.target(directory_id).await?;
    let by_name = Filter::equal(&target.settings.schema.external_id_attribute, external_id.as_str())?;
    let filter = Query::Filter(by_name).into_filter(&target.settings.users)?;
    // `*` are the attributes of users, `+` those that the server keeps itself (RFC 3673).
    let search = Search { filter, attributes: vec!["*".to_owned(), "+".to_owned()] };
    let mut pages = target.connect().await?.search(search);
    while let Some(page) = pages.next().await? {
        if let Some(entry) = page.entries.into_iter().next() {
            return Ok(shown(entry));
        }
    }
    Err(AppError::not_found(What::Entry))
}

fn shown(entry: Entry) -> RawEntry {
    let mut attributes: Vec<RawAttribute> = entry.attributes.into_iter().map(shown_attribute).collect();
    attributes.sort_by_key(|attribute| attribute.name.to_lowercase());
    RawEntry { dn: entry.dn, attributes }
}

fn shown_attribute((name, values): (String, Vec<AttributeValue>)) -> RawAttribute {
    let secret = SECRETS.iter().any(|secret| attribute::same(&name, secret));
    let more = u32::try_from(values.len().saturating_sub(MAX_VALUES)).unwrap_or(u32::MAX);
    let show = |value| match value {
        _ if secret => RawValue::Secret,
        AttributeValue::Text(text) => RawValue::Text(beginning(text)),
        AttributeValue::Binary(bytes) => RawValue::Binary(u32::try_from(bytes.len()).unwrap_or(u32::MAX)),
    };
    RawAttribute { values: values.into_iter().take(MAX_VALUES).map(show).collect(), more, name }
}

fn beginning(mut text: String) -> String {
    if let Some((end, _)) = text.char_indices().nth(MAX_TEXT) {
        text.truncate(end);
        text.push('…');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_never_shown() {
        let entry = Entry {
            dn: "uid=eve,dc=example".to_owned(),
            attributes: vec![
                ("USERPASSWORD;x-a".to_owned(), vec![AttributeValue::Text("{SSHA}x".to_owned())]),
                ("cn".to_owned(), vec![AttributeValue::Text("Eve".to_owned()), AttributeValue::Binary(vec![0; 9])]),
            ],
        };
        let RawEntry { attributes, .. } = shown(entry);
        assert_eq!(attributes[0].values, [RawValue::Text("Eve".to_owned()), RawValue::Binary(9)]);
        assert_eq!(attributes[1].values, [RawValue::Secret]);
    }
}
