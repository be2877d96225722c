-- What reports tell of rows and runs that are gone. Small tables, and a column without a default,
-- so nothing here waits on data.

-- How many rows came to be candidates of a rule, by the hour of their time. Counted about every
-- ten minutes; what was seen of an hour never gets less, so rows that are gone are still counted.
-- Kept for 367 days.
CREATE TABLE retention_arrival (
	rule text NOT NULL,
	hour timestamptz NOT NULL,
	rows bigint NOT NULL,
	PRIMARY KEY (rule, hour)
);

-- The runs of a day (UTC, by their start) that the history has forgotten, without dry runs and
-- restores. Kept for 367 days.
CREATE TABLE retention_run_day (
	task text NOT NULL,
	day date NOT NULL,
	runs bigint NOT NULL,
	succeeded bigint NOT NULL,
	removed bigint NOT NULL,
	PRIMARY KEY (task, day)
);

-- Rows that the run removed by group, as pairs of a group's key and a number, most first; at most
-- 1,000 groups. Null where nobody counted: the rule has no groups, the run went on inside the
-- database, or its instance died.
ALTER TABLE retention_run ADD COLUMN removed_by_group jsonb;
