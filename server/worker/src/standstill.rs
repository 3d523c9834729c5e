//! What keeps workers from writing. It is kept in memory, because it is about what cannot be written.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use store::Trouble;

/// What keeps the workers of this process from taking or ending jobs. Shared by them and by those who tell people.
#[derive(Debug, Clone, Default)]
pub struct Standstill(Arc<Mutex<BTreeMap<String, Stuck>>>);

/// What keeps one worker.
#[derive(Debug, Clone, Copy)]
struct Stuck {
    trouble: Trouble,
    /// Until then nobody can take the job, and that there is none to take says nothing.
    lease_until: Instant,
}

impl Standstill {
    /// Why a worker cannot write at present: [`Trouble::DiskFull`] or [`Trouble::Lasting`]. `None` when all can, or
    /// have nothing to write.
    pub fn trouble(&self) -> Option<Trouble> {
        let stuck = self.stuck();
        let mut troubles = stuck.values().map(|stuck| stuck.trouble);
        troubles.clone().find(|trouble| *trouble == Trouble::DiskFull).or_else(|| troubles.next())
    }

    /// A worker could not write, and holds its job for so long. What passes by itself is no standstill.
    pub(crate) fn begin(&self, worker: &str, trouble: Trouble, lease: Duration) {
        if trouble != Trouble::Passing {
            let stuck = Stuck { trouble, lease_until: Instant::now() + lease };
            self.stuck().insert(worker.to_owned(), stuck);
        }
    }

    /// A worker wrote.
    pub(crate) fn end(&self, worker: &str) {
        self.stuck().remove(worker);
    }

    /// A worker found no job to take: what it could not write is somebody else's by now.
    pub(crate) fn end_if_idle(&self, worker: &str) {
        let mut stuck = self.stuck();
        if stuck.get(worker).is_some_and(|stuck| stuck.lease_until <= Instant::now()) {
            stuck.remove(worker);
        }
    }

    fn stuck(&self) -> MutexGuard<'_, BTreeMap<String, Stuck>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_standstill_is_a_worker_that_cannot_write() {
        let standstill = Standstill::default();
        standstill.begin("a", Trouble::Passing, Duration::ZERO);
        assert_eq!(standstill.trouble(), None);
        standstill.begin("a", Trouble::Lasting, Duration::ZERO);
        standstill.begin("b", Trouble::DiskFull, Duration::from_secs(3600));
        assert_eq!(standstill.trouble(), Some(Trouble::DiskFull));
        standstill.end_if_idle("b");
        assert_eq!(standstill.trouble(), Some(Trouble::DiskFull), "its job can be taken by nobody yet");
        standstill.end("b");
        assert_eq!(standstill.trouble(), Some(Trouble::Lasting));
        standstill.end_if_idle("a");
        assert_eq!(standstill.trouble(), None);
    }
}
