//! The server's side of an answer that comes bit by bit.

use crate::error::AppError;
use serde::Serialize;
use server_fn::codec::ByteStream;
use tokio::sync::mpsc::{Sender, channel};
use tokio::task::JoinSet;

/// Lines that wait for a slow reader before the work waits too.
const WAITING: usize = 2;

/// Sends what `work` tells. When the reader goes away, the work is abandoned.
pub fn send_lines<T, Work>(work: impl FnOnce(Sender<T>) -> Work) -> ByteStream<AppError>
where
    T: Serialize + Send + 'static,
    Work: Future<Output = ()> + Send + 'static,
{
    let (sender, receiver) = channel(WAITING);
    // Dropped together with the answer's body, and the work with it.
    let mut tasks = JoinSet::new();
    tasks.spawn(work(sender));
    ByteStream::new(futures::stream::unfold((receiver, tasks), |(mut receiver, tasks)| async move {
        let line = receiver.recv().await?;
        let mut bytes = serde_json::to_vec(&line).expect("lines are made of texts, numbers and lists");
        bytes.push(b'\n');
        Some((Ok(bytes), (receiver, tasks)))
    }))
}
