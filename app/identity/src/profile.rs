//! For whom a profile of file imports is.

use crate::id::UserId;
use serde::{Deserialize, Serialize};

/// For whom a profile is, besides its owner and administrators. Each is more than the one before, so nobody changes what
/// they may not run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sharing {
    /// Nobody.
    #[default]
    Private,
    /// Everyone who imports may run it.
    Run,
    /// Everyone who imports may run and change it.
    Edit,
}

/// Who wants to do something with a profile. That they import is known already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub user_id: UserId,
    /// Whether they administer Muster.
    pub administers: bool,
}

impl Sharing {
    /// Every one.
    pub const ALL: [Sharing; 3] = [Sharing::Private, Sharing::Run, Sharing::Edit];

    /// Its text form.
    pub fn code(self) -> &'static str {
        match self {
            Sharing::Private => "private",
            Sharing::Run => "run",
            Sharing::Edit => "edit",
        }
    }

    /// The one with this text form.
    pub fn parse(code: &str) -> Option<Self> {
        Sharing::ALL.into_iter().find(|sharing| sharing.code() == code)
    }
}

impl Person {
    /// Whether a profile is theirs to remove, and to share.
    pub fn owns(self, owner: UserId) -> bool {
        self.administers || self.user_id == owner
    }

    /// Whether they may see a profile and import with it.
    pub fn may_run(self, owner: UserId, sharing: Sharing) -> bool {
        self.owns(owner) || sharing >= Sharing::Run
    }

    /// Whether they may change what a profile says.
    pub fn may_edit(self, owner: UserId, sharing: Sharing) -> bool {
        self.owns(owner) || sharing >= Sharing::Edit
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sharing_gives_more_step_by_step_and_owners_and_administrators_everything() {
        let owner = UserId(1);
        let may = |user_id, administers, sharing| {
            let person = Person { user_id: UserId(user_id), administers };
            (person.may_run(owner, sharing), person.may_edit(owner, sharing), person.owns(owner))
        };
        assert_eq!(Sharing::ALL.map(|sharing| may(1, false, sharing)), [(true, true, true); 3]);
        assert_eq!(Sharing::ALL.map(|sharing| may(2, true, sharing)), [(true, true, true); 3]);
        let others = [(false, false, false), (true, false, false), (true, true, false)];
        assert_eq!(Sharing::ALL.map(|sharing| may(2, false, sharing)), others);
    }

    #[test]
    fn the_text_form_is_read_back() {
        for sharing in Sharing::ALL {
            assert_eq!(Sharing::parse(sharing.code()), Some(sharing));
        }
        assert_eq!(Sharing::parse("all"), None);
    }
}
