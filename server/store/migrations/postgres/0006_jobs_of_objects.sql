-- A file of groups or roles is applied at once; in the same transaction it leaves a job that is over.
--
-- Such a job has a plan without rows and without a summary, which nobody sees: it only says that the job is one of a file,
-- and keeps “a plan is committed once” true of every job.
ALTER TABLE jobs ADD COLUMN kind TEXT NOT NULL DEFAULT 'users' CHECK (kind IN ('users', 'groups', 'roles'));
-- How many of the rows that were applied made a group or role; the others changed one. Of users the outcomes tell.
ALTER TABLE jobs ADD COLUMN created BIGINT NOT NULL DEFAULT 0;

-- The job that changed a group or role; NULL: a person did, by hand.
ALTER TABLE object_changes ADD COLUMN job_id BIGINT;
CREATE INDEX object_changes_by_job ON object_changes (job_id, change_id) WHERE job_id IS NOT NULL;

-- What a commit of an upload of groups or roles came to stands in its job from now on, so that it is answered the same
-- when it is asked for again. NULL: not committed, or records of users.
ALTER TABLE uploads DROP COLUMN created;
ALTER TABLE uploads DROP COLUMN updated;
ALTER TABLE uploads ADD COLUMN job_id BIGINT;
