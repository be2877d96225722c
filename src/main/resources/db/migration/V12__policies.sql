-- Exceptions to the rules, edited while the service runs, and who changed them. New tables of a
-- row a policy and a row a change, and a column with a constant default, so nothing here waits
-- on data.

CREATE TABLE retention_policy (
	rule text NOT NULL,
	id text NOT NULL,
	-- Columns and values as text; null stands for rows without a value.
	match jsonb NOT NULL,
	max_age_hours integer,
	keep_newest integer,
	hold boolean NOT NULL,
	note text,
	changed_at timestamptz NOT NULL,
	changed_by text NOT NULL,
	PRIMARY KEY (rule, id)
);

-- No tie rule says which of two policies with the same match a row falls under.
CREATE UNIQUE INDEX retention_policy_match_idx ON retention_policy (rule, match);

CREATE TABLE retention_policy_change (
	id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	rule text NOT NULL,
	policy text NOT NULL,
	changed_at timestamptz NOT NULL,
	actor text NOT NULL,
	door text NOT NULL,
	before jsonb,
	after jsonb
);
CREATE INDEX retention_policy_change_rule_idx ON retention_policy_change (rule, id);

-- The policies that were in force when a run started, which hold for the whole of it.
ALTER TABLE retention_run ADD COLUMN policies jsonb NOT NULL DEFAULT '[]';
