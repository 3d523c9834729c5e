-- A role is assigned everywhere (a blank scope) or within parts of the application that it is for, each by itself.
-- SQLite cannot change a primary key: the table is written anew.
CREATE TABLE scoped_user_roles (
    user_id BIGINT NOT NULL REFERENCES users (user_id) ON DELETE CASCADE,
    role_code TEXT NOT NULL REFERENCES roles (role_code),
    scope TEXT NOT NULL DEFAULT '',
    -- Who gave it: “manual” (a person) or “import” (the job beside it). What a source gave, only that source takes away.
    provenance TEXT NOT NULL CHECK (provenance IN ('manual', 'import')),
    job_id BIGINT,
    given_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, role_code, scope)
) WITHOUT ROWID;
INSERT INTO scoped_user_roles (user_id, role_code, provenance, job_id, given_at)
    SELECT user_id, role_code, provenance, job_id, given_at FROM user_roles;
DROP TABLE user_roles;
ALTER TABLE scoped_user_roles RENAME TO user_roles;
CREATE INDEX user_roles_by_role ON user_roles (role_code, user_id);
