//! Names of columns in spreadsheets of people: other words, other spellings, mistakes (R14).

use crate::notation::cells;
use plan::sheet::{Recognised, Source, suggest};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test;

/// What a column alone is taken for.
fn meaning(header: &str) -> (String, Recognised) {
    let suggested = suggest(&[header.to_owned()]);
    let target = suggested.mapping.rules.first().map(|rule| rule.target.name().into_owned()).unwrap_or_default();
    (target, suggested.columns[0])
}

#[track_caller]
fn check(target: &str, recognised: Recognised, headers: &str) {
    for header in headers.split('|') {
        assert_eq!(meaning(header), (target.to_owned(), recognised), "{header}");
    }
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn a_column_may_be_called_by_other_words_in_two_languages() {
    check("username", Recognised::Synonym, "Benutzername|Anmeldename|Login|User ID|Kennung|Account|sAMAccountName|UID");
    check("first_name", Recognised::Synonym, "Vorname|Given name|Rufname|First Name|firstname|GIVENNAME");
    check("last_name", Recognised::Synonym, "Nachname|Familienname|Surname|Zuname|sn|Last-Name");
    check("display_name", Recognised::Synonym, "Name|Anzeigename|Full Name|Vollstaendiger Name|displayName");
    check("email", Recognised::Synonym, "E-Mail|Mail|E-Mail-Adresse|EMAIL|e_mail|E\u{2011}Mail:|*E-Mail*");
    check("phone", Recognised::Synonym, "Telefon|Tel.|Rufnummer|Telephone Number|Telefon-Nr.|Telefon (Büro)");
    check("department", Recognised::Synonym, "Abteilung|Department|Org unit|OU|Organisationseinheit");
    check("job_title", Recognised::Synonym, "Position|Funktion|Title|Job Title|Stelle|TÄTIGKEIT|Ta\u{308}tigkeit");
    check("locale", Recognised::Synonym, "Sprache|Language|preferredLanguage|Lang");
    check("timezone", Recognised::Synonym, "Zeitzone|Time zone|TimeZone");
    check("enabled", Recognised::Synonym, "Aktiv|Enabled|Active|Is active|is_active|Activated");
    check("roles", Recognised::Synonym, "Rolle|Rollen|Rolle(n)|Role|Benutzerrollen");
    check("groups", Recognised::Synonym, "Gruppe|Gruppe(n)|Gruppen|Group|memberOf");
    check("old_username", Recognised::Synonym, "alter Benutzername|Old username|Benutzername (alt)|oldusername");
    check("password", Recognised::Synonym, "Passwort|Kennwort|Password|Password [Required]|PWD|Neues Passwort");
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn a_mistake_or_a_remark_is_seen_through() {
    check("username", Recognised::Similar, "Benutzernahme|Bentuzername|Usernme");
    check("email", Recognised::Similar, "Emial|E-Mail [Required]|E-Mail (Zentrale)");
    check("last_name", Recognised::Similar, "Nachnahme|Familiennahme");
    check("department", Recognised::Similar, "Abteillung|Departement|Bereich");
    check("phone", Recognised::Similar, "Telefonummer|Handy|Mobile");
    check("enabled", Recognised::Similar, "Status|Enabld");
    check("password", Recognised::Similar, "Pasword|Kennwrot");
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn what_only_looks_alike_is_left_to_the_person() {
    check(
        "",
        Recognised::Unknown,
        "|--|__proto__|constructor|Ort|Standort|Apartment|Deaktiviert|Deactivated|Inaktiv|Disabled|Gesperrt|Login date|\
         Telefax|Telefaxnummer|Passport|Telefon 2|E-Mail 2|phone2|Role1|Location|Company|Firma|Personalnummer|Nam|Mai|\
         Password changed|Anrede|Kostenstelle|Stellvertreter|Vorgesetzter|Eintrittsdatum|Geburtsname",
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn the_surest_column_gets_the_field() {
    let chosen = |headers: &str| -> Vec<(String, u32)> {
        let mapping = suggest(&cells(headers)).mapping;
        let column = |source: &Source| match source {
            Source::Column(column) => *column,
            other => panic!("{other:?} was suggested"),
        };
        mapping.rules.iter().map(|rule| (rule.target.name().into_owned(), column(&rule.source))).collect()
    };
    let is = |target: &str, column| vec![(target.to_owned(), column)];
    assert_eq!(chosen("Mobil|Telefonn|Telefon|Tel."), is("phone", 2));
    assert_eq!(chosen("E-Mail|email|Mail"), is("email", 1));
    assert_eq!(chosen("Handy|Mobil"), is("phone", 0));
    // Each may hold passwords, and a filled one is to be seen.
    assert_eq!(chosen("Passwort|Kennwort"), [("password".to_owned(), 0), ("password".to_owned(), 1)]);
}
