-- What people did to a run, and the bounds that a run is held to. Constant defaults and columns
-- without one, so nothing here waits on data.

-- actions: who started, approved, paused or cancelled the run, and through which door.
-- expected_rows: the number that the caller expects to lose at most; null where none was given.
-- row_limit: the most rows that the run may remove, by that or by its rule's max-rows and
-- max-share; written when the rows are counted, and checked by every batch.
ALTER TABLE retention_run
	ADD COLUMN actions jsonb NOT NULL DEFAULT '[]',
	ADD COLUMN expected_rows bigint,
	ADD COLUMN row_limit bigint;

-- The run that found more due than the rule lets a run remove that nobody watches. Until somebody
-- approves, the rule removes nothing by itself. Here and not in the history, which is forgotten.
ALTER TABLE retention_task ADD COLUMN refused_run uuid;
