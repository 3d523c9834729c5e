//! The profile of the file in hand: chosen by the names of its columns, by a person, or none.

use super::leaving::Leaving;
use super::state::FileImport;
use crate::api::profile::{FileFormat, ProfileContent, ProfileSettings, ProfileView, list_profiles};
use crate::error::AppError;
use crate::file::messages::{OpenedFile, ReadAs, SourceFormat};
use crate::file::objects::ObjectChoices;
use identity::id::ProfileId;
use identity::import::FileOptions;
use identity::profile::Sharing;
use leptos::prelude::*;
use plan::sheet::{Profile, SheetKind, SheetMapping, best_profile, suggest, suggest_kind};

/// Ways to read a file that are tried by themselves.
const TRIES: usize = 4;
/// A larger file is read in one way only, unless a person says otherwise.
const QUICK_BYTES: u64 = 20 << 20;

/// The profiles, as far as the file in hand is concerned. Cheap to copy; reading is reactive.
#[derive(Debug, Clone, Copy, Default)]
pub struct Profiles {
    known: RwSignal<Option<Result<Vec<ProfileView>, AppError>>>,
    taken: RwSignal<Option<ProfileId>>,
    /// The one that the file is being read for.
    wanted: StoredValue<Option<ProfileId>>,
    /// The ways in which the file was read by itself; `None` once a person said how.
    tried: StoredValue<Option<Vec<ReadAs>>>,
}

/// What follows when a file was read in one way.
#[derive(Debug, PartialEq)]
enum Next<'p> {
    /// It is imported as this profile says.
    Take(&'p ProfileView),
    /// A profile may fit once it is read in another way.
    Read(ReadAs),
    /// No profile knows it.
    Suggest,
}

impl Profiles {
    /// All that the person may use, by name; `None` as long as nobody asked.
    pub fn known(self) -> Option<Result<Vec<ProfileView>, AppError>> {
        self.known.get()
    }

    /// The profile in use.
    pub fn taken(self) -> Option<ProfileView> {
        let profile_id = self.taken.get()?;
        self.known.with(|known| find(known, profile_id).cloned())
    }

    /// Asks the server, once for each file: somebody may have saved one meanwhile.
    pub fn learn(self) -> impl Future<Output = ()> {
        let asks = self.known.with_untracked(|known| !matches!(known, Some(Ok(_))));
        async move {
            if asks {
                let answer = list_profiles().await;
                self.known.try_set(Some(answer));
            }
        }
    }

    /// Another file comes, or none.
    pub fn close(self) {
        self.known.set(None);
        self.taken.set(None);
        self.wanted.set_value(None);
        self.tried.set_value(Some(vec![ReadAs::default()]));
    }

    /// A person said how the file is read: no other way is tried.
    pub fn read_as_told(self) {
        self.taken.set(None);
        self.tried.set_value(None);
    }

    /// What the rows are was said to be something else than the profile says.
    pub fn leave(self) {
        self.taken.set(None);
    }

    /// The file is read for this one.
    pub fn want(self, profile_id: ProfileId) {
        self.wanted.set_value(Some(profile_id));
    }

    /// Another one was chosen, and it stays this one after all.
    pub fn stay(self) {
        self.taken.notify();
    }

    /// The profile that was in use before the page was loaded again.
    pub fn resume(self, profile_id: Option<ProfileId>) {
        self.taken.set(profile_id);
    }

    /// A profile was saved: it is the one in use.
    pub fn keep(self, saved: ProfileView) {
        let profile_id = saved.profile_id;
        self.known.update(|known| {
            if let Some(Ok(known)) = known {
                known.retain(|other| other.profile_id != profile_id);
                known.push(saved);
                known.sort_by_key(|profile| profile.name.to_lowercase());
            }
        });
        self.taken.set(Some(profile_id));
    }

    /// Chooses a profile for a file that was just read. `Some`: it is to be read once more, in this way.
    pub fn choose(self, file: FileImport, opened: &OpenedFile, headers: &[String]) -> Option<ReadAs> {
        let wanted = self.wanted.try_update_value(Option::take).flatten();
        let mut tried = self.tried.get_value().filter(|_| opened.bytes <= QUICK_BYTES);
        let read_as = self.known.with_untracked(|known| {
            if let Some(profile) = wanted.and_then(|wanted| find(known, wanted)) {
                self.apply(file, profile, headers);
                return None;
            }
            let Some(Ok(known)) = known else { return None };
            match next(known, format_of(opened), headers, &file.read_as(), tried.as_mut()) {
                Next::Take(profile) => self.apply(file, profile, headers),
                Next::Read(read_as) => return Some(read_as),
                Next::Suggest => {}
            }
            None
        });
        self.tried.set_value(tried.filter(|_| read_as.is_some()));
        read_as
    }

    /// The file cannot be read in this way. Whether that was only tried for a profile: then it is read as without any.
    pub fn gives_up(self) -> bool {
        let was_wanted = self.wanted.try_update_value(Option::take).flatten().is_some();
        let tried = self.tried.try_update_value(Option::take).flatten();
        was_wanted || tried.is_some_and(|tried| tried.len() > 1)
    }

    /// A person chose a profile, or none.
    pub fn take(self, file: FileImport, profile_id: Option<ProfileId>, headers: &[String]) {
        let found =
            profile_id.and_then(|profile_id| self.known.with_untracked(|known| find(known, profile_id).cloned()));
        let Some(profile) = found else {
            self.taken.set(None);
            file.mapping.set(suggest(headers).mapping);
            file.options.set(FileOptions::default());
            file.objects.choices.update(|choices| *choices = ObjectChoices::of(choices.kind, headers));
            return;
        };
        let same_format = file
            .opened
            .with_untracked(|opened| opened.as_ref().is_some_and(|opened| format_of(opened) == profile.content.format));
        let read_as = profile.content.settings.read_as.clone();
        if same_format && read_as != file.read_as() {
            file.may_leave(Leaving::ReadFor(profile.profile_id, read_as));
        } else {
            self.apply(file, &profile, headers);
        }
    }

    /// Whether what is decided differs from what the profile in use says. Reactive.
    pub fn differs(self, file: FileImport, headers: &[String]) -> bool {
        self.taken().is_some_and(|profile| {
            let ProfileSettings { options, read_as, mapping: _, objects: _ } = &profile.content.settings;
            let decided = match file.objects.kind() {
                SheetKind::Users => {
                    let mapping = sheet_profile(&profile).mapping_for(headers);
                    file.mapping.with(|now| *now != mapping) || file.options.with(|now| now != options)
                }
                SheetKind::Groups | SheetKind::Roles => {
                    let choices = choices(&profile, headers);
                    file.objects.choices.with(|now| *now != choices)
                }
            };
            let reads_so = file
                .opened
                .with(|opened| opened.as_ref().is_none_or(|opened| format_of(opened) != profile.content.format));
            decided || !(reads_so || file.read_as() == *read_as)
        })
    }

    /// What is decided about the file in hand, for a profile to say.
    pub fn content(self, file: FileImport, headers: &[String]) -> ProfileContent {
        let format =
            file.opened.with_untracked(|opened| opened.as_ref().map_or(FileFormat::Csv, |opened| format_of(opened)));
        let objects = file.objects.choices.get_untracked();
        let (kind, read_as) = (objects.kind, file.read_as());
        let settings = match kind {
            SheetKind::Users => ProfileSettings {
                mapping: file.mapping.get_untracked(),
                options: file.options.get_untracked(),
                read_as,
                ..ProfileSettings::default()
            },
            SheetKind::Groups | SheetKind::Roles => ProfileSettings { objects, read_as, ..ProfileSettings::default() },
        };
        ProfileContent { kind, format, headers: headers.to_vec(), settings }
    }

    fn apply(self, file: FileImport, profile: &ProfileView, headers: &[String]) {
        self.taken.set(Some(profile.profile_id));
        // Whatever the headers alone would say: the profile knows what its rows are.
        file.choose_kind(choices(profile, headers));
        file.mapping.set(match profile.content.kind {
            SheetKind::Users => sheet_profile(profile).mapping_for(headers),
            SheetKind::Groups | SheetKind::Roles => suggest(headers).mapping,
        });
        file.options.set(profile.content.settings.options.clone());
    }
}

/// What follows. `tried` are the ways in which the file was read; `None` when it is to be read in no other.
fn next<'p>(
    profiles: &'p [ProfileView],
    format: FileFormat,
    headers: &[String],
    read_as: &ReadAs,
    tried: Option<&mut Vec<ReadAs>>,
) -> Next<'p> {
    let reading = |profile: &ProfileView| {
        let ProfileContent { format: made_for, settings, .. } = &profile.content;
        if *made_for == format { settings.read_as.clone() } else { ReadAs::default() }
    };
    let best = best(profiles.iter().filter(|profile| reading(profile) == *read_as), format, headers)
        .or_else(|| best(profiles.iter(), format, headers));
    let Some(tried) = tried else { return best.map_or(Next::Suggest, Next::Take) };
    let untried = |read_as: &ReadAs| tried.len() < TRIES && !tried.contains(read_as);
    let other = match best {
        Some(profile) if reading(profile) == *read_as => return Next::Take(profile),
        Some(profile) => Some(reading(profile)).filter(untried),
        None => profiles.iter().filter(|profile| chooses_itself(profile)).map(reading).find(untried),
    };
    match (other, best) {
        (Some(other), _) => {
            tried.push(other.clone());
            Next::Read(other)
        }
        (None, Some(profile)) => Next::Take(profile),
        (None, None) if *read_as == ReadAs::default() => Next::Suggest,
        (None, None) => Next::Read(ReadAs::default()),
    }
}

/// The profile that fits best: of equals one for this format, then one's own, then one for what the headers say the rows
/// are.
fn best<'p>(
    profiles: impl Iterator<Item = &'p ProfileView>,
    format: FileFormat,
    headers: &[String],
) -> Option<&'p ProfileView> {
    let mut profiles: Vec<&ProfileView> = profiles.filter(|profile| chooses_itself(profile)).collect();
    let kind = suggest_kind(headers);
    profiles.sort_by_key(|profile| {
        let ProfileContent { kind: of, format: made_for, .. } = &profile.content;
        (*made_for != format, !profile.is_own, *of != kind)
    });
    let sheets: Vec<Profile> = profiles.iter().map(|profile| sheet_profile(profile)).collect();
    let best = best_profile(&sheets, headers)?;
    let place = sheets.iter().position(|sheet| std::ptr::eq(sheet, best))?;
    profiles.get(place).copied()
}

/// Administrators see what others keep for themselves, and are not offered it unasked.
fn chooses_itself(profile: &ProfileView) -> bool {
    profile.is_own || profile.sharing != Sharing::Private
}

/// A profile, as far as sheets are concerned.
fn sheet_profile(profile: &ProfileView) -> Profile {
    let ProfileContent { kind, format: _, headers, settings } = &profile.content;
    let mapping: SheetMapping = settings.mapping.clone();
    let columns = settings.objects.columns.clone();
    let (name, headers) = (profile.name.clone(), headers.clone());
    Profile { name, kind: *kind, format: String::new(), headers, mapping, columns }
}

/// What a profile says the rows of a file with these headers are, and about those of groups and roles.
fn choices(profile: &ProfileView, headers: &[String]) -> ObjectChoices {
    let ProfileContent { kind, settings, .. } = &profile.content;
    match kind {
        SheetKind::Users => ObjectChoices::of(*kind, headers),
        SheetKind::Groups | SheetKind::Roles => {
            ObjectChoices { columns: sheet_profile(profile).columns_for(headers), ..settings.objects.clone() }
        }
    }
}

fn find(known: &Option<Result<Vec<ProfileView>, AppError>>, profile_id: ProfileId) -> Option<&ProfileView> {
    let Some(Ok(known)) = known else { return None };
    known.iter().find(|profile| profile.profile_id == profile_id)
}

fn format_of(opened: &OpenedFile) -> FileFormat {
    match opened.format {
        SourceFormat::Csv { .. } => FileFormat::Csv,
        SourceFormat::Workbook { .. } => FileFormat::Xlsx,
    }
}

#[cfg(test)]
mod tests;
