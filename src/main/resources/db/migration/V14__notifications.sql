-- Notifications wait here until a webhook has taken them. The tables are small: a row a webhook,
-- a row a notification and webhook for some days, and up to three rows a task.

CREATE TABLE retention_webhook (
	name text PRIMARY KEY,
	-- The SHA-256 of its address, so that another address begins anew; the address may be a secret.
	target text NOT NULL,
	-- What happened before is not told.
	since timestamptz NOT NULL DEFAULT clock_timestamp(),
	-- When it answered 410 Gone; nothing is sent to it any more.
	gone_at timestamptz
);

CREATE TABLE retention_notification (
	id uuid PRIMARY KEY,
	webhook text NOT NULL,
	event_key text NOT NULL,
	type text NOT NULL,
	body text NOT NULL,
	state text NOT NULL DEFAULT 'pending',
	created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
	attempts integer NOT NULL DEFAULT 0,
	-- An instance that sends one moves this ahead; if it dies, another sends it then.
	next_attempt_at timestamptz NOT NULL DEFAULT clock_timestamp(),
	ended_at timestamptz,
	error text,
	-- One notification for each event, whichever instance sees it first.
	UNIQUE (webhook, event_key)
);
CREATE INDEX retention_notification_pending_idx ON retention_notification (webhook, next_attempt_at)
	WHERE state = 'pending';

-- Whether a task is overdue, down or has too many rows due, as all instances last knew it.
CREATE TABLE retention_alarm (
	task text NOT NULL,
	kind text NOT NULL,
	active boolean NOT NULL DEFAULT false,
	as_of timestamptz NOT NULL DEFAULT '-infinity',
	PRIMARY KEY (task, kind)
);

-- Runs to notify about are looked for every few seconds. A row a run, so the build takes milliseconds.
CREATE INDEX retention_run_notify_idx ON retention_run (finished_at)
	WHERE status IN ('failed', 'refused', 'timed_out');
