//! Which groups to list: the filters and the order of the page, as its address holds them.

use identity::user::Origin;
use leptos_router::params::ParamsMap;
use serde::{Deserialize, Serialize};

/// Which groups to list, and in which order.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct GroupListQuery {
    /// Part of a name, label or description; blank for all.
    pub text: String,
    /// Only of this origin.
    pub origin: Option<Origin>,
    /// The order.
    pub order: GroupOrder,
    /// From the end.
    pub descending: bool,
}

/// What groups are ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is the property of the same name")]
pub enum GroupOrder {
    #[default]
    Name,
    Label,
    Members,
    UpdatedAt,
}

impl GroupOrder {
    /// Every order.
    pub const ALL: [GroupOrder; 4] = [GroupOrder::Name, GroupOrder::Label, GroupOrder::Members, GroupOrder::UpdatedAt];

    /// The text of the address, which is also the key of the column.
    pub fn code(self) -> &'static str {
        match self {
            GroupOrder::Name => "name",
            GroupOrder::Label => "label",
            GroupOrder::Members => "members",
            GroupOrder::UpdatedAt => "updated",
        }
    }

    /// The order with this text; by name for any other.
    pub fn parse(code: &str) -> Self {
        GroupOrder::ALL.into_iter().find(|order| order.code() == code).unwrap_or_default()
    }
}

impl GroupListQuery {
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
            order: get("sort").map_or(GroupOrder::default(), |sort| GroupOrder::parse(&sort)),
            descending: get("desc").is_some(),
        }
    }

    /// Whether anything is filtered.
    pub fn filters(&self) -> bool {
        let Self { text, origin, order: _, descending: _ } = self;
        !text.trim().is_empty() || origin.is_some()
    }
}
