//! What is decided about the ticked entries before they are planned: roles, and who gets them.

use super::draft::Draft;
use super::ticks::Asked;
use crate::api::import::PersonChoice;
use identity::assignment::Assignment;
use identity::id::DirectoryId;
use identity::import::ImportRequest;
use leptos::prelude::*;
use std::collections::BTreeSet;

/// The decisions. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Decisions {
    /// Roles to give.
    pub roles: RwSignal<BTreeSet<Assignment>>,
    /// Whose roles are given as well.
    pub copy_from: RwSignal<Option<PersonChoice>>,
    /// Whether those who were imported before get them too.
    pub to_existing: RwSignal<bool>,
}

impl Decisions {
    /// Nothing decided.
    pub fn new() -> Self {
        Self { roles: RwSignal::default(), copy_from: RwSignal::default(), to_existing: RwSignal::default() }
    }

    /// What to ask for.
    pub fn request(self, directory_id: DirectoryId, query: String, asked: Asked) -> ImportRequest {
        let Asked { picked, earlier, link } = asked;
        ImportRequest {
            directory_id,
            query,
            picked,
            earlier,
            roles: self.roles.get_untracked(),
            roles_to_existing: self.to_existing.get_untracked(),
            copy_from: self.copy_from.with_untracked(|person| person.as_ref().map(|person| person.user_id)),
            link,
        }
    }

    /// Takes back what was decided before.
    pub fn restore(self, draft: &Draft) {
        self.roles.set(draft.request.roles.clone());
        self.to_existing.set(draft.request.roles_to_existing);
        self.copy_from.set(draft.copy_from.clone());
    }

    /// Follows all of them.
    pub fn track(self) {
        self.roles.track();
        self.copy_from.track();
        self.to_existing.track();
    }

    /// How many roles are given. Reactive.
    pub fn count(self) -> u32 {
        self.roles.with(|roles| {
            let copied = self.copy_from.with(|person| {
                person.iter().flat_map(|person| &person.roles).filter(|role| !roles.contains(*role)).count()
            });
            u32::try_from(roles.len() + copied).unwrap_or(u32::MAX)
        })
    }
}
