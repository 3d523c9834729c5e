//! Where the worker keeps a file, its corrections and its plan, and answers questions about them.

mod ready;
#[cfg(test)]
mod tests;

use super::corrections::Corrections;
use super::known::{Known, Unknown};
use super::messages::{
    Answer, Ask, CellView, Correction, FileError, News, PlannedFile, Progress, ReadAs, Replacement, Step, Uploaded,
};
use super::objects::sheet::ObjectSheet;
use super::objects::{ObjectChoices, ObjectsAnswer, PlannedObjects};
use super::planned::Planned;
use super::reading::{Opened, Source, peek, read};
use super::rest;
use super::upload::{Begun, upload};
use crate::api::file::{file_policy, file_snapshot};
use crate::error::AppError;
use futures::{StreamExt, TryStreamExt, stream, try_join};
use identity::import::FileOptions;
use plan::sheet::{Mapper, SheetMapping};
use plan::{Policy, Selection};
use ready::{Ready, record, unknown};
use std::collections::BTreeSet;

/// More rows are not made ready before they are planned: whoever changes the columns meanwhile would wait for it.
const READY_ROWS: u32 = 100_000;

/// Questions of this kind that are on their way at a time: the server looks while the worker reads an answer.
const AT_ONCE: usize = 3;

/// Hears what there is to tell before a question is answered.
pub type Tell<'a> = &'a dyn Fn(News);

/// Everything about one file.
#[derive(Default)]
pub struct Desk {
    opened: Option<Opened>,
    corrections: Corrections,
    /// For the plan that most likely comes next.
    ready: Option<Ready>,
    /// Of a file of users.
    sheet: Option<Sheet>,
    /// Of a file of groups or roles, with what was decided about it.
    objects: Option<(ObjectChoices, ObjectSheet)>,
    /// The records of users that are on their way up.
    begun: Option<Begun<Selection>>,
    /// Those of groups or roles, without the rows that are left out.
    begun_objects: Option<Begun<BTreeSet<u32>>>,
}

/// What the rows of the file become.
struct Sheet {
    mapper: Mapper,
    options: FileOptions,
    planned: Planned,
}

impl Desk {
    /// Answers a question. `source` is the file in hand.
    pub async fn answer(&mut self, ask: Ask, source: Option<Source<'_>>, tell: Tell<'_>) -> Result<Answer, FileError> {
        Ok(match ask {
            Ask::Read(read_as) => self.read(source.ok_or(FileError::NotOpen)?, &read_as, tell)?,
            Ask::Prepare { mapping, corrections } => {
                self.prepare(&mapping, &self.corrections.taken_up(corrections));
                Answer::Prepared
            }
            Ask::Plan { mapping, options, corrections } => {
                self.plan(&mapping, options, self.corrections.taken_up(corrections), tell).await?
            }
            Ask::Rows(query) => Answer::Rows(self.planned()?.rows(&query)),
            Ask::Numbers(query) => Answer::Numbers(self.planned()?.numbers(&query)),
            Ask::Outline => Answer::Outline(self.planned()?.outline()),
            Ask::Count(selection) => Answer::Counted(self.planned()?.count(&selection)),
            Ask::Cells { row } => Answer::Cells(self.cells(row)?),
            Ask::Correct(corrections) => self.change(|before| before.correct(corrections), tell).await?,
            Ask::Replace(replacement) => {
                let corrections = self.replacements(&replacement)?;
                self.change(|before| before.correct(corrections), tell).await?
            }
            Ask::Undo => self.change(Corrections::undo, tell).await?,
            Ask::Rest(selection) => {
                let reasons = rest::of_users(self.planned()?.all_rows(), &selection);
                Answer::Rest(rest::write(self.opened()?, &self.corrections, &reasons))
            }
            Ask::Upload(selection) => Answer::Uploaded(self.upload(selection, tell).await?),
            Ask::Peek { place: _ } => Answer::Peeked(peek(&source.ok_or(FileError::NotOpen)?)),
            Ask::PlanObjects { choices, corrections } => self.plan_objects(choices, corrections).await?,
            Ask::ObjectsRest { left_out } => {
                let reasons = rest::of_objects(&self.planned_objects()?, &left_out);
                Answer::Rest(rest::write(self.opened()?, &self.corrections, &reasons))
            }
            Ask::CommitObjects { left_out, confirmed } => {
                Answer::ObjectsCommitted(self.commit_objects(left_out, confirmed, tell).await?)
            }
        })
    }

    fn read(&mut self, source: Source<'_>, read_as: &ReadAs, tell: Tell<'_>) -> Result<Answer, FileError> {
        *self = Self::default();
        let opened = read(&source, read_as, tell)?;
        let view = Box::new(opened.view.clone());
        self.opened = Some(opened);
        Ok(Answer::Opened(view))
    }

    /// Makes the rows ready to be planned, in time that nobody waits for. What is wrong is told when they are planned.
    fn prepare(&mut self, mapping: &SheetMapping, corrections: &Corrections) {
        if self.ready.as_ref().is_some_and(|ready| ready.is_of(mapping, corrections)) {
            return;
        }
        self.ready = None;
        if let Some(opened) = self.opened.as_ref().filter(|opened| opened.table.len() <= READY_ROWS) {
            self.ready = Ready::new(mapping, opened, corrections).ok();
        }
    }

    /// Plans users. Without an answer of the server everything stays as it was.
    async fn plan(
        &mut self,
        mapping: &SheetMapping,
        options: FileOptions,
        corrections: Corrections,
        tell: Tell<'_>,
    ) -> Result<Answer, FileError> {
        let ready = match self.ready.take().filter(|ready| ready.is_of(mapping, &corrections)) {
            Some(ready) => ready,
            None => Ready::new(mapping, self.opened()?, &corrections)?,
        };
        let Ready { mapper, mut known, questions, .. } = ready;
        let (policy, ()) = try_join!(policy(&options), learn(&mut known, questions, tell))?;
        let planned = Planned::new(known, policy);
        self.begun = None;
        self.corrections = corrections;
        self.objects = None;
        self.sheet = Some(Sheet { mapper, options, planned });
        self.view()
    }

    async fn plan_objects(
        &mut self,
        choices: ObjectChoices,
        corrections: Vec<Correction>,
    ) -> Result<Answer, FileError> {
        let corrections = self.corrections.taken_up(corrections);
        let objects = ObjectSheet::plan(&choices, self.opened()?, &corrections).await?;
        self.begun_objects = None;
        self.corrections = corrections;
        (self.sheet, self.ready) = (None, None);
        self.objects = Some((choices, objects));
        self.view()
    }

    /// Changes cells, maps their rows again, and plans all. Without an answer of the server everything stays as it was:
    /// what is shown must be what would be sent.
    async fn change(
        &mut self,
        change: impl FnOnce(&mut Corrections) -> Vec<u32>,
        tell: Tell<'_>,
    ) -> Result<Answer, FileError> {
        let opened = self.opened.as_ref().ok_or(FileError::NotOpen)?;
        let mut corrections = self.corrections.clone();
        let rows: BTreeSet<u32> = change(&mut corrections).into_iter().collect();
        if let Some((choices, objects)) = &mut self.objects {
            *objects = objects.corrected(choices, opened, &corrections);
            self.begun_objects = None;
            self.corrections = corrections;
            return self.view();
        }
        let sheet = self.sheet.as_mut().ok_or(FileError::NotOpen)?;
        let records = rows.into_iter().map(|row| (row, record(opened, &corrections, &sheet.mapper, row)));
        let known = sheet.planned.known();
        let before = known.exchange(records.collect());
        let questions = unknown(known);
        if let Err(error) = learn(known, questions, tell).await {
            known.exchange(before);
            return Err(error);
        }
        sheet.planned.plan();
        self.begun = None;
        self.corrections = corrections;
        self.view()
    }

    async fn upload(&mut self, selection: Selection, tell: Tell<'_>) -> Result<Uploaded, FileError> {
        let opened = self.opened.as_ref().ok_or(FileError::NotOpen)?;
        let Sheet { options, planned, mapper: _ } = self.sheet.as_ref().ok_or(FileError::NotOpen)?;
        let about = (opened.view.name.clone(), options.clone());
        let begun = &mut self.begun;
        begun.take_if(|begun| begun.picked != selection);
        let uploaded = upload(planned, &selection, about, begun, tell).await;
        // What the server does not know any more, or took otherwise, is begun anew.
        if let Ok(_) | Err(FileError::App(AppError::NotFound { .. } | AppError::Stale)) = uploaded {
            *begun = None;
        }
        uploaded
    }

    async fn commit_objects(
        &mut self,
        left_out: BTreeSet<u32>,
        confirmed: Option<u32>,
        tell: Tell<'_>,
    ) -> Result<ObjectsAnswer, FileError> {
        let name = &self.opened.as_ref().ok_or(FileError::NotOpen)?.view.name;
        let (_, objects) = self.objects.as_ref().ok_or(FileError::NotOpen)?;
        let begun = &mut self.begun_objects;
        begun.take_if(|begun| begun.picked != left_out);
        let committed = objects.commit(name, left_out, confirmed, begun, tell).await;
        // While a guard asks for a number, and after an answer that was lost, the same is asked once more.
        match committed {
            Ok(ObjectsAnswer::Guarded(_)) => {}
            Ok(_) | Err(FileError::App(AppError::NotFound { .. } | AppError::Stale)) => *begun = None,
            Err(_) => {}
        }
        committed
    }

    fn view(&self) -> Result<Answer, FileError> {
        if self.objects.is_some() {
            return Ok(Answer::ObjectsPlanned(Box::new(self.planned_objects()?)));
        }
        let planned = self.planned()?;
        let (summary, alike, corrected) = (planned.summary(), planned.alike(), self.corrections.view());
        Ok(Answer::Planned(Box::new(PlannedFile { summary, alike, corrected })))
    }

    fn planned_objects(&self) -> Result<PlannedObjects, FileError> {
        let objects = self.objects()?;
        Ok(PlannedObjects { plan: objects.view(), places: objects.places(), corrected: self.corrections.view() })
    }

    fn cells(&self, row: u32) -> Result<Vec<CellView>, FileError> {
        let opened = self.opened()?;
        let found = opened.table.row(row).ok_or(FileError::NotOpen)?;
        let view = |(column, name): (u32, &String)| {
            let original = found.cell(column);
            let text = self.corrections.get(row, column).unwrap_or(original);
            CellView {
                column,
                name: name.clone(),
                text: text.to_owned(),
                original: (text != original).then(|| original.to_owned()),
                same: 0,
            }
        };
        let mut cells: Vec<CellView> = (0..).zip(&opened.headers).map(view).collect();
        for other in (0..opened.table.len()).filter(|other| *other != row) {
            for cell in &mut cells {
                cell.same += u32::from(self.text(opened, other, cell.column) == cell.text);
            }
        }
        Ok(cells)
    }

    fn text<'a>(&'a self, opened: &'a Opened, row: u32, column: u32) -> &'a str {
        let original = || opened.table.row(row).map_or("", |found| found.cell(column));
        self.corrections.get(row, column).unwrap_or_else(original)
    }

    /// The cells that a replacement changes.
    fn replacements(&self, replacement: &Replacement) -> Result<Vec<Correction>, FileError> {
        let Replacement { column, find, with, whole } = replacement;
        let opened = self.opened()?;
        let mut corrections = Vec::new();
        for row in 0..opened.table.len() {
            let text = self.text(opened, row, *column);
            let replaced = match whole {
                true if text == find => with.clone(),
                false if !find.is_empty() && text.contains(find.as_str()) => text.replace(find.as_str(), with),
                _ => continue,
            };
            corrections.push(Correction { row, column: *column, text: replaced });
        }
        Ok(corrections)
    }

    fn opened(&self) -> Result<&Opened, FileError> {
        self.opened.as_ref().ok_or(FileError::NotOpen)
    }

    fn sheet(&self) -> Result<&Sheet, FileError> {
        self.sheet.as_ref().ok_or(FileError::NotOpen)
    }

    fn objects(&self) -> Result<&ObjectSheet, FileError> {
        self.objects.as_ref().map(|(_, objects)| objects).ok_or(FileError::NotOpen)
    }

    fn planned(&self) -> Result<&Planned, FileError> {
        Ok(&self.sheet()?.planned)
    }
}

/// What is decided about such files.
async fn policy(options: &FileOptions) -> Result<Policy, FileError> {
    Ok(file_policy(options.clone()).await?)
}

/// Asks the server for the users that the records may concern.
async fn learn(known: &mut Known, questions: Vec<Unknown>, tell: Tell<'_>) -> Result<(), FileError> {
    let total = questions.iter().map(Unknown::len).sum::<usize>() as u64;
    let mut done = 0;
    tell(Progress { step: Step::Comparing, done, total }.into());
    let ask = |question: Unknown| async { file_snapshot(question.keys.clone()).await.map(|users| (question, users)) };
    let mut answers = stream::iter(questions).map(ask).buffer_unordered(AT_ONCE);
    while let Some((question, users)) = answers.try_next().await? {
        done += question.len() as u64;
        known.learn(question, users);
        tell(Progress { step: Step::Comparing, done, total }.into());
    }
    Ok(())
}
