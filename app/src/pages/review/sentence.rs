//! What a commit will do, in words.

use crate::text;
use plan::Counts;

/// “Create 212 users, update 40, disable none in”: the directory's name follows. Of a file it is “from”.
pub fn sentence(counts: Counts, is_file: bool) -> String {
    let number = |count: u32| if count == 0 { text!(review.none).to_owned() } else { text::number(count) };
    let create = if counts.create == 0 {
        text!(review.users_none).to_owned()
    } else {
        text!(review.users, count = counts.create, n = text::number(counts.create))
    };
    let (update, disable) = (number(counts.update), number(counts.disable));
    if counts.rename == 0 && is_file {
        text!(review.commit_sentence_file, create = create, update = update, disable = disable)
    } else if is_file {
        let rename = number(counts.rename);
        text!(review.commit_sentence_file_rename, create = create, update = update, rename = rename, disable = disable)
    } else if counts.rename == 0 {
        text!(review.commit_sentence, create = create, update = update, disable = disable)
    } else {
        let rename = number(counts.rename);
        text!(review.commit_sentence_rename, create = create, update = update, rename = rename, disable = disable)
    }
}
