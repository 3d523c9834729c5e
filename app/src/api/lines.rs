//! Answers that come bit by bit: JSON, one value a line.

#[cfg(feature = "ssr")]
mod sending;

#[cfg(feature = "ssr")]
pub use sending::send_lines;

use crate::error::AppError;
use futures::StreamExt;
use serde::de::DeserializeOwned;
use server_fn::codec::ByteStream;

/// Gives each line of an answer to `take`, as it comes. Dropping the future abandons the answer, and the server hears of
/// it. Whether the answer was whole is for the last line to say.
pub async fn read_lines<T: DeserializeOwned>(
    answer: ByteStream<AppError>,
    mut take: impl FnMut(T),
) -> Result<(), AppError> {
    let mut pieces = answer.into_inner();
    let mut rest: Vec<u8> = Vec::new();
    while let Some(piece) = pieces.next().await {
        let piece = piece?;
        // A line may come in many pieces, and a piece may end in the middle of a character.
        let Some(end) = piece.iter().rposition(|byte| *byte == b'\n') else {
            rest.extend_from_slice(&piece);
            continue;
        };
        rest.extend_from_slice(&piece[..end]);
        for line in rest.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
            // As text, like every other answer: see `JsonText`.
            let line = str::from_utf8(line).map_err(|_| AppError::Network)?;
            take(serde_json::from_str(line).map_err(|_| AppError::Network)?);
        }
        rest.clear();
        rest.extend_from_slice(&piece[end + 1..]);
    }
    if rest.is_empty() { Ok(()) } else { Err(AppError::Network) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::executor::block_on;

    fn read(pieces: &[&[u8]]) -> (Vec<String>, Result<(), AppError>) {
        let pieces: Vec<_> = pieces.iter().map(|piece| Ok::<_, AppError>(piece.to_vec())).collect();
        let mut lines = Vec::new();
        let end = block_on(read_lines(ByteStream::new(futures::stream::iter(pieces)), |line: String| lines.push(line)));
        (lines, end)
    }

    #[test]
    fn a_line_may_come_in_pieces_that_end_in_the_middle_of_a_character() {
        let whole = "\"Jürgen\"\n\"Žofie\"\n".as_bytes();
        for first in 0..whole.len() {
            let (lines, end) = read(&[&whole[..first], &whole[first..]]);
            assert_eq!((lines, end), (vec!["Jürgen".to_owned(), "Žofie".to_owned()], Ok(())), "cut at {first}");
        }
    }

    #[test]
    fn an_answer_that_ends_in_the_middle_of_a_line_is_an_error() {
        assert_eq!(read(&[b"\"a\"\n\"b"]), (vec!["a".to_owned()], Err(AppError::Network)));
    }
}
