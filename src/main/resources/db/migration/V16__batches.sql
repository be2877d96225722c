-- What the batches of a call that has not been heard of yet have removed: a run that pauses
-- between small batches has the server carry out many of them in one call, each a transaction
-- of its own, and reads here how far it came. Small: the rows of a run's last second.

CREATE TABLE retention_batch (
	run_id uuid NOT NULL,
	seq bigint NOT NULL,
	removed bigint NOT NULL,
	kept bigint NOT NULL,
	groups text[],
	group_rows bigint[],
	micros bigint NOT NULL,
	PRIMARY KEY (run_id, seq)
);

-- Which call's batches count: whoever has heard of a call's end, or has given up waiting for it,
-- raises this, and what the server may still be about is undone.
ALTER TABLE retention_run ADD COLUMN series bigint NOT NULL DEFAULT 0;
