//! One entry with everything that the directory shows of it, but for its secrets.

use super::{RawAttribute, RawEntry, RawValue};
use crate::error::{AppError, What};
use crate::services::Actor;
use directory::Search;
use identity::attribute;
use identity::entry::{AttributeValue, Entry};
use identity::external_id::ExternalId;
use identity::id::DirectoryId;
use identity::query::Query;

/// Parts of the names of attributes whose values nobody should see, whatever the directory's rules let Muster's account
/// read: passwords of people and machines, their hashes and histories, keys and seeds of one-time passwords.
const SECRET_PARTS: [&str; 9] =
    ["password", "passwd", "pwd", "passphrase", "secret", "credentials", "privatekey", "otpkey", "tokenkey"];
/// The same, by the whole name.
const SECRETS: [&str; 16] = [
    "ipaNTHash",
    "krbExtraData",
    "krbMKey",
    "krbPrincipalKey",
    "msFVE-KeyPackage",
    "msPKI-CredentialRoamingTokens",
    "msPKIDPAPIMasterKeys",
    "nsslapd-rootpw",
    "oathHOTPToken",
    "oathTOTPToken",
    "olcRootPW",
    "trustAuthIncoming",
    "trustAuthOutgoing",
    "initialAuthIncoming",
    "initialAuthOutgoing",
    "userPKCS12",
];
/// What is said about a password and helps to understand an account, and what only sounds like a secret.
const NO_SECRETS: [&str; 17] = [
    "badPasswordTime",
    "badPwdCount",
    "krbLastPwdChange",
    "krbPasswordExpiration",
    "krbPwdPolicyReference",
    "msDS-UserPasswordExpiryTimeComputed",
    "passwordExpirationTime",
    "passwordExpWarned",
    "pwdAccountLockedTime",
    "pwdChangedTime",
    "pwdFailureTime",
    "pwdLastSet",
    "pwdLastSuccess",
    "pwdPolicySubentry",
    "pwdReset",
    "sambaPwdLastSet",
    "secretary",
];
/// Values of an attribute that are shown.
const MAX_VALUES: usize = 100;
/// Characters of a value that are shown.
const MAX_TEXT: usize = 2_000;

/// Reads an entry.
pub async fn fetch(actor: &Actor, directory_id: DirectoryId, external_id: &ExternalId) -> Result<RawEntry, AppError> {
    let target = actor.target(directory_id).await?;
    let by_name = external_id.filter(&target.settings.schema.external_id_attribute)?;
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
    let secret = is_secret(&name);
    let more = u32::try_from(values.len().saturating_sub(MAX_VALUES)).unwrap_or(u32::MAX);
    let show = |value| match value {
        _ if secret => RawValue::Secret,
        AttributeValue::Text(text) => RawValue::Text(beginning(text)),
        AttributeValue::Binary(bytes) => RawValue::Binary(u32::try_from(bytes.len()).unwrap_or(u32::MAX)),
    };
    RawAttribute { values: values.into_iter().take(MAX_VALUES).map(show).collect(), more, name }
}

fn is_secret(name: &str) -> bool {
    let is_one_of = |names: &[&str]| names.iter().any(|known| attribute::same(name, known));
    let lower = name.to_ascii_lowercase();
    is_one_of(&SECRETS) || SECRET_PARTS.iter().any(|part| lower.contains(part)) && !is_one_of(&NO_SECRETS)
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

    #[test]
    fn secrets_are_known_by_their_names() {
        for secret in [
            "ms-Mcs-AdmPwd",
            "msLAPS-Password",
            "msLAPS-EncryptedPasswordHistory",
            "msDS-ManagedPassword",
            "sambaPasswordHistory",
            "userPKCS12",
            "krbPwdHistory",
            "krbExtraData",
            "oathSecret",
            "nsslapd-rootpw",
            "ipatokenOTPkey",
            "ntPwdHistory",
            "supplementalCredentials",
            "unicodePwd;range=0-5",
            "vendorsApplicationPASSWORD",
        ] {
            assert!(is_secret(secret), "{secret}");
        }
        for shown in ["pwdLastSet", "BADPWDCOUNT", "pwdChangedTime", "cn", "mail", "shadowLastChange", "secretary"] {
            assert!(!is_secret(shown), "{shown}");
        }
    }
}
