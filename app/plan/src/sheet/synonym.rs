//! What columns are called elsewhere, in English and German.

use super::header;
use super::suggest::Recognised;
use super::target::Target;
use identity::field::Field;
use std::collections::HashMap;

/// Names that mean one thing.
static SYNONYMS: [(Target, &str); 15] = [
    (
        Target::Field(Field::Username),
        "Username, User name, User, User ID, UID, Login, Login name, Login ID, Logon name, Logon, Account, Account name, \
         sAMAccountName, Nickname, New username, Benutzername, Benutzer, Benutzerkennung, Benutzer-ID, Benutzerkonto, \
         Anmeldename, Anmeldekennung, Nutzername, Nutzerkennung, Kennung, Konto, Kontoname, Loginname, Neuer Benutzername",
    ),
    (
        Target::Field(Field::Email),
        "Email, E-Mail, Mail, Email address, Mail address, E-Mail-Adresse, Mailadresse, Primary email, Work email, \
         Business email, Office email, Dienstliche E-Mail, Geschäftliche E-Mail, E-Mail dienstlich, E-Mail geschäftlich",
    ),
    (
        Target::Field(Field::FirstName),
        "First name, Firstname, Given name, Givenname, Forename, Vorname, Vornamen, Rufname",
    ),
    (Target::Field(Field::LastName), "Last name, Lastname, Family name, Surname, SN, Nachname, Familienname, Zuname"),
    (
        Target::Field(Field::DisplayName),
        "Display name, Displayname, Full name, Fullname, Name, CN, Common name, Real name, Anzeigename, Angezeigter Name, \
         Voller Name, Vollständiger Name, Klarname",
    ),
    (
        Target::Field(Field::Phone),
        "Phone, Phone number, Phone num, Phone no, Telephone, Telephone number, Tel, Tel. no, Tel. Nr., Work phone, \
         Business phone, Office phone, Phone1, Telefon, Telefonnummer, Telefon-Nr., Rufnummer, Fon, Durchwahl, Festnetz, \
         Telefon dienstlich, Telefon geschäftlich, Telefon (Büro)",
    ),
    (
        Target::Field(Field::Department),
        "Department, Dept, Department name, Org unit, OU, Organisational unit, Organizational unit, Business unit, \
         Division, Abteilung, Organisationseinheit, Org.-Einheit, OE, Fachbereich, Fachabteilung",
    ),
    (
        Target::Field(Field::JobTitle),
        "Job title, Title, Job, Position, Position title, Job title for user, Job function, Function, Occupation, \
         Funktion, Stelle, Stellenbezeichnung, Berufsbezeichnung, Beruf, Tätigkeit, Dienststellung, Funktionsbezeichnung",
    ),
    (
        Target::Field(Field::Locale),
        "Locale, Language, Lang, Preferred language, UI locale, User locale, UI language, Language code, Default locale, \
         Sprache, Bevorzugte Sprache, Sprachcode, Anzeigesprache, Gebietsschema",
    ),
    (Target::Field(Field::TimeZone), "Time zone, Timezone, TZ, Zone info, Zeitzone"),
    (
        Target::Field(Field::Enabled),
        "Enabled, Is enabled, Account enabled, Active, Is active, Activated, Active user, Aktiv, Ist aktiv, Aktiviert, \
         Freigeschaltet, Konto aktiv",
    ),
    (
        Target::Groups,
        "Groups, Group, Group names, User groups, Usergroup, Member of, Group membership, Group memberships, Gruppen, \
         Gruppe, Benutzergruppen, Benutzergruppe, Gruppenzugehörigkeit, Gruppenmitgliedschaft, Mitglied von",
    ),
    (
        Target::Roles,
        "Roles, Role, User roles, User role, Role codes, Rollen, Rolle, Benutzerrollen, Benutzerrolle, Rolle(n)",
    ),
    (
        Target::OldUsername,
        "Old username, Old user name, Previous username, Former username, Old login, Old user ID, Username old, \
         Alter Benutzername, Alter Anmeldename, Bisheriger Benutzername, Bisheriger Anmeldename, Früherer Benutzername, \
         Benutzername alt, Benutzername (alt), Alte Kennung, Bisherige Kennung",
    ),
    (
        Target::Password,
        "Password, Passwort, Kennwort, Passphrase, Pwd, Passwd, Initial password, Temporary password, New password, \
         Default password, User password, Password hash, Plain password, Plaintext password, Unicode pwd, \
         Startpasswort, Initialpasswort, Initialkennwort, Startkennwort, Neues Passwort, Neues Kennwort, Passwort-Hash, \
         Einmalpasswort, Einmalkennwort, One-time password",
    ),
];

/// Names that often mean this, and sometimes something else: any better column goes before them.
static LIKELY: [(Target, &str); 8] = [
    (Target::Field(Field::Username), "User principal name, UPN, Kürzel, Kurzzeichen, Alias, Login email"),
    (Target::Field(Field::Email), "Personal email, Private email, Email personal, Private E-Mail, E-Mail privat"),
    (Target::Field(Field::DisplayName), "Employee, Employee name, Person, Mitarbeiter, Mitarbeiterin, Mitarbeiter/in"),
    (
        Target::Field(Field::Phone),
        "Mobile, Mobile phone, Mobile number, Cell, Cell phone, Mobil, Mobiltelefon, Mobilnummer, Handy, Handynummer",
    ),
    (Target::Field(Field::Department), "Bereich, Unit, Einheit, Org unit path, Organisation unit"),
    (Target::Field(Field::JobTitle), "Titel, Rang, Dienstgrad"),
    (Target::Field(Field::Locale), "Country language, Korrespondenzsprache, Locale code"),
    (Target::Field(Field::Enabled), "Status, Account status, User status, Kontostatus, Benutzerstatus, State, Zustand"),
];

/// Names that are hardly different from one above and mean something else.
const OTHER: &str = "Login date, Login time, Logon date, Logon time, Logins, Login count, Telefaxnummer, Passport, Local, \
                     Lokal, Users ID, User SID, Users";

/// A column with one of these words in its name holds passwords: `Passwort neu`, `Password (initial)`, `Password 2026`.
const PASSWORDS: &[&str] =
    &["password", "passwort", "kennwort", "passwd", "passphrase", "contraseña", "contrasena", "motdepasse"];
/// Unless one of these is there too: then it tells something about them, as directories write out beside each person.
const ABOUT_PASSWORDS: &[&str] = &[
    "lastset",
    "lastchange",
    "changed",
    "changedate",
    "mustchange",
    "cannotchange",
    "expir",
    "notrequired",
    "policy",
    "passworddate",
    "geaendert",
    "letzteaenderung",
    "aenderungsdatum",
    "laeuftab",
    "laeuftnie",
    "ablaufdatum",
    "richtlinie",
    "passwortdatum",
];

/// Shorter names are not compared by how far they are from others.
const SHORTEST_SIMILAR: usize = 5;
/// A name of at least this length may have two mistakes.
const SHORTEST_WITH_TWO: usize = 9;
/// Longer names are not compared either: no name above is.
const LONGEST_SIMILAR: usize = 40;

/// What names mean.
pub(super) struct Synonyms {
    exact: HashMap<String, (Recognised, Option<&'static Target>)>,
    /// By their first letter.
    similar: HashMap<char, Vec<(String, &'static Target)>>,
}

impl Synonyms {
    pub(super) fn new() -> Self {
        let lists: [(Recognised, &'static [(Target, &str)]); 2] =
            [(Recognised::Synonym, &SYNONYMS), (Recognised::Similar, &LIKELY)];
        let mut synonyms = Self { exact: HashMap::new(), similar: HashMap::new() };
        for name in OTHER.split(',') {
            synonyms.exact.insert(header::key(name), (Recognised::Unknown, None));
        }
        for (recognised, list) in lists {
            for (target, names) in list {
                for key in names.split(',').map(header::key) {
                    let initial = key.chars().next().unwrap_or_default();
                    synonyms.similar.entry(initial).or_default().push((key.clone(), target));
                    synonyms.exact.insert(key, (recognised, Some(target)));
                }
            }
        }
        synonyms
    }

    /// What a name means, compared by its key.
    pub(super) fn find(&self, key: &str) -> Option<(Recognised, Option<&'static Target>)> {
        self.exact.get(key).copied()
    }

    /// Whether a column of this name holds passwords.
    pub(super) fn is_password(&self, header: &str) -> bool {
        let key = header::key(header);
        let is_one = matches!(self.find(&key), Some((Recognised::Synonym, Some(Target::Password))));
        is_one || self.concerns_passwords(header) && !ABOUT_PASSWORDS.iter().any(|word| key.contains(word))
    }

    /// Whether it holds passwords or tells something about them. A name that says `custom:` was chosen by somebody.
    pub(super) fn concerns_passwords(&self, header: &str) -> bool {
        let key = header::key(header);
        let is_chosen = matches!(Target::parse(header::trimmed(header)), Some(Target::Field(Field::Custom(_))));
        !is_chosen && PASSWORDS.iter().any(|word| key.contains(word))
    }

    /// What a name that nobody uses was probably meant to be: of all that are near, the nearest, unless two targets are
    /// equally near. Mistakes are hardly made in the first letter, and a number makes it another column.
    pub(super) fn find_similar(&self, key: &str) -> Option<&'static Target> {
        let length = key.chars().count();
        if !(SHORTEST_SIMILAR..=LONGEST_SIMILAR).contains(&length) {
            return None;
        }
        let digits = |text: &str| text.chars().filter(|character| character.is_numeric()).collect::<String>();
        let mut nearest: Option<(usize, Option<&'static Target>)> = None;
        for (name, target) in self.similar.get(&key.chars().next()?)? {
            let other = name.chars().count();
            let allowed = match length.min(other) {
                0..SHORTEST_SIMILAR => continue,
                SHORTEST_SIMILAR..SHORTEST_WITH_TWO => 1,
                SHORTEST_WITH_TWO.. => 2,
            };
            if length.abs_diff(other) > allowed {
                continue;
            }
            let distance = strsim::osa_distance(key, name);
            if distance > allowed || digits(key) != digits(name) {
                continue;
            }
            nearest = match nearest {
                Some((least, known)) if least < distance => Some((least, known)),
                Some((least, known)) if least == distance => Some((least, known.filter(|known| known == target))),
                _ => Some((distance, Some(target))),
            };
        }
        nearest?.1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stands_in_one_list_only() {
        let mut seen = HashMap::new();
        let lists = SYNONYMS.iter().chain(&LIKELY).map(|(target, names)| (target.name().into_owned(), *names));
        for (target, names) in lists.chain([("nothing".to_owned(), OTHER)]) {
            for name in names.split(',') {
                let key = header::key(name);
                assert!(!key.is_empty(), "{name:?} of {target}");
                let before = seen.insert(key, target.clone());
                assert!(before.as_ref().is_none_or(|before| *before == target), "{name}: {before:?} and {target}");
            }
        }
    }
}
