//! Picked records of a file on their way up.

use crate::object_files::Applied;
use crate::sql::sql;
use crate::users::count_u32;
use crate::work::Work;
use crate::{Store, StoreError};
use identity::id::{JobId, UploadId, UserId};

/// What was sent of a file so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Upload {
    /// Who sends it. It is nobody else's business.
    pub author: UserId,
    /// How many chunks are there, without a gap: the number of the next one.
    pub chunks: u32,
}

impl Store {
    /// Begins one.
    pub async fn begin_upload(&self, author: UserId, now: i64) -> Result<UploadId, StoreError> {
        let mut work = self.write("begin an upload").await?;
        let statement = sql("INSERT INTO uploads (author_id, created_at) VALUES ($1, $2) RETURNING upload_id");
        let (upload_id,) = work.one::<(i64,)>(statement.bind(author.0).bind(now)).await?;
        work.commit().await?;
        Ok(UploadId(upload_id))
    }

    /// Keeps a chunk, if it is the next one; the same once more is no mistake, since its answer may have been lost.
    /// Answers the number of the next one.
    pub async fn put_chunk(&self, upload_id: UploadId, chunk: u32, body: &[u8]) -> Result<u32, StoreError> {
        let mut work = self.write("keep records of a file").await?;
        let statement = sql("INSERT INTO upload_chunks (upload_id, chunk, body) \
             SELECT $1, $2, $3 FROM uploads WHERE upload_id = $1 \
             AND (SELECT count(*) FROM upload_chunks WHERE upload_id = $1) = $2 ON CONFLICT (upload_id, chunk) DO NOTHING");
        work.run(statement.bind(upload_id.0).bind(chunk).bind(body)).await?;
        let count = sql("SELECT count(*) FROM upload_chunks WHERE upload_id = $1");
        let (chunks,) = work.one::<(i64,)>(count.bind(upload_id.0)).await?;
        work.commit().await?;
        Ok(count_u32(chunks))
    }

    /// What is there of one.
    pub async fn find_upload(&self, upload_id: UploadId) -> Result<Option<Upload>, StoreError> {
        let mut work = self.read("find an upload").await?;
        let statement = sql("SELECT author_id, (SELECT count(*) FROM upload_chunks WHERE upload_id = $1) \
             FROM uploads WHERE upload_id = $1");
        let found = work.first::<(i64, i64)>(statement.bind(upload_id.0)).await?;
        Ok(found.map(|(author, chunks)| Upload { author: UserId(author), chunks: count_u32(chunks) }))
    }

    /// What a commit of its records of groups or roles did, if there was one.
    pub async fn find_upload_applied(&self, upload_id: UploadId) -> Result<Option<Applied>, StoreError> {
        let mut work = self.read("find what an upload came to").await?;
        find_applied(&mut work, upload_id).await
    }

    /// A chunk of one.
    pub async fn find_chunk(&self, upload_id: UploadId, chunk: u32) -> Result<Option<Vec<u8>>, StoreError> {
        let mut work = self.read("read records of a file").await?;
        let statement = sql("SELECT body FROM upload_chunks WHERE upload_id = $1 AND chunk = $2");
        let found = work.first::<(Vec<u8>,)>(statement.bind(upload_id.0).bind(chunk)).await?;
        Ok(found.map(|(body,)| body))
    }

    /// Forgets uploads that were begun before this time. Plans made from them stay, and cannot be made again.
    pub async fn delete_old_uploads(&self, before: i64) -> Result<u64, StoreError> {
        let mut work = self.write("forget old uploads").await?;
        let forgotten = work.run(sql("DELETE FROM uploads WHERE created_at < $1").bind(before)).await?;
        work.commit().await?;
        Ok(forgotten)
    }
}

/// The same inside of a transaction: no other commit of the upload is between this and its end.
pub(crate) async fn find_applied(work: &mut Work, upload_id: UploadId) -> Result<Option<Applied>, StoreError> {
    let statement = sql("SELECT jobs.job_id, jobs.created, jobs.applied FROM uploads \
         JOIN jobs ON jobs.job_id = uploads.job_id WHERE upload_id = $1");
    let found = work.first::<(i64, i64, i64)>(statement.bind(upload_id.0)).await?;
    Ok(found.map(|(job_id, created, applied)| Applied {
        job_id: JobId(job_id),
        created: count_u32(created),
        updated: count_u32(applied - created),
    }))
}

/// Keeps which job applied its records, for whoever asks for it again.
pub(crate) async fn keep_job(work: &mut Work, upload_id: UploadId, job_id: JobId) -> Result<(), StoreError> {
    let statement = sql("UPDATE uploads SET job_id = $2 WHERE upload_id = $1");
    work.run(statement.bind(upload_id.0).bind(job_id.0)).await.map(drop)
}
