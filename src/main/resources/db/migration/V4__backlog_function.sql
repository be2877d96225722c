-- backlog_cleanup_failed_generations(): the regular backlog cleanup for callers inside the
-- database, such as pg_cron. The same rule, lock, history and ledger as the service.
--
-- It runs in its caller's transaction, because a function cannot commit. So it is all or
-- nothing: until the caller commits, nobody sees the run, the service's own runs are told
-- that one is under way, and the removed rows stay locked; if the caller rolls back, fails
-- or dies, no row is gone and there is neither a run nor a ledger row, and the lock is free.
-- Where millions of rows are due, the service's runs, which go in batches, are kinder.
--
-- Nothing here waits on data: it adds functions and a column without a default.

-- What the rule was told, so that the function follows the service's configuration. The
-- service writes it at its start, and "pg-cron install" writes it too.
ALTER TABLE retention_task ADD COLUMN settings jsonb;
INSERT INTO retention_task (name, settings)
	VALUES ('backlog-cleanup', jsonb_build_object('userId', '${backlogUserId}', 'maxAgeSeconds', 86400, 'keepPerRecipe', 10))
	ON CONFLICT (name) DO UPDATE SET settings = excluded.settings;

-- The row that the lock is taken on is always there, so that two callers meet on it.
INSERT INTO retention_lock (name, lock_until, locked_at, locked_by)
	VALUES ('backlog-cleanup', timestamp 'epoch', timestamp 'epoch', 'none')
	ON CONFLICT (name) DO NOTHING;

-- Older functions of that name, whatever they took and returned: replacing one cannot
-- change its type, and one with defaults would make the call without arguments ambiguous.
DO $$
DECLARE
	old regprocedure;
BEGIN
	FOR old IN SELECT p.oid FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
		WHERE p.proname = 'backlog_cleanup_failed_generations' AND n.nspname = ANY (current_schemas(false))
	LOOP
		EXECUTE format('DROP ROUTINE %s', old);
	END LOOP;
END
$$;

-- Books an ended run to the backlog user, as CreditLedger does: each value is read as the
-- type that the ledger's column has, and an id is made up where the ledger wants one.
CREATE FUNCTION retention_book_backlog_run(run uuid, user_id text) RETURNS void
	LANGUAGE plpgsql VOLATILE SECURITY INVOKER
AS $$
DECLARE
	columns text := 'user_id, amount, type, description, created_at';
	entry jsonb;
BEGIN
	SELECT jsonb_build_object('id', gen_random_uuid()::text,
			'user_id', user_id,
			'amount', r.rows_removed,
			'type', 'backlog_cleanup',
			'description', CASE WHEN r.mode = 'emergency' THEN 'EMERGENCY ' ELSE '' END || 'backlog cleanup: '
				|| r.rows_removed || CASE WHEN r.rows_removed = 1 THEN ' row removed' ELSE ' rows removed' END
				|| CASE WHEN r.status = 'succeeded' THEN '' ELSE '; run ' || replace(r.status, '_', ' ') || coalesce(': ' || r.error, '') END,
			'created_at', to_char(r.finished_at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
			'metadata', jsonb_build_object('runId', r.id, 'task', r.task, 'mode', r.mode, 'trigger', r.trigger,
				'actor', r.actor, 'status', r.status,
				'cutoff', to_char(r.cutoff, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
				'startedAt', to_char(r.started_at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
				'finishedAt', to_char(r.finished_at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
				'options', r.options, 'removedByTable', r.removed_by_table,
				'rowsKeptReferenced', r.rows_kept_referenced, 'error', r.error))
		INTO STRICT entry
		FROM retention_run r
		WHERE r.id = run;
	SELECT columns || coalesce(string_agg(', ' || a.attname, ''), '')
		INTO columns
		FROM pg_attribute a
		WHERE a.attrelid = to_regclass('credit_transactions') AND a.attnum > 0 AND NOT a.attisdropped
			AND (a.attname = 'metadata'
				OR a.attname = 'id' AND a.attnotnull AND NOT a.atthasdef AND a.attidentity = '');
	IF columns !~ ', id\M' THEN
		entry := entry - 'id';
	END IF;
	EXECUTE format('INSERT INTO credit_transactions (%1$s) SELECT %1$s'
		|| ' FROM jsonb_populate_record(CAST(NULL AS credit_transactions), $1)', columns) USING entry;
END
$$;

CREATE FUNCTION backlog_cleanup_failed_generations() RETURNS bigint
	LANGUAGE plpgsql VOLATILE SECURITY INVOKER
AS $$
DECLARE
	task CONSTANT text := 'backlog-cleanup';
	settings jsonb;
	run uuid := gen_random_uuid();
	leftover record;
	due record;
	held_until timestamp;
	started timestamptz;
	cutoff timestamptz;
	failed text;
	stale text;
	referenced text;
	candidates text;
	found bigint;
	gone bigint;
	removed bigint;
	kept bigint;
BEGIN
	SELECT t.settings INTO settings FROM retention_task t WHERE t.name = task;
	IF settings IS NULL THEN
		RAISE EXCEPTION 'The settings of % are not known', task
			USING HINT = 'Start the retention service once; it writes them.';
	END IF;
	IF NOT EXISTS (SELECT FROM users u WHERE u.id::text = settings ->> 'userId') THEN
		RAISE EXCEPTION 'The users table has no row with id ''%''', settings ->> 'userId'
			USING HINT = 'Insert it, or set retention.backlog.user-id (BACKLOG_USER_ID) and restart the service.';
	END IF;

	-- The lock of the service: a lease that another holds is respected, and the row lock
	-- keeps others out until this transaction has ended, however it ends.
	BEGIN
		INSERT INTO retention_lock (name, lock_until, locked_at, locked_by)
			VALUES (task, timestamp 'epoch', timestamp 'epoch', 'none')
			ON CONFLICT (name) DO NOTHING;
		SELECT l.lock_until INTO STRICT held_until FROM retention_lock l WHERE l.name = task FOR UPDATE NOWAIT;
	EXCEPTION WHEN lock_not_available THEN
		held_until := 'infinity';
	END;
	IF held_until > clock_timestamp() AT TIME ZONE 'UTC' THEN
		RAISE EXCEPTION 'A run of % is already under way%', task,
				coalesce(': ' || (SELECT r.id FROM retention_run r WHERE r.task = 'backlog-cleanup' AND r.status = 'running'), '')
			USING ERRCODE = 'lock_not_available';
	END IF;
	UPDATE retention_lock l
		SET locked_at = clock_timestamp() AT TIME ZONE 'UTC', lock_until = clock_timestamp() AT TIME ZONE 'UTC',
			locked_by = 'database-' || pg_backend_pid()
		WHERE l.name = task;

	-- What is open although its lock was free belongs to an instance that died.
	FOR leftover IN
		UPDATE retention_run r
			SET status = 'interrupted', error = 'The instance that carried it out died or lost its lock',
				finished_at = clock_timestamp()
			WHERE r.task = 'backlog-cleanup' AND r.status = 'running'
			RETURNING r.id, r.dry_run
	LOOP
		IF NOT leftover.dry_run THEN
			PERFORM retention_book_backlog_run(leftover.id, settings ->> 'userId');
		END IF;
	END LOOP;

	started := clock_timestamp();
	cutoff := started - make_interval(secs => (settings ->> 'maxAgeSeconds')::bigint);
	INSERT INTO retention_run (id, task, mode, trigger, actor, status, dry_run, cutoff, started_at, owner)
		VALUES (run, task, 'regular', 'database', session_user, 'running', false, cutoff, started,
			'database-' || pg_backend_pid());

	-- Another table's foreign key protects a row; see Catalog.
	SELECT coalesce('(' || string_agg(format('EXISTS (SELECT FROM %s r WHERE %s)', c.conrelid::regclass,
				(SELECT string_agg(format('r.%I = g.%I', f.attname, k.attname), ' AND ')
					FROM unnest(c.conkey, c.confkey) AS pair (fk, pk)
					JOIN pg_attribute f ON f.attrelid = c.conrelid AND f.attnum = pair.fk
					JOIN pg_attribute k ON k.attrelid = c.confrelid AND k.attnum = pair.pk)), ' OR ') || ')', 'false')
		INTO referenced
		FROM pg_constraint c
		WHERE c.contype = 'f' AND c.confrelid = to_regclass('generations') AND c.conparentid = 0
			AND c.confdeltype IN ('a', 'r') AND has_table_privilege(c.conrelid, 'SELECT');

	-- A foreign key that would be looked at only when the caller commits is looked at now.
	FOR due IN SELECT n.nspname, c.conname FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace
		WHERE c.contype = 'f' AND c.confrelid = to_regclass('generations') AND c.condeferrable AND c.conparentid = 0
	LOOP
		EXECUTE format('SET CONSTRAINTS %I.%I IMMEDIATE', due.nspname, due.conname);
	END LOOP;

	-- Literals have no type of their own, so that they fit whatever types the columns have.
	failed := format('g.user_id = %L AND g.status = ''failed''', settings ->> 'userId');
	stale := format('coalesce(g.updated_at, g.created_at, ''infinity'') < %L',
		to_char(cutoff, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'));

	-- Rows are named by their version: one that changes while this runs, because it is
	-- tried again, stays even if it fails again.
	candidates := format('SELECT g.part, g.place'
		|| ' FROM (SELECT g.tableoid AS part, g.ctid AS place, g.updated_at, g.created_at,'
		|| ' row_number() OVER (PARTITION BY g.recipe_id'
		|| ' ORDER BY coalesce(g.updated_at, g.created_at, ''infinity'') DESC, g.id DESC) AS position'
		|| ' FROM generations g WHERE %s) g WHERE g.position > %s AND %s',
		failed, (settings ->> 'keepPerRecipe')::bigint, stale);
	BEGIN
		EXECUTE format('WITH due AS MATERIALIZED (%1$s), gone AS (DELETE FROM generations g USING due d'
				|| ' WHERE g.tableoid = d.part AND g.ctid = d.place AND %2$s AND %3$s AND NOT %4$s RETURNING 1)'
				|| ' SELECT (SELECT count(*) FROM due), (SELECT count(*) FROM gone),'
				|| ' (SELECT count(*) FROM generations g JOIN due d ON g.tableoid = d.part AND g.ctid = d.place WHERE %4$s)',
				candidates, failed, stale, referenced)
			INTO found, removed, kept;
	EXCEPTION WHEN foreign_key_violation OR restrict_violation THEN
		-- A reference that may not be read, or that came in this moment: row by row.
		found := 0;
		removed := 0;
		kept := 0;
		FOR due IN EXECUTE candidates LOOP
			found := found + 1;
			BEGIN
				EXECUTE format('DELETE FROM generations g WHERE g.tableoid = $1 AND g.ctid = $2 AND %s AND %s',
						failed, stale)
					USING due.part, due.place;
				GET DIAGNOSTICS gone = ROW_COUNT;
				removed := removed + gone;
			EXCEPTION WHEN foreign_key_violation OR restrict_violation THEN
				kept := kept + 1;
			END;
		END LOOP;
	END;

	UPDATE retention_run r
		SET status = 'succeeded', finished_at = clock_timestamp(), rows_due = found - kept, rows_removed = removed,
			rows_kept_referenced = kept,
			removed_by_table = CASE WHEN found - kept > 0 THEN jsonb_build_object('generations', removed) ELSE '{}' END
		WHERE r.id = run;
	PERFORM retention_book_backlog_run(run, settings ->> 'userId');
	RETURN removed;
END
$$;

COMMENT ON FUNCTION backlog_cleanup_failed_generations() IS
	'Removes old failed generations of the backlog user by the rule of the retention service; returns how many.';

-- Fixed surroundings, with the caller's rights: the tables are those that the migrations
-- found, whatever the caller's search_path, and no time depends on the caller's zone.
DO $$
DECLARE
	path text := (SELECT string_agg(quote_ident(s), ', ') FROM unnest(current_schemas(false)) AS s);
	own regprocedure;
BEGIN
	FOREACH own IN ARRAY ARRAY['retention_book_backlog_run(uuid, text)'::regprocedure,
			'backlog_cleanup_failed_generations()'::regprocedure]
	LOOP
		EXECUTE format('ALTER FUNCTION %s SET search_path = %s, pg_temp', own, path);
		EXECUTE format('ALTER FUNCTION %s SET timezone = %L', own, 'UTC');
		EXECUTE format('ALTER FUNCTION %s SET jit = off', own);
		EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', own);
	END LOOP;
END
$$;
