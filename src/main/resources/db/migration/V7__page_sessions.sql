-- The sessions of the pages are signed cookies. What all instances share is the key that
-- signs them (made by the first instance that finds none; deleting it and restarting ends
-- every session) and the sessions that somebody logged out of before they expired.
-- A row, and a row for each logout of the last hours.

CREATE TABLE retention_secret (
	name text PRIMARY KEY,
	value text NOT NULL
);

CREATE TABLE retention_ended_session (
	id text PRIMARY KEY,
	forget_at timestamptz NOT NULL
);
