//! What the form of a directory holds, and how it becomes settings.

use super::mapping::MappingRow;
use crate::api::directory::{DirectoryDraft, DirectoryView};
use crate::components::error_view::problem_text;
use crate::components::form::FormErrors;
use crate::error::{AppError, Problem};
use crate::text;
use identity::directory::{
    Connection, DirectorySettings, NameConflict, Preset, Schema, Scope, Security, SettingsError, UserSchema,
};
use identity::id::DirectoryId;
use leptos::prelude::*;

/// The fields of the form as they are typed. Lists are typed one a line.
#[derive(Clone, Copy)]
pub struct Form {
    pub directory_id: Option<DirectoryId>,
    pub version: RwSignal<i64>,
    pub has_password: RwSignal<bool>,
    pub errors: FormErrors,
    pub name: RwSignal<String>,
    pub code: RwSignal<String>,
    pub urls: RwSignal<String>,
    pub security: RwSignal<String>,
    pub ca_pem: RwSignal<String>,
    pub verify_certificate: RwSignal<bool>,
    pub pinned_sha256: RwSignal<String>,
    pub bind_dn: RwSignal<String>,
    pub password: RwSignal<String>,
    pub connect_timeout: RwSignal<String>,
    pub operation_timeout: RwSignal<String>,
    pub run_deadline: RwSignal<String>,
    pub preset: RwSignal<String>,
    pub base_dns: RwSignal<String>,
    pub scope: RwSignal<String>,
    pub page_size: RwSignal<String>,
    pub external_id_attribute: RwSignal<String>,
    pub user_filter: RwSignal<String>,
    pub username_attribute: RwSignal<String>,
    pub search_attributes: RwSignal<String>,
    pub mapping: RwSignal<Vec<MappingRow>>,
    pub name_conflict: RwSignal<String>,
}

/// Lists that are typed into one field; their problems are counted, the field is not.
const LISTS: [(&str, &str); 3] =
    [("url-", "urls"), ("base-dn-", "base-dns"), ("search-attribute-", "search-attributes")];

impl Form {
    /// Filled with what is stored, or with the defaults of OpenLDAP.
    pub fn new(stored: Option<&DirectoryView>) -> Self {
        let text = || RwSignal::new(String::new());
        let form = Self {
            directory_id: stored.map(|stored| stored.directory_id),
            version: RwSignal::new(0),
            has_password: RwSignal::new(false),
            errors: FormErrors::new(),
            name: text(),
            code: text(),
            urls: text(),
            security: text(),
            ca_pem: text(),
            verify_certificate: RwSignal::new(true),
            pinned_sha256: text(),
            bind_dn: text(),
            password: text(),
            connect_timeout: text(),
            operation_timeout: text(),
            run_deadline: text(),
            preset: text(),
            base_dns: text(),
            scope: text(),
            page_size: text(),
            external_id_attribute: text(),
            user_filter: text(),
            username_attribute: text(),
            search_attributes: text(),
            mapping: RwSignal::default(),
            name_conflict: text(),
        };
        match stored {
            Some(stored) => form.show(stored),
            None => form.fill(&DirectorySettings::preset(Preset::OpenLdap)),
        }
        form
    }

    /// Shows what is stored now. The password was stored, or it was not wanted.
    pub fn show(self, stored: &DirectoryView) {
        self.version.set(stored.version);
        self.has_password.set(stored.has_password);
        self.password.set(String::new());
        self.fill(&stored.settings);
    }

    fn fill(self, settings: &DirectorySettings) {
        let DirectorySettings { name, code, connection, schema, users, name_conflict } = settings;
        self.name.set(name.clone());
        self.code.set(code.clone());
        self.urls.set(connection.urls.join("\n"));
        self.security.set(security_code(connection.security).to_owned());
        self.ca_pem.set(connection.ca_pem.clone().unwrap_or_default());
        self.verify_certificate.set(connection.verify_certificate);
        self.pinned_sha256.set(connection.pinned_sha256.clone().unwrap_or_default());
        self.bind_dn.set(connection.bind_dn.clone());
        self.connect_timeout.set(connection.connect_timeout.to_string());
        self.operation_timeout.set(connection.operation_timeout.to_string());
        self.run_deadline.set(connection.run_deadline.to_string());
        self.base_dns.set(schema.base_dns.join("\n"));
        self.name_conflict.set(conflict_code(*name_conflict).to_owned());
        self.fill_schema(schema, users);
    }

    fn fill_schema(self, schema: &Schema, users: &UserSchema) {
        self.preset.set(preset_code(schema.preset).to_owned());
        self.scope.set(scope_code(schema.scope).to_owned());
        self.page_size.set(schema.page_size.to_string());
        self.external_id_attribute.set(schema.external_id_attribute.clone());
        self.user_filter.set(users.filter.clone());
        self.username_attribute.set(users.username_attribute.clone());
        self.search_attributes.set(users.search_attributes.join("\n"));
        self.mapping.set(users.mapping.iter().map(MappingRow::new).collect());
    }

    /// Fills in what is usual for the chosen kind of server; what is this directory's own stays.
    pub fn fill_preset(self) {
        let preset = preset_of(&self.preset.get_untracked());
        let DirectorySettings { schema, users, .. } = DirectorySettings::preset(preset);
        self.fill_schema(&schema, &users);
    }

    /// What is typed, as settings. What is no number is 0, which the check refuses.
    pub fn settings(self) -> DirectorySettings {
        let text = |field: RwSignal<String>| field.with_untracked(|text| text.trim().to_owned());
        let optional = |field: RwSignal<String>| Some(text(field)).filter(|text| !text.is_empty());
        let number = |field: RwSignal<String>| text(field).parse().unwrap_or(0);
        let lines = |field: RwSignal<String>| {
            let lines = text(field);
            lines.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
        };
        DirectorySettings {
            name: text(self.name),
            code: text(self.code).to_uppercase(),
            connection: Connection {
                urls: lines(self.urls),
                security: security_of(&text(self.security)),
                ca_pem: optional(self.ca_pem),
                verify_certificate: self.verify_certificate.get_untracked(),
                pinned_sha256: optional(self.pinned_sha256).map(|pin| pin.replace(':', "").to_lowercase()),
                bind_dn: text(self.bind_dn),
                connect_timeout: number(self.connect_timeout),
                operation_timeout: number(self.operation_timeout),
                run_deadline: number(self.run_deadline),
            },
            schema: Schema {
                preset: preset_of(&text(self.preset)),
                base_dns: lines(self.base_dns),
                scope: scope_of(&text(self.scope)),
                page_size: number(self.page_size),
                external_id_attribute: text(self.external_id_attribute),
            },
            users: UserSchema {
                filter: text(self.user_filter),
                username_attribute: text(self.username_attribute),
                search_attributes: lines(self.search_attributes),
                mapping: self.mapping.with_untracked(|rows| rows.iter().map(|row| row.mapping()).collect()),
            },
            name_conflict: conflict_of(&text(self.name_conflict)),
        }
    }

    /// What to send.
    pub fn draft(self) -> DirectoryDraft {
        let password = Some(self.password.get_untracked()).filter(|password| !password.is_empty());
        let version = self.version.get_untracked();
        DirectoryDraft { directory_id: self.directory_id, version, settings: self.settings(), password }
    }

    /// Looks for what is wrong before anything is sent; says it, and whether nothing is.
    pub fn check(self) -> bool {
        self.accept(self.settings().check())
    }

    /// The same for a test, which needs no name.
    pub fn check_test(self) -> bool {
        self.accept(self.settings().check_but_name())
    }

    fn accept(self, errors: Vec<SettingsError>) -> bool {
        let problems: Vec<Problem> = errors.into_iter().map(Problem::from).collect();
        if problems.is_empty() {
            self.errors.set(None);
            return true;
        }
        self.refuse(AppError::Invalid { problems });
        false
    }

    /// Says what is wrong, each at the field where it was typed.
    pub fn refuse(self, error: AppError) {
        let error = match error {
            AppError::Invalid { problems } => {
                AppError::Invalid { problems: problems.into_iter().map(placed).collect() }
            }
            other => other,
        };
        self.errors.set(Some(error));
    }
}

/// A problem at the field where it was typed. Of a list, it says which line.
fn placed(mut problem: Problem) -> Problem {
    let list = LISTS.iter().find_map(|(prefix, field)| {
        let index: u32 = problem.field.strip_prefix(prefix)?.parse().ok()?;
        Some((*field, index))
    });
    if let Some((field, index)) = list {
        // A code without a text shows the message, and this one has the line in it.
        problem.message = text!(directories.line, number = index + 1, problem = problem_text(&problem));
        (problem.field, problem.code) = (field.to_owned(), format!("{}_in_line", problem.code));
    }
    problem
}

/// The label of a field, by its id.
pub fn label_of(id: String) -> String {
    let label = match id.as_str() {
        "name" => text!(directories.name),
        "code" => text!(directories.code),
        "urls" => text!(directories.urls),
        "security" => text!(directories.security),
        "ca-pem" => text!(directories.ca_pem),
        "pinned-sha256" => text!(directories.pinned),
        "bind-dn" => text!(directories.bind_dn),
        "password" => text!(directories.password),
        "connect-timeout" => text!(directories.connect_timeout),
        "operation-timeout" => text!(directories.operation_timeout),
        "run-deadline" => text!(directories.run_deadline),
        "base-dns" => text!(directories.base_dns),
        "page-size" => text!(directories.page_size),
        "external-id-attribute" => text!(directories.external_id),
        "user-filter" => text!(directories.filter),
        "username-attribute" => text!(directories.username_attribute),
        "search-attributes" => text!(directories.search_attributes),
        _ => return super::mapping::label_of(&id).unwrap_or(id),
    };
    label.to_owned()
}

macro_rules! codes {
    ($code:ident, $of:ident, $type:ty, $default:expr, $($value:path => $text:literal),+) => {
        /// The text that a form has for it.
        pub fn $code(value: $type) -> &'static str {
            match value { $($value => $text),+ }
        }

        /// What a form's text means.
        fn $of(code: &str) -> $type {
            match code { $($text => $value,)+ _ => $default }
        }
    };
}

codes!(security_code, security_of, Security, Security::StartTls,
    Security::StartTls => "start_tls", Security::Ldaps => "ldaps", Security::None => "none");
codes!(scope_code, scope_of, Scope, Scope::Subtree, Scope::Subtree => "subtree", Scope::OneLevel => "one_level");
codes!(preset_code, preset_of, Preset, Preset::Other, Preset::OpenLdap => "open_ldap", Preset::Other => "other");
codes!(conflict_code, conflict_of, NameConflict, NameConflict::Refuse,
    NameConflict::Refuse => "refuse", NameConflict::Link => "link", NameConflict::Skip => "skip");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_stored_comes_back_out_of_the_form() {
        Owner::new().with(|| {
            let mut settings = DirectorySettings::preset(Preset::OpenLdap);
            settings.name = "Staff".to_owned();
            settings.code = "HR".to_owned();
            settings.connection.urls = vec!["ldap://a".to_owned(), "ldap://b".to_owned()];
            settings.connection.security = Security::None;
            settings.schema.scope = Scope::OneLevel;
            settings.name_conflict = NameConflict::Skip;
            let stored = DirectoryView {
                directory_id: DirectoryId(1),
                version: 3,
                settings: settings.clone(),
                has_password: true,
                users: 0,
            };
            let form = Form::new(Some(&stored));
            let draft = form.draft();
            assert_eq!((draft.settings, draft.version, draft.password), (settings.clone(), 3, None));
            // Saved again, it is the next version, and the typed password is not sent a second time.
            form.password.set("typed".to_owned());
            settings.name = "Guests".to_owned();
            form.show(&DirectoryView { version: 4, settings: settings.clone(), ..stored });
            let draft = form.draft();
            assert_eq!((draft.settings, draft.version, draft.password), (settings, 4, None));
        });
    }

    #[test]
    fn a_code_may_be_typed_in_small_letters() {
        Owner::new().with(|| {
            let form = Form::new(None);
            form.code.set(" hr-2 ".to_owned());
            assert_eq!(form.settings().code, "HR-2");
        });
    }

    #[test]
    fn a_problem_of_a_list_stands_at_its_field_and_names_the_line() {
        let problem = placed(Problem::new("base-dn-1", "dn", ""));
        assert_eq!(problem.field, "base-dns");
        assert!(problem_text(&problem).contains('2'), "{problem:?}");
    }
}
