//! What is sent by e-mail, and the queue that leads there. The program around this one owns the way to the mail server.

use crate::text::Language;
use tokio::sync::mpsc;

/// Requests that may wait; beyond that the next is turned away, whoever it is about.
const MAX_WAITING: usize = 256;

/// A letter in plain text.
#[derive(Clone, PartialEq, Eq)]
pub struct Letter {
    /// The address.
    pub to: String,
    /// The subject.
    pub subject: String,
    /// The text.
    pub text: String,
}

// By hand: who gets it, and the link in it, belong in no log.
impl std::fmt::Debug for Letter {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Letter").finish_non_exhaustive()
    }
}

/// Somebody asked for a new password on the sign-in page.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    /// What was typed: a username or an e-mail address.
    pub name: String,
    /// The language of the page, for users whose own is not known.
    pub language: Language,
}

/// Where such requests are put. They are looked at afterwards: the answer is given before anybody knows whether there is
/// such a user, so neither its words nor its time can tell.
#[derive(Debug, Clone)]
pub struct Asked(mpsc::Sender<Request>);

impl Asked {
    /// The queue, and its other end.
    pub fn queue() -> (Self, mpsc::Receiver<Request>) {
        let (sender, receiver) = mpsc::channel(MAX_WAITING);
        (Self(sender), receiver)
    }

    /// Puts a request at the end; `false` when too many wait.
    pub(super) fn put(&self, request: Request) -> bool {
        self.0.try_send(request).is_ok()
    }
}
