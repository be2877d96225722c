
-- Written by the retention service from the rule {rule}. Do not edit: the service replaces
-- it at its start when the rule or its settings have changed.
--
-- It runs in the transaction of its caller, because a function cannot commit. So it is all or
-- nothing: until the caller commits, nobody sees the run, the service is told that one is
-- under way, and the removed rows stay locked. If the caller rolls back, fails or dies, no row
-- is gone, there is neither a run nor a ledger row, and the lock is free.
DECLARE
	this_task CONSTANT text := {task};
	ledger_type CONSTANT text := {ledgerType};
	ledger_user CONSTANT text := {ledgerUser};
	-- For each table, children before parents, its statements for format() and "arguments".
	steps jsonb := jsonb_build_array({steps});
	this_run CONSTANT uuid := gen_random_uuid();
	this_owner CONSTANT text := 'database-' || pg_backend_pid();
	held_until timestamp; begun timestamptz; run_cutoff timestamptz;
	ended uuid[]; step jsonb; walk jsonb; spans jsonb;
	-- The arguments: cutoff, run, condition of protected rows, the slice's first and last time,
	-- rows to cut, rows to look ahead, keys that are gone, six about policies; then the types of
	-- the key's columns, the slice's first key and its last.
	arguments text[]; key_types text[];
	referenced text; follows boolean; followers text[];
	own_limit text; in_force jsonb; excepted text[]; newest_stay boolean;
	stock record; cut record;
	first_time text; first_key text[]; last_time text; last_key text[];
	rows_to_try bigint; fault text; hurried boolean := false;
	keys_gone text[]; look text; seen boolean;
	rows_gone bigint; rows_held bigint; removed bigint;
	due bigint := 0; total bigint := 0; kept bigint := 0; locked bigint := 0; changed bigint := 0;
	step_kept bigint; step_locked bigint;
	by_table jsonb := '{}'; kept_columns jsonb := '{}';
	max_rows CONSTANT bigint := {maxRows};
	max_share CONSTANT numeric := {maxShare};
	refused_before uuid; all_rows bigint := 0; counted bigint; most_rows bigint; objection text;
	-- Numbers in texts for people.
	grouped CONSTANT text := 'FM999,999,999,999,999,999';
	id_wanted boolean; description_length integer; columns text; entry jsonb; booked uuid;
BEGIN
	IF NOT EXISTS (SELECT FROM users u WHERE u.id = {ledgerUser}) THEN
		RAISE EXCEPTION 'The users table has no row with id ''%''', ledger_user
			USING HINT = 'Insert it, or set retention.backlog.user-id (BACKLOG_USER_ID) and restart the service.';
	END IF;

	{windows}

	-- Lock: a lease that another holds is respected, and the row lock keeps others out until
	-- this transaction has ended, however it ends.
	BEGIN
		INSERT INTO retention_lock (name, lock_until, locked_at, locked_by)
			VALUES (this_task, timestamp 'epoch', timestamp 'epoch', 'none')
			ON CONFLICT (name) DO NOTHING;
		SELECT l.lock_until INTO STRICT held_until FROM retention_lock l WHERE l.name = this_task FOR UPDATE NOWAIT;
	EXCEPTION WHEN lock_not_available THEN
		held_until := 'infinity';
	END;
	IF held_until > clock_timestamp() AT TIME ZONE 'UTC' THEN
		RAISE EXCEPTION 'A run of % is already under way%', this_task,
				coalesce(': ' || (SELECT r.id FROM retention_run r WHERE r.task = this_task AND r.status = 'running'), '')
			USING ERRCODE = 'lock_not_available';
	END IF;
	UPDATE retention_lock l
		SET locked_at = clock_timestamp() AT TIME ZONE 'UTC', lock_until = clock_timestamp() AT TIME ZONE 'UTC',
			locked_by = this_owner
		WHERE l.name = this_task;

	-- Leftovers: what is open although its lock was free belongs to an instance that died.
	WITH closed AS (
		UPDATE retention_run r
			SET status = 'interrupted', error = 'The instance that carried it out died or lost its lock',
				finished_at = clock_timestamp(), paused = false, waiting_for = NULL
			WHERE r.task = this_task AND r.status = 'running'
			RETURNING r.id, r.dry_run)
	SELECT coalesce(array_agg(c.id) FILTER (WHERE NOT c.dry_run), '{}') INTO ended FROM closed c;
	IF ended <> '{}' AND has_table_privilege('retention_batch', 'DELETE') THEN
		DELETE FROM retention_batch b WHERE b.run_id = ANY (ended);
	END IF;

	-- The run. The cutoff comes from the clock once, here.
	begun := clock_timestamp();
	run_cutoff := begun - make_interval(secs => {maxAge});

{policies}
	INSERT INTO retention_run (id, task, mode, trigger, actor, status, dry_run, cutoff, started_at, owner, policies, actions)
		VALUES (this_run, this_task, 'regular', 'database', session_user, 'running', false, run_cutoff, begun, this_owner,
			in_force, jsonb_build_array(jsonb_build_object('action', 'started', 'actor', session_user, 'door', 'database',
				'at', to_char(begun, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'details', '{}'::jsonb)));

	-- Stock: the newest rows of each group, where the walk begins and ends, and what is due,
	-- before anything goes. Columns have the types of now, not of when this was written.
	FOR step IN SELECT s.value FROM jsonb_array_elements(steps) AS s (value) LOOP
		SELECT array_agg(format_type(a.atttypid, a.atttypmod) ORDER BY k.position) INTO key_types
			FROM jsonb_array_elements_text(step -> 'key') WITH ORDINALITY AS k (name, position)
			JOIN pg_attribute a ON a.attrelid = to_regclass(step ->> 'relation') AND quote_ident(a.attname) = k.name;
		SELECT coalesce('(' || string_agg(r.condition, ' OR ') || ')', 'false') INTO referenced
			FROM ({references}) AS r (condition);
		-- What an undo window keeps of a row: a text for each column.
		IF step ->> 'remove' LIKE '%<row>%' THEN
			SELECT i.texts, kept_columns || jsonb_build_object(step ->> 'table', CAST(i.names AS jsonb)) INTO look, kept_columns
				FROM ({rowImage}) AS i;
			steps := jsonb_set(steps, ARRAY[step ->> 'place', 'remove'],
				to_jsonb(replace(step ->> 'remove', '<row>', replace(look, '%', '%%'))));
		END IF;
		arguments := ARRAY[to_char(run_cutoff, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), this_run::text, referenced,
			NULL, NULL, NULL, NULL, NULL] || excepted || key_types;
		IF step ? 'keep' AND newest_stay THEN
			EXECUTE format(CASE WHEN EXISTS (SELECT FROM pg_index i
						WHERE i.indexrelid = to_regclass(step ->> 'rankIndex') AND i.indisvalid)
					THEN step ->> 'keepByIndex' ELSE step ->> 'keep' END, VARIADIC arguments);
		END IF;
		spans := '[]';
		FOR walk IN SELECT w.value FROM jsonb_array_elements(step -> 'walks') AS w (value) LOOP
			EXECUTE format(walk ->> 'last', VARIADIC arguments) INTO last_time, last_key;
			EXECUTE format(walk ->> 'first', VARIADIC arguments) INTO first_time, first_key;
			IF last_time IS NOT NULL AND first_time IS NOT NULL THEN
				spans := spans || jsonb_build_array(jsonb_build_array(first_time, first_key, last_time, last_key));
			END IF;
		END LOOP;
		EXECUTE format(step ->> 'stock', VARIADIC arguments) INTO stock;
		due := due + stock.due;
		IF max_share IS NOT NULL THEN
			EXECUTE format('SELECT count(*) FROM %s', step ->> 'relation') INTO counted;
			all_rows := all_rows + counted;
		END IF;
		steps := jsonb_set(steps, ARRAY[step ->> 'place', 'spans'], spans);
		steps := jsonb_set(steps, ARRAY[step ->> 'place', 'arguments'], to_jsonb(arguments));
		steps := jsonb_set(steps, ARRAY[step ->> 'place', 'counted'], to_jsonb(stock));
	END LOOP;

	-- Breaker: the same as in the service for a run that nobody watches.
	SELECT t.refused_run INTO refused_before FROM retention_task t WHERE t.name = this_task;
	most_rows := least(max_rows, floor(max_share * all_rows)::bigint);
	objection := CASE
		WHEN refused_before IS NOT NULL THEN 'The refused run ' || refused_before || ' has not been approved yet'
		WHEN due > max_rows THEN to_char(due, grouped) || CASE due WHEN 1 THEN ' row is' ELSE ' rows are' END || ' due, more than ' || {settings} || '.max-rows=' || max_rows || ' allows'
		WHEN due > most_rows THEN to_char(due, grouped) || CASE due WHEN 1 THEN ' row is' ELSE ' rows are' END || ' due, more than ' || {settings} || '.max-share=' || max_share || ' allows ('
			|| to_char(most_rows, grouped) || ' of ' || to_char(all_rows, grouped) || ')'
		END || '; preview the run, then approve it: start it with the number of rows to expect and no other option';

	-- Removal. A whole table goes in one statement. Where a foreign key or another session is
	-- in the way of it, fewer rows are tried, down to the single row that has to stay, and then
	-- twice as many each time: there are as many subtransactions as protected rows, times the
	-- logarithm of the rows between them.
	FOR step IN SELECT s.value FROM jsonb_array_elements(steps) AS s (value) LOOP
		EXIT WHEN objection IS NOT NULL;
		arguments := ARRAY(SELECT a.value FROM jsonb_array_elements_text(step -> 'arguments') WITH ORDINALITY AS a (value, position)
			ORDER BY a.position);
		removed := 0;
		step_kept := 0;
		step_locked := 0;

		-- A foreign key that would be looked at only when the caller commits is looked at now.
		FOR look IN SELECT format('SET CONSTRAINTS %I.%I IMMEDIATE', n.nspname, c.conname)
			FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace
			WHERE c.contype = 'f' AND c.confrelid = to_regclass(step ->> 'relation') AND c.condeferrable AND c.conparentid = 0
		LOOP
			EXECUTE look;
		END LOOP;
		-- The look for references that arrive meanwhile has to see them.
		IF jsonb_array_length(step -> 'looks') > 0 AND current_setting('transaction_isolation') <> 'read committed' THEN
			RAISE EXCEPTION '% has to run in a READ COMMITTED transaction', this_task;
		END IF;
		-- Rows of the rule that would go together with the row that they refer to.
		followers := ARRAY(SELECT DISTINCT CAST(CAST(c.conrelid AS regclass) AS text)
			FROM pg_constraint c
			WHERE c.contype = 'f' AND c.confrelid = to_regclass(step ->> 'relation') AND c.confdeltype NOT IN ('a', 'r')
				AND c.conparentid = 0 AND c.conrelid IN (SELECT to_regclass(x) FROM unnest({tied}) AS x));
		follows := step ? 'hold' AND followers <> '{}';

		FOR walk IN SELECT w.value FROM jsonb_array_elements(step -> 'spans') AS w (value) LOOP
			first_time := walk ->> 0;
			first_key := ARRAY(SELECT jsonb_array_elements_text(walk -> 1));
			last_time := walk ->> 2;
			last_key := ARRAY(SELECT jsonb_array_elements_text(walk -> 3));
			rows_to_try := (step ->> 'most')::bigint;
			WHILE first_time IS NOT NULL AND objection IS NULL LOOP
				key_types := arguments[15:14 + jsonb_array_length(step -> 'key')];
				arguments := ARRAY[arguments[1], arguments[2], arguments[3], first_time, last_time,
					rows_to_try::text, (rows_to_try + 1)::text, NULL] || excepted || key_types || first_key || last_key;
				SELECT NULL::text AS time, NULL::text[] AS key, NULL::text AS next_time, NULL::text[] AS next_key INTO cut;
				IF rows_to_try IS NOT NULL THEN
					EXECUTE format(step ->> 'cut', VARIADIC arguments) INTO cut;
				END IF;
				IF cut.time IS NULL THEN
					SELECT last_time AS time, last_key AS key, NULL::text AS next_time, NULL::text[] AS next_key INTO cut;
				END IF;
				arguments := ARRAY[arguments[1], arguments[2], arguments[3], first_time, cut.time,
					NULL, NULL, NULL] || excepted || key_types || first_key || cut.key;
				PERFORM set_config('lock_timeout', CASE WHEN NOT hurried THEN '10s' WHEN rows_to_try = 1 THEN '250ms' ELSE '50ms' END, true);
				BEGIN
					fault := NULL;
					IF follows AND has_table_privilege(to_regclass(step ->> 'relation'), 'UPDATE') THEN
						EXECUTE format(step ->> 'hold', VARIADIC arguments);
					ELSIF follows THEN
						FOREACH look IN ARRAY followers LOOP
							EXECUTE format('LOCK TABLE %s IN SHARE ROW EXCLUSIVE MODE', look);
						END LOOP;
					END IF;
					IF jsonb_array_length(step -> 'looks') = 0 THEN
						EXECUTE format(step ->> 'remove', VARIADIC arguments);
						GET DIAGNOSTICS rows_gone = ROW_COUNT;
					ELSE
						EXECUTE format(step ->> 'remove', VARIADIC arguments) INTO rows_gone, keys_gone;
						arguments[8] := keys_gone::text;
						FOR look IN SELECT l.value FROM jsonb_array_elements_text(step -> 'looks') AS l (value) LOOP
							EXECUTE format(look, VARIADIC arguments) INTO seen;
							IF seen THEN
								RAISE foreign_key_violation;
							END IF;
						END LOOP;
					END IF;
					EXECUTE format(step ->> 'held', VARIADIC arguments) INTO rows_held;
					IF total + removed + rows_gone > most_rows THEN
						RAISE SQLSTATE 'RTN01';
					END IF;
				EXCEPTION
					WHEN SQLSTATE 'RTN01' THEN
						objection := 'More rows became due during the run than it may remove; what it removed until then is counted';
						CONTINUE;
					WHEN foreign_key_violation OR restrict_violation THEN
						fault := 'referenced';
					WHEN lock_not_available OR deadlock_detected THEN
						fault := 'locked';
						hurried := true;
				END;
				IF fault IS NULL THEN
					removed := removed + rows_gone;
					step_kept := step_kept + rows_held;
					rows_to_try := least(rows_to_try * 2, (step ->> 'most')::bigint);
				ELSIF rows_to_try = 1 OR (first_time = cut.time AND first_key = cut.key) THEN
					step_kept := step_kept + CASE WHEN fault = 'referenced' THEN 1 ELSE 0 END;
					step_locked := step_locked + CASE WHEN fault = 'locked' THEN 1 ELSE 0 END;
					rows_to_try := 1;
				ELSE
					rows_to_try := greatest(coalesce(rows_to_try, (step -> 'counted' ->> 'candidates')::bigint) / 2, 1);
					CONTINUE;
				END IF;
				first_time := cut.next_time;
				first_key := cut.next_key;
			END LOOP;
			by_table := by_table || CASE WHEN removed = 0 THEN '{}' ELSE jsonb_build_object(step ->> 'table', removed) END;
		END LOOP;
		kept := kept + step_kept;
		locked := locked + step_locked;
		total := total + removed;
		changed := changed + greatest(0, (step -> 'counted' ->> 'due')::bigint - removed - step_locked
			- greatest(0, step_kept - (step -> 'counted' ->> 'referenced')::bigint));
	END LOOP;
	DELETE FROM retention_kept k WHERE k.run_id = this_run;

	-- Counts and note.
	UPDATE retention_run r
		SET status = CASE WHEN objection IS NULL THEN 'succeeded' ELSE 'refused' END, error = objection, row_limit = most_rows,
			finished_at = clock_timestamp(), undo_until = begun + {undo}, undo_columns = nullif(kept_columns, '{}'),
			rows_due = due, rows_removed = total,
			rows_kept_referenced = kept, rows_left_locked = locked, removed_by_table = by_table,
			note = (SELECT string_agg(to_char(p.number, grouped) || CASE WHEN p.number = 1 THEN ' row ' ELSE ' rows ' END || p.what, '; ' ORDER BY p.place)
				FROM (VALUES (1, kept, 'kept (still referenced)'),
					(2, locked, 'left to the next run (held by another session for longer than 10 s)'),
					(3, CASE WHEN objection IS NULL THEN changed ELSE 0 END, 'no longer due when their turn came (changed or removed by others)')) AS p (place, number, what)
				WHERE p.number > 0)
		WHERE r.id = this_run;
	IF objection IS NOT NULL THEN
		INSERT INTO retention_task AS t (name, refused_run)
			VALUES (this_task, this_run)
			ON CONFLICT (name) DO UPDATE SET refused_run = coalesce(t.refused_run, excluded.refused_run);
		RAISE WARNING 'Run % of % was refused: %', this_run, this_task, objection;
	END IF;

	-- Ledger: each value is read as the type that the column has, a text is cut to what the
	-- column takes, and an id is made up where the ledger wants one.
	SELECT coalesce(min(l.length), 1000000000) INTO description_length FROM ({descriptionLength}) AS l (length);
	SELECT count(*) > 0 INTO id_wanted FROM ({withoutDefault}) AS w (name) WHERE w.name = 'id';
	SELECT concat_ws(', ', CASE WHEN id_wanted THEN 'id' END, 'user_id, amount, type, description, created_at',
			(SELECT 'metadata' FROM ({columns}) AS c (name) WHERE c.name = 'metadata'))
		INTO columns;
	FOREACH booked IN ARRAY ended || this_run LOOP
		SELECT jsonb_build_object('id', gen_random_uuid()::text,
				'user_id', ledger_user,
				'amount', r.rows_removed,
				'type', ledger_type,
				'description', left(CASE WHEN r.mode = 'emergency' THEN 'EMERGENCY ' ELSE '' END || {ledgerName} || ': '
					|| to_char(abs(r.rows_removed), grouped) || CASE WHEN abs(r.rows_removed) = 1 THEN ' row' ELSE ' rows' END
					|| CASE WHEN r.mode = 'restore' THEN ' restored' ELSE ' removed' END
					|| (SELECT CASE WHEN count(*) > 1 THEN ' (' || string_agg(to_char(abs(t.value::bigint), grouped) || ' ' || t.key, ', ') || ')' ELSE '' END
						FROM jsonb_each_text(r.removed_by_table) AS t (key, value))
					|| CASE WHEN r.status = 'succeeded' THEN '' ELSE '; run ' || replace(r.status, '_', ' ') || coalesce(': ' || r.error, '') END
					|| coalesce('; ' || r.note, ''), description_length),
				'created_at', to_char(r.finished_at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
				'metadata', jsonb_build_object('runId', r.id, 'task', r.task, 'mode', r.mode, 'trigger', r.trigger,
					'actor', r.actor, 'status', r.status,
					'cutoff', to_char(r.cutoff, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
					'startedAt', to_char(r.started_at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
					'finishedAt', to_char(r.finished_at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
					'options', r.options, 'removedByTable', r.removed_by_table,
					'rowsKeptReferenced', r.rows_kept_referenced, 'rowsLeftLocked', r.rows_left_locked,
					'error', r.error, 'note', r.note, 'expectedRows', r.expected_rows, 'actions', r.actions))
			INTO STRICT entry
			FROM retention_run r
			WHERE r.id = booked;
		IF NOT id_wanted THEN
			entry := entry - 'id';
		END IF;
		EXECUTE format('INSERT INTO credit_transactions (%1$s) SELECT %1$s'
			|| ' FROM jsonb_populate_record(CAST(NULL AS credit_transactions), $1)', columns) USING entry;
	END LOOP;
	RETURN total;
END
