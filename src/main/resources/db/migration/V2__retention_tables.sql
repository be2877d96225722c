-- The service's own tables. They are small: a row a run, a row a task, and during a backlog
-- cleanup a row a recipe.

CREATE TABLE retention_run (
	id uuid PRIMARY KEY,
	task text NOT NULL,
	mode text NOT NULL,
	trigger text NOT NULL,
	actor text NOT NULL,
	status text NOT NULL,
	dry_run boolean NOT NULL,
	options jsonb NOT NULL DEFAULT '{}',
	cutoff timestamptz NOT NULL,
	started_at timestamptz NOT NULL,
	finished_at timestamptz,
	rows_due bigint,
	rows_removed bigint NOT NULL DEFAULT 0,
	rows_kept_referenced bigint NOT NULL DEFAULT 0,
	removed_by_table jsonb NOT NULL DEFAULT '{}',
	cancel_requested boolean NOT NULL DEFAULT false,
	error text,
	owner text NOT NULL
);

-- The database itself allows one open run per task, whatever becomes of the lock.
CREATE UNIQUE INDEX retention_run_open_idx ON retention_run (task) WHERE status = 'running';
CREATE INDEX retention_run_started_at_idx ON retention_run (started_at DESC, id DESC);
CREATE INDEX retention_run_task_started_at_idx ON retention_run (task, started_at DESC, id DESC);

-- ShedLock's table under a name of ours.
CREATE TABLE retention_lock (
	name text PRIMARY KEY,
	lock_until timestamp NOT NULL,
	locked_at timestamp NOT NULL,
	locked_by text NOT NULL
);

-- Which firing of a task's schedule was claimed last, so that each fires once over all
-- instances; and since when the task is known, for "overdue".
CREATE TABLE retention_task (
	name text PRIMARY KEY,
	first_seen_at timestamptz NOT NULL DEFAULT now(),
	fired_at timestamptz,
	fired_for timestamptz,
	fired_by text
);

-- The oldest failure of each recipe that the running cleanup keeps: what sorts before it goes.
-- The columns take their types from the installation's generations, whatever those are.
CREATE TABLE retention_backlog_kept AS
	SELECT g.recipe_id, coalesce(g.updated_at, g.created_at, 'infinity') AS kept_at, g.id AS kept_id
	FROM generations g
	WITH NO DATA;
ALTER TABLE retention_backlog_kept ADD COLUMN run_id uuid NOT NULL;
