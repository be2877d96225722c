-- What the run history does not tell: how the tables stood over time, for the dashboard's
-- charts. A few rows every ten minutes, pruned after 90 days, so it stays small.

CREATE TABLE retention_sample (
	taken_at timestamptz NOT NULL,
	series text NOT NULL,
	value bigint NOT NULL,
	PRIMARY KEY (taken_at, series)
);
