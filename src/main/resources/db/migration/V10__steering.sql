-- What an operator wants of a run while it goes on, and what the run waits for. The instance
-- that carries it out reads the wishes about once a second. Constant defaults: the table, a row
-- a run, is not rewritten.
ALTER TABLE retention_run
	ADD COLUMN paused boolean NOT NULL DEFAULT false,
	ADD COLUMN duty_cycle double precision,
	ADD COLUMN waiting_for text;
