//! How large a page is, and how long to wait after an error.

use std::time::Duration;

const SMALLEST: u32 = 100;
const LARGEST: u32 = 4_000;
/// A page that took longer is followed by a smaller one: a stop, a shutdown and the lease wait for a page at most.
const SLOW: Duration = Duration::from_millis(1_500);
/// A page that was quicker is followed by a larger one: fewer transactions.
const QUICK: Duration = Duration::from_millis(400);

/// The size of the next page, by how long the last took.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    page_size: u32,
}

impl Default for Pace {
    fn default() -> Self {
        Self { page_size: 1_000 }
    }
}

impl Pace {
    /// Rows of the next page.
    pub fn page_size(self) -> u32 {
        self.page_size
    }

    /// Learns from the page that was just applied.
    pub fn page_took(&mut self, took: Duration) {
        let wanted = if took > SLOW {
            self.page_size / 2
        } else if took < QUICK {
            self.page_size * 2
        } else {
            self.page_size
        };
        self.page_size = wanted.clamp(SMALLEST, LARGEST);
    }
}

/// How long to wait after an error: twice as long each time, up to five seconds.
#[derive(Debug, Clone, Copy)]
pub struct Pause {
    next: Duration,
}

impl Default for Pause {
    fn default() -> Self {
        Self { next: Duration::from_millis(200) }
    }
}

impl Pause {
    /// This wait; the next is longer.
    pub fn take(&mut self) -> Duration {
        let now = self.next;
        self.next = (now * 2).min(Duration::from_secs(5));
        now
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slow_pages_shrink_and_quick_ones_grow_within_limits() {
        let mut pace = Pace::default();
        for _ in 0..10 {
            pace.page_took(Duration::from_secs(3));
        }
        assert_eq!(pace.page_size(), SMALLEST);
        for _ in 0..10 {
            pace.page_took(Duration::from_millis(10));
        }
        assert_eq!(pace.page_size(), LARGEST);
        pace.page_took(Duration::from_secs(1));
        assert_eq!(pace.page_size(), LARGEST);
    }

    #[test]
    fn waits_grow_and_have_a_limit() {
        let mut pause = Pause::default();
        let waits: Vec<_> = (0..7).map(|_| pause.take().as_millis()).collect();
        assert_eq!(waits, [200, 400, 800, 1600, 3200, 5000, 5000]);
    }
}
