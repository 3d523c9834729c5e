//! Targets for tests, and reading them to the end.

use directory::{Cause, Completion, Pages, Search, Target};
use identity::{
    directory::{DirectorySettings, Preset, Security},
    entry::Entry,
    filter::Filter,
};
use testkit::slapd::{BIND_DN, BIND_PASSWORD};

/// A target at a URL, without protection, as the system account, with short time-outs.
pub fn target(url: &str) -> Target {
    let mut settings = DirectorySettings::preset(Preset::OpenLdap);
    settings.name = "test".to_owned();
    settings.connection.urls = vec![url.to_owned()];
    settings.connection.security = Security::None;
    settings.connection.bind_dn = BIND_DN.to_owned();
    settings.connection.operation_timeout = 20;
    settings.schema.base_dns = vec![testkit::people::PEOPLE_DN.to_owned()];
    Target { settings, password: Some(BIND_PASSWORD.to_owned().into()) }
}

/// Everybody, with what the preset maps.
pub fn everyone() -> Search {
    search("(objectClass=inetOrgPerson)")
}

/// A search with what the preset maps.
pub fn search(filter: &str) -> Search {
    let attributes = ["entryUUID", "uid", "cn", "givenName", "sn", "displayName", "mail", "title"];
    Search { filter: Filter::parse(filter).expect("legal"), attributes: attributes.map(str::to_owned).to_vec() }
}

/// What a search gave: the pages, and how it ended.
pub struct Found {
    pub pages: Vec<Vec<Entry>>,
    pub references: u32,
    pub end: Result<Option<Completion>, Cause>,
}

impl Found {
    pub fn entries(&self) -> usize {
        self.pages.iter().map(Vec::len).sum()
    }

    /// The cause of its failure.
    pub fn cause(&self) -> &Cause {
        self.end.as_ref().expect_err("it fails")
    }
}

/// Connects and reads a search to its end.
pub async fn find(target: &Target, search: Search) -> Found {
    let session = target.connect().await.unwrap_or_else(|error| panic!("{error}"));
    read(session.search(search)).await
}

/// Reads a search to its end.
pub async fn read(mut pages: Pages) -> Found {
    let mut found = Found { pages: vec![], references: 0, end: Ok(None) };
    loop {
        match pages.next().await {
            Ok(Some(page)) => {
                found.references += page.references;
                found.pages.push(page.entries);
            }
            Ok(None) => {
                found.end = Ok(pages.completion());
                return found;
            }
            Err(error) => {
                let again = pages.next().await.expect_err("an error is final");
                assert_eq!(again.cause, error.cause);
                assert!(pages.completion().is_none(), "no completion after {error}");
                found.end = Err(error.cause);
                return found;
            }
        }
    }
}
