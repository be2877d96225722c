-- What a running cleanup keeps of each group, found by run and group. Times are instants and
-- keys texts, so that the table outlives any change of the types of a platform's columns.
-- Small: a row a group of a run that is under way.

DROP TABLE retention_backlog_kept;

CREATE TABLE retention_kept (
	run_id uuid NOT NULL,
	grp text NOT NULL,
	kept_at timestamptz NOT NULL,
	kept_key text[] NOT NULL,
	PRIMARY KEY (run_id, grp)
);

-- Rows that a run left because somebody held them, and what else a person should know of it.
ALTER TABLE retention_run
	ADD COLUMN rows_left_locked bigint NOT NULL DEFAULT 0,
	ADD COLUMN note text;
