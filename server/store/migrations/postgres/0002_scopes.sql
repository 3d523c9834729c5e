-- A role is assigned everywhere (a blank scope) or within parts of the application that it is for, each by itself.
ALTER TABLE user_roles ADD COLUMN scope TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE user_roles DROP CONSTRAINT user_roles_pkey, ADD PRIMARY KEY (user_id, role_code, scope);
