//! Which users to list: the filters and the order of the page, as its address holds them.

use identity::{
    id::{DirectoryId, GroupId},
    role::RoleCode,
    user::Origin,
};
use leptos_router::params::ParamsMap;
use serde::{Deserialize, Serialize};

/// Which users to list, and in which order.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct UserListQuery {
    /// Part of a username, name or e-mail address; blank for all.
    pub text: String,
    /// Only of this origin.
    pub origin: Option<Origin>,
    /// Only those who may, or may not, sign in.
    pub enabled: Option<bool>,
    /// Only those who have this role.
    pub role: Option<RoleCode>,
    /// Only those who are in this group.
    pub group_id: Option<GroupId>,
    /// Only those of this directory.
    pub directory_id: Option<DirectoryId>,
    /// The order.
    pub order: UserOrder,
    /// From the end.
    pub descending: bool,
}

/// What users are ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is the field of the same name")]
pub enum UserOrder {
    #[default]
    Username,
    Name,
    Email,
    Department,
    UpdatedAt,
}

impl UserOrder {
    /// Every order.
    pub const ALL: [UserOrder; 5] =
        [UserOrder::Username, UserOrder::Name, UserOrder::Email, UserOrder::Department, UserOrder::UpdatedAt];

    /// The text of the address, which is also the key of the column.
    pub fn code(self) -> &'static str {
        match self {
            UserOrder::Username => "username",
            UserOrder::Name => "name",
            UserOrder::Email => "email",
            UserOrder::Department => "department",
            UserOrder::UpdatedAt => "updated",
        }
    }

    /// The order with this text; by username for any other.
    pub fn parse(code: &str) -> Self {
        UserOrder::ALL.into_iter().find(|order| order.code() == code).unwrap_or_default()
    }
}

impl UserListQuery {
    /// Reads an address. What cannot be read filters nothing.
    pub fn read(params: &ParamsMap) -> Self {
        let get = |name: &str| params.get(name).filter(|value| !value.is_empty());
        Self {
            text: get("q").unwrap_or_default(),
            origin: get("origin").and_then(|origin| match origin.as_str() {
                "internal" => Some(Origin::Internal),
                "external" => Some(Origin::External),
                _ => None,
            }),
            enabled: get("enabled").and_then(|enabled| match enabled.as_str() {
                "yes" => Some(true),
                "no" => Some(false),
                _ => None,
            }),
            role: get("role").and_then(|role| RoleCode::parse(&role).ok()),
            group_id: get("group").and_then(|group| group.parse().ok()),
            directory_id: get("directory").and_then(|directory| directory.parse().ok()),
            order: get("sort").map_or(UserOrder::default(), |sort| UserOrder::parse(&sort)),
            descending: get("desc").is_some(),
        }
    }

    /// Whether anything is filtered.
    pub fn filters(&self) -> bool {
        let Self { text, origin, enabled, role, group_id, directory_id, order: _, descending: _ } = self;
        let of = role.is_some() || group_id.is_some() || directory_id.is_some();
        !text.trim().is_empty() || origin.is_some() || enabled.is_some() || of
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> UserListQuery {
        let mut params = ParamsMap::new();
        for (name, value) in pairs {
            params.insert((*name).to_owned(), (*value).to_owned());
        }
        UserListQuery::read(&params)
    }

    #[test]
    fn an_address_that_cannot_be_read_filters_nothing() {
        let query = read(&[
            ("origin", "x"),
            ("enabled", "1"),
            ("role", "admin"),
            ("group", "x"),
            ("directory", "x"),
            ("sort", "x"),
        ]);
        assert_eq!(query, UserListQuery::default());
        assert!(!query.filters());
    }

    #[test]
    fn an_address_holds_every_filter_and_the_order() {
        let query = read(&[
            ("q", "anna"),
            ("origin", "external"),
            ("enabled", "no"),
            ("role", "ROLE_AUDITOR"),
            ("group", "4"),
            ("directory", "3"),
            ("sort", "updated"),
            ("desc", "1"),
        ]);
        let expected = UserListQuery {
            text: "anna".to_owned(),
            origin: Some(Origin::External),
            enabled: Some(false),
            role: RoleCode::parse("ROLE_AUDITOR").ok(),
            group_id: Some(GroupId(4)),
            directory_id: Some(DirectoryId(3)),
            order: UserOrder::UpdatedAt,
            descending: true,
        };
        assert_eq!(query, expected);
        assert!(query.filters());
    }
}
