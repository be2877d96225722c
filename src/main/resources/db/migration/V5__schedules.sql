-- Schedules without sessions: nothing is told by who is connected any more. A new table of a
-- row an instance, and two columns without a default, so nothing here waits on data.

-- Which instances are up. Each says so every few seconds, by the database's clock; an
-- instance that ends removes its row, and rows of dead ones are pruned.
CREATE TABLE retention_instance (
	id text PRIMARY KEY,
	started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
	seen_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- The schedule of a task and since when it holds: a firing from before was never promised
-- and is not made up for. Null where it has not changed since the task was first seen.
ALTER TABLE retention_task ADD COLUMN schedule text, ADD COLUMN scheduled_at timestamptz;
