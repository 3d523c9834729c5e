-- A short code of each directory, for lists in which its name has no room.
--
-- For PostgreSQL; ../sqlite/0003_directory_codes.sql does the same for SQLite.

-- A copy of what the settings say, NULL where they have none: no two directories have the same, and a list of users
-- reads the codes alone.
ALTER TABLE directories ADD COLUMN code TEXT COLLATE "C";
CREATE UNIQUE INDEX directories_by_code ON directories (code);
