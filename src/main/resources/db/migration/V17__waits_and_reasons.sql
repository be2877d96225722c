-- How long runs were held back, and what they removed by reason. Columns with constant defaults or
-- none, so nothing here waits on data.

-- waited_millis: how long the run has waited (paused, outside of its windows, for replicas or busy
-- sessions), without the wait that it is in. waiting_since: when that began; null while it works.
-- removed_by_reason: rows removed by the values of the rule's reason column, as pairs like
-- removed_by_group; null where nobody counted. Restores count theirs too.
ALTER TABLE retention_run
	ADD COLUMN waited_millis bigint NOT NULL DEFAULT 0,
	ADD COLUMN waiting_since timestamptz,
	ADD COLUMN removed_by_reason jsonb;

-- The reason of each entry of groups; null where the rule has no reasons.
ALTER TABLE retention_batch ADD COLUMN reasons text[];
