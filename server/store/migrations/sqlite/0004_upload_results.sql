-- The chunks of an upload may hold records of groups or roles by now, as well as of users.
-- How many groups or roles a commit of an upload's records made and changed: whoever asks again is answered the same.
-- NULL: not committed, or records of users, who have a plan and a job.
ALTER TABLE uploads ADD COLUMN created BIGINT;
ALTER TABLE uploads ADD COLUMN updated BIGINT;
