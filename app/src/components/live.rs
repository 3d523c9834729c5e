//! What the event stream has told so far: shared by the bell, the title and the pages of jobs.

use identity::id::{EventId, JobId};
use job::{Event, JobState, Notification, Progress};
use leptos::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// The news of this tab. There is one, provided by the application; on the server it stays empty.
#[derive(Debug, Clone, Copy)]
pub struct Live {
    jobs: RwSignal<BTreeMap<JobId, JobNews>>,
    mine: RwSignal<BTreeSet<JobId>>,
    notifications: RwSignal<Vec<Notification>>,
    connected: RwSignal<Option<bool>>,
}

/// What is known of a job.
#[derive(Debug, Clone, PartialEq)]
pub struct JobNews {
    /// Its state.
    pub state: JobState,
    /// How far it is.
    pub progress: Progress,
    /// When that was heard and how many rows were done, oldest first, in milliseconds of the browser's clock.
    heard: Vec<(f64, u32)>,
}

/// How many samples a rate is computed from.
const SAMPLES: usize = 20;

impl Live {
    /// Makes the news available to everything below.
    pub fn provide() {
        provide_context(Self {
            jobs: RwSignal::default(),
            mine: RwSignal::default(),
            notifications: RwSignal::default(),
            connected: RwSignal::default(),
        });
    }

    /// The news of this tab.
    pub fn here() -> Self {
        use_context().unwrap_or_else(|| {
            Self::provide();
            expect_context()
        })
    }

    /// Takes over an event of the stream. `at` is the browser's clock, in milliseconds.
    pub fn tell(self, event: Event, at: f64) {
        match event {
            Event::Job { job_id, state, progress, title: _ } => self.tell_job(job_id, state, progress, at),
            Event::Notification(notification) => {
                self.tell_mine(notification.job_id);
                let known = |known: &Notification| known.event_id == notification.event_id;
                if !self.notifications.with_untracked(|all| all.iter().any(known)) {
                    self.notifications.update(|all| all.insert(0, notification));
                }
            }
        }
    }

    /// Takes over how a job stands, unless something newer is known.
    pub fn tell_job(self, job_id: JobId, state: JobState, progress: Progress, at: f64) {
        let newer = |known: &JobNews| state > known.state || progress.done() > known.progress.done();
        let is_news = self.jobs.with_untracked(|jobs| jobs.get(&job_id).is_none_or(newer));
        if !is_news {
            return;
        }
        self.jobs.update(|jobs| {
            let news = jobs.entry(job_id).or_insert_with(|| JobNews { state, progress, heard: vec![] });
            (news.state, news.progress) = (state.max(news.state), progress);
            news.heard.push((at, progress.done()));
            if news.heard.len() > SAMPLES {
                news.heard.remove(0);
            }
        });
    }

    /// A job that the person who looks committed.
    pub fn tell_mine(self, job_id: JobId) {
        self.mine.update(|mine| {
            mine.insert(job_id);
        });
    }

    /// Whether the stream is open.
    pub fn tell_connected(self, open: bool) {
        self.connected.set(Some(open));
    }

    /// Whether that is known of the stream already.
    pub fn knows_connected(self, open: bool) -> bool {
        self.connected.get_untracked() == Some(open)
    }

    /// What is known of a job. Reactive.
    pub fn job(self, job_id: JobId) -> Option<JobNews> {
        self.jobs.with(|jobs| jobs.get(&job_id).cloned())
    }

    /// How many jobs were told of. Reactive.
    pub fn known_jobs(self) -> usize {
        self.jobs.with(BTreeMap::len)
    }

    /// The notifications that arrived since the page was opened, newest first. Reactive.
    pub fn notifications(self) -> Vec<Notification> {
        self.notifications.get()
    }

    /// The notifications up to this one were seen.
    pub fn mark_seen(self, up_to: EventId) {
        self.notifications.update(|all| {
            all.iter_mut().filter(|known| known.event_id <= up_to).for_each(|known| known.seen = true);
        });
    }

    /// Whether the stream is open. Reactive.
    pub fn is_open(self) -> bool {
        self.connected.get() == Some(true)
    }

    /// Whether the stream was open and is not. Reactive.
    pub fn is_cut_off(self) -> bool {
        self.connected.get() == Some(false)
    }

    /// The percentage of a running job of the person who looks. Reactive.
    pub fn my_percent(self) -> Option<u8> {
        let running = |news: &JobNews| matches!(news.state, JobState::Running | JobState::Stopping);
        self.mine.with(|mine| {
            self.jobs.with(|jobs| {
                let news = mine.iter().rev().filter_map(|job_id| jobs.get(job_id));
                news.filter(|news| running(news)).map(|news| news.progress.percent()).next()
            })
        })
    }
}

impl JobNews {
    /// Rows a second, from what was heard lately. `None` while too little is known.
    pub fn rate(&self) -> Option<f64> {
        let (first, last) = (self.heard.first()?, self.heard.last()?);
        let (seconds, rows) = ((last.0 - first.0) / 1000.0, last.1.saturating_sub(first.1));
        (seconds >= 0.5 && rows > 0).then(|| f64::from(rows) / seconds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn news(heard: &[(f64, u32)]) -> JobNews {
        JobNews { state: JobState::Running, progress: Progress::default(), heard: heard.to_vec() }
    }

    #[test]
    fn a_rate_needs_time_and_rows() {
        assert_eq!(news(&[]).rate(), None);
        assert_eq!(news(&[(0.0, 10)]).rate(), None);
        assert_eq!(news(&[(0.0, 10), (100.0, 20)]).rate(), None);
        assert_eq!(news(&[(0.0, 10), (2000.0, 10)]).rate(), None);
        assert_eq!(news(&[(0.0, 10), (1000.0, 60), (2000.0, 110)]).rate(), Some(50.0));
    }

    #[test]
    fn what_is_old_does_not_undo_what_is_new() {
        Owner::new().with(|| {
            Live::provide();
            let live = Live::here();
            let progress = |applied| Progress { total: 10, applied, ..Progress::default() };
            live.tell_job(JobId(1), JobState::Finished, progress(10), 0.0);
            live.tell_job(JobId(1), JobState::Running, progress(5), 1.0);
            assert_eq!(
                live.job(JobId(1)).map(|news| (news.state, news.progress)),
                Some((JobState::Finished, progress(10)))
            );
        });
    }

    #[test]
    fn the_title_counts_only_my_running_jobs() {
        Owner::new().with(|| {
            Live::provide();
            let live = Live::here();
            let progress = Progress { total: 10, applied: 4, ..Progress::default() };
            live.tell_job(JobId(1), JobState::Running, progress, 0.0);
            assert_eq!(live.my_percent(), None);
            live.tell_mine(JobId(1));
            assert_eq!(live.my_percent(), Some(40));
            live.tell_job(JobId(1), JobState::Finished, Progress { applied: 10, ..progress }, 1.0);
            assert_eq!(live.my_percent(), None);
        });
    }
}
