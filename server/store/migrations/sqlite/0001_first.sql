-- The first path of Muster: sign in, connect a directory, plan an import, apply it as a job, look at it afterwards.
--
-- For SQLite; ../postgres/0001_first.sql makes the same tables for PostgreSQL. The program sends the same SQL to both,
-- so columns have the same names and only three types: TEXT, BIGINT (also for flags, 0 and 1) and BLOB or BYTEA.
-- Times are milliseconds since 1970 UTC. Columns named “…_key” are not for people: texts after NFKC and case folding,
-- because neither database compares names as identity::username does.

CREATE TABLE directories (
    -- AUTOINCREMENT here and below: a number is never given twice, since histories and addresses go on naming it.
    directory_id INTEGER PRIMARY KEY AUTOINCREMENT,
    version BIGINT NOT NULL,
    name_key TEXT NOT NULL UNIQUE,
    -- identity::directory::DirectorySettings as JSON: read and written as a whole, never searched.
    settings TEXT NOT NULL,
    -- The bind password: XChaCha20-Poly1305 under the program's key, bound to this row (see secrets.rs).
    password BLOB,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

CREATE TABLE users (
    user_id INTEGER PRIMARY KEY AUTOINCREMENT,
    -- Counts up at every change of fields, link, roles or groups; every write names the version that it was made from.
    version BIGINT NOT NULL,
    username TEXT NOT NULL,
    username_key TEXT NOT NULL,
    email TEXT,
    first_name TEXT,
    last_name TEXT,
    display_name TEXT,
    phone TEXT,
    department TEXT,
    job_title TEXT,
    locale TEXT,
    time_zone TEXT,
    enabled BIGINT NOT NULL,
    -- Custom attributes as a JSON object, name to values; NULL when there are none.
    custom TEXT,
    -- What the list is searched in: username, names and e-mail address, folded, a line each.
    search TEXT NOT NULL,
    -- What the list is sorted by; empty when there is no value. E-mail addresses are also looked up by theirs.
    name_key TEXT NOT NULL,
    email_key TEXT NOT NULL,
    department_key TEXT NOT NULL,
    -- The entry that the user is linked to; all three NULL for internal users. In this table, not in one of their own,
    -- so that a user and its link are written by one statement and read without a join. No foreign key, which would
    -- cost a bulk insert on PostgreSQL a third of its time: removing a directory forgets its links and stops its jobs
    -- while nobody else writes users.
    directory_id BIGINT,
    external_id TEXT,
    dn TEXT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    CHECK ((directory_id IS NULL) = (external_id IS NULL) AND (directory_id IS NULL) = (dn IS NULL))
);
CREATE UNIQUE INDEX users_by_username ON users (username_key);
CREATE UNIQUE INDEX users_by_entry ON users (directory_id, external_id);
-- One for each order of the list, so that its first hundred rows are read and not sorted. Where few are alike, or all of
-- an import, the number decides: such entries are smaller, and those of an import stand one behind the other.
CREATE INDEX users_by_name ON users (name_key, user_id);
CREATE INDEX users_by_email ON users (email_key, user_id);
CREATE INDEX users_by_department ON users (department_key, username_key);
CREATE INDEX users_by_update ON users (updated_at, user_id);

-- Passwords of Muster's own. A user without a row has no usable password.
CREATE TABLE credentials (
    user_id BIGINT PRIMARY KEY REFERENCES users (user_id) ON DELETE CASCADE,
    -- Argon2id, PHC string format.
    password_hash TEXT NOT NULL,
    -- NULL: the user's own. Otherwise it was given by somebody else, must be replaced at sign-in, and works until then.
    one_time_until BIGINT,
    changed_at BIGINT NOT NULL
);

-- One-time links to choose a password with. A link that was used is removed.
CREATE TABLE password_links (
    -- SHA-256 of the token in the link: who reads this table cannot use it.
    token BLOB PRIMARY KEY,
    user_id BIGINT NOT NULL REFERENCES users (user_id) ON DELETE CASCADE,
    -- Who made it; NULL: sent to the user's e-mail address because somebody asked for it. No foreign key: a link whose
    -- maker is gone opens nothing.
    author_id BIGINT,
    made_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX password_links_by_user ON password_links (user_id);
CREATE INDEX password_links_by_end ON password_links (expires_at);

CREATE TABLE roles (
    role_code TEXT PRIMARY KEY,
    -- Counts up at every change of label, description or permissions.
    version BIGINT NOT NULL DEFAULT 1,
    label TEXT NOT NULL,
    description TEXT
);

CREATE TABLE role_permissions (
    role_code TEXT NOT NULL REFERENCES roles (role_code) ON DELETE CASCADE,
    permission TEXT NOT NULL,
    PRIMARY KEY (role_code, permission)
) WITHOUT ROWID;

CREATE TABLE user_roles (
    user_id BIGINT NOT NULL REFERENCES users (user_id) ON DELETE CASCADE,
    role_code TEXT NOT NULL REFERENCES roles (role_code),
    -- Who gave it: “manual” (a person) or “import” (the job beside it). What a source gave, only that source takes away.
    provenance TEXT NOT NULL CHECK (provenance IN ('manual', 'import')),
    job_id BIGINT,
    given_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, role_code)
) WITHOUT ROWID;
CREATE INDEX user_roles_by_role ON user_roles (role_code, user_id);

CREATE TABLE groups (
    group_id INTEGER PRIMARY KEY AUTOINCREMENT,
    -- Counts up at every change of name, label or description. Members are the users' matter, and count up theirs.
    version BIGINT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL UNIQUE,
    label TEXT,
    description TEXT,
    -- What the list is searched in, and sorted by when it goes by label; folded.
    search TEXT NOT NULL,
    label_key TEXT NOT NULL,
    -- The entry that the group is linked to; all three NULL for internal groups. As with users.
    directory_id BIGINT,
    external_id TEXT,
    dn TEXT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    CHECK ((directory_id IS NULL) = (external_id IS NULL) AND (directory_id IS NULL) = (dn IS NULL))
);
CREATE UNIQUE INDEX groups_by_entry ON groups (directory_id, external_id);

-- Who is in which group: one way by the primary key, the other by the index.
CREATE TABLE group_members (
    user_id BIGINT NOT NULL REFERENCES users (user_id) ON DELETE CASCADE,
    group_id BIGINT NOT NULL REFERENCES groups (group_id) ON DELETE CASCADE,
    -- As with roles: what a source gave, only that source takes away.
    provenance TEXT NOT NULL CHECK (provenance IN ('manual', 'import')),
    job_id BIGINT,
    given_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, group_id)
) WITHOUT ROWID;
CREATE INDEX group_members_by_group ON group_members (group_id, user_id);

-- The history of groups and roles, like that of users: only added to, and it outlives what it tells of.
CREATE TABLE object_changes (
    change_id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind IN ('group', 'role')),
    -- The number of a group or the code of a role.
    subject TEXT NOT NULL,
    at BIGINT NOT NULL,
    author_id BIGINT NOT NULL,
    -- The author's username at that time.
    author TEXT NOT NULL,
    -- What became of it, with old and new values, as JSON (see objects.rs).
    change TEXT NOT NULL
);
CREATE INDEX object_changes_by_subject ON object_changes (kind, subject, change_id);

CREATE TABLE sessions (
    -- SHA-256 of the id: who reads this table cannot use it.
    session_id BLOB PRIMARY KEY,
    user_id BIGINT REFERENCES users (user_id) ON DELETE CASCADE,
    -- The session layer's own record, as JSON.
    record TEXT NOT NULL,
    expires_at BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX sessions_by_user ON sessions (user_id);
CREATE INDEX sessions_by_end ON sessions (expires_at);

-- The history of users, a row for each version and for what leads to no other. No foreign keys: it is only added to, in the transaction of the
-- change, and stays when what it tells of is gone.
CREATE TABLE user_changes (
    user_id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    -- 0 for what led to the version; counts up for what happened since and changed nothing of the user: a password given.
    step BIGINT NOT NULL DEFAULT 0,
    at BIGINT NOT NULL,
    author_id BIGINT NOT NULL,
    -- The author's username at that time.
    author TEXT NOT NULL,
    job_id BIGINT,
    -- Fields with old and new values, roles, link: JSON, written and read as a whole (see history.rs).
    change TEXT NOT NULL,
    PRIMARY KEY (user_id, version, step)
);

-- The picked records of a file on their way up, and afterwards what its plan can be made again from.
CREATE TABLE uploads (
    upload_id INTEGER PRIMARY KEY AUTOINCREMENT,
    author_id BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    -- How many groups or roles a commit of its records made and changed. NULL: not committed, or users, who have a plan and a job.
    created BIGINT,
    updated BIGINT
);

-- Sent one after the other; after a lost connection the browser goes on with the first that is missing.
CREATE TABLE upload_chunks (
    upload_id BIGINT NOT NULL REFERENCES uploads (upload_id) ON DELETE CASCADE,
    chunk BIGINT NOT NULL,
    -- A list of records (of users, groups or roles) as JSON, packed (RFC 1950).
    body BLOB NOT NULL,
    PRIMARY KEY (upload_id, chunk)
);

-- How files of one shape are imported, kept for the next one.
CREATE TABLE profiles (
    profile_id INTEGER PRIMARY KEY AUTOINCREMENT,
    -- Counts up at every change.
    version BIGINT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL UNIQUE,
    -- What the rows of its files are.
    kind TEXT NOT NULL CHECK (kind IN ('users', 'groups', 'roles')),
    -- The format of its files, as the browser calls it.
    format TEXT NOT NULL,
    -- The names of the columns that it was made for, as a JSON list: browsers choose by them.
    headers TEXT NOT NULL,
    -- Mapping, options and how to read the file, as JSON: written and read as a whole by browsers.
    settings TEXT NOT NULL,
    -- Whom it is for besides its owner and administrators: nobody, those who import (“run”), who also change it (“edit”).
    sharing TEXT NOT NULL CHECK (sharing IN ('private', 'run', 'edit')),
    -- No foreign key, as with plans: a shared profile outlives whoever made it.
    owner_id BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

-- A plan's head. What it was made from outlives the directory, hence its name and no foreign key.
CREATE TABLE plans (
    plan_id INTEGER PRIMARY KEY AUTOINCREMENT,
    -- NULL: the plan was made from a file.
    directory_id BIGINT,
    -- The name of the directory or of the file.
    source_name TEXT NOT NULL,
    query TEXT NOT NULL,
    request TEXT NOT NULL,
    -- plan::Policy as JSON.
    policy TEXT NOT NULL,
    author_id BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE plan_rows (
    plan_id BIGINT NOT NULL,
    "row" BIGINT NOT NULL,
    kind TEXT NOT NULL,
    warning BIGINT NOT NULL,
    -- The user and the version that the row was planned from.
    user_id BIGINT,
    version BIGINT,
    -- The name and the entry that a user would newly get: taken by another user by now, the row is stale.
    username_key TEXT,
    external_id TEXT,
    search TEXT NOT NULL,
    -- plan::Row as JSON.
    body TEXT NOT NULL,
    PRIMARY KEY (plan_id, "row")
);

-- Written last. A plan without one is being written, or was given up, and is shown to nobody.
CREATE TABLE plan_summaries (
    plan_id BIGINT PRIMARY KEY,
    -- plan::Summary as JSON.
    summary TEXT NOT NULL
);

-- A stored plan is never updated, whoever tries.
CREATE TRIGGER plans_stay BEFORE UPDATE ON plans
BEGIN SELECT RAISE (ABORT, 'a stored plan is never updated'); END;
CREATE TRIGGER plan_rows_stay BEFORE UPDATE ON plan_rows
BEGIN SELECT RAISE (ABORT, 'a stored plan is never updated'); END;
CREATE TRIGGER plan_summaries_stay BEFORE UPDATE ON plan_summaries
BEGIN SELECT RAISE (ABORT, 'a stored plan is never updated'); END;

CREATE TABLE jobs (
    job_id INTEGER PRIMARY KEY AUTOINCREMENT,
    -- UNIQUE: a plan is committed once, also by two people at the same moment.
    plan_id BIGINT NOT NULL UNIQUE REFERENCES plans (plan_id),
    title TEXT NOT NULL,
    -- job::JobState as text.
    state TEXT NOT NULL,
    -- How many rows are picked, and what became of those that are done.
    total BIGINT NOT NULL,
    applied BIGINT NOT NULL DEFAULT 0,
    stale BIGINT NOT NULL DEFAULT 0,
    rejected BIGINT NOT NULL DEFAULT 0,
    -- The last row of the plan that was looked at; written in the transaction of what was applied.
    checkpoint BIGINT NOT NULL DEFAULT -1,
    -- plan::Selection as JSON: the changeset is the plan's rows as far as it picks them.
    selection TEXT NOT NULL,
    author_id BIGINT NOT NULL,
    author TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    started_at BIGINT,
    ended_at BIGINT,
    failure TEXT,
    -- Counts up at every claim. A worker's writes carry the number of its claim and do nothing under another.
    fence BIGINT NOT NULL DEFAULT 0,
    lease_until BIGINT NOT NULL DEFAULT 0,
    worker TEXT
);
CREATE INDEX jobs_by_author ON jobs (author_id, job_id);
-- The queue: few rows, whatever the number of jobs that are over.
CREATE INDEX jobs_not_over ON jobs (job_id) WHERE state IN ('queued', 'running', 'stopping');

-- What became of each row of a job. Only added to, in the transaction of the change: a row that is here is done.
CREATE TABLE outcomes (
    job_id BIGINT NOT NULL,
    "row" BIGINT NOT NULL,
    -- job::Outcome as text.
    outcome TEXT NOT NULL,
    -- The user that was made or changed.
    user_id BIGINT,
    PRIMARY KEY (job_id, "row")
) WITHOUT ROWID;
CREATE INDEX outcomes_by_outcome ON outcomes (job_id, outcome, "row") WHERE outcome <> 'applied';

-- What browsers are told. Of the events that a job moved on only the newest is kept; notifications stay.
CREATE TABLE events (
    event_id INTEGER PRIMARY KEY AUTOINCREMENT,
    -- Whom it is for; NULL: everyone who may see jobs.
    user_id BIGINT,
    kind TEXT NOT NULL CHECK (kind IN ('job', 'notification')),
    job_id BIGINT NOT NULL REFERENCES jobs (job_id),
    -- How the job stood.
    state TEXT NOT NULL,
    total BIGINT NOT NULL,
    applied BIGINT NOT NULL,
    stale BIGINT NOT NULL,
    rejected BIGINT NOT NULL,
    at BIGINT NOT NULL,
    seen BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX events_by_user ON events (user_id, event_id);
CREATE INDEX events_by_job ON events (job_id, kind);
