	-- The policies, those first that go before others. What they say of a row is SQL on the alias
	-- t: the number of its policy, the time before which it is due, the latest of these times,
	-- whether it is held, whether its policy keeps none of the newest, and how many it keeps.
	own_limit := CASE WHEN {maxAge} = 0 THEN 'infinity' ELSE to_char(run_cutoff, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') END;
	WITH ordered AS (
		SELECT p.*, row_number() OVER (
				ORDER BY cardinality(c.places) DESC, c.places, p.id COLLATE "C") AS number,
			(SELECT string_agg('t.' || quote_ident(m.key) || coalesce(' = ' || quote_literal(m.value), ' IS NULL'), ' AND ')
				FROM jsonb_each_text(p.match) AS m) AS condition,
			CASE p.max_age_hours WHEN 0 THEN 'infinity' ELSE begun - make_interval(hours => p.max_age_hours) END AS due_before,
			coalesce(p.keep_newest, {ownKeep}) AS keep
		FROM retention_policy p
		CROSS JOIN LATERAL (SELECT ARRAY(
			SELECT coalesce(array_position({narrowBy}, k), cardinality({narrowBy}) + 1)
			FROM jsonb_object_keys(p.match) AS k ORDER BY 1) AS places) c
		WHERE p.rule = this_task),
	policies AS (
		SELECT o.*, CASE WHEN o.due_before IS NULL THEN own_limit WHEN isfinite(o.due_before)
				THEN to_char(o.due_before, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') ELSE 'infinity' END AS due_text,
			(SELECT 'CASE ' || string_agg('WHEN ' || c.condition || ' THEN ' || c.number, ' ' ORDER BY c.number) || ' ELSE 0 END'
				FROM ordered c) AS choice
		FROM ordered o)
	SELECT coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'match', p.match, 'maxAgeHours', p.max_age_hours,
				'keepNewest', p.keep_newest, 'hold', p.hold, 'note', p.note) ORDER BY p.number), '[]'),
			ARRAY[min(p.choice),
				'CASE ' || string_agg('WHEN ' || p.condition || ' THEN ' || quote_literal(p.due_text), ' ' ORDER BY p.number)
					|| ' ELSE ' || quote_literal(own_limit) || ' END',
				quote_literal(CASE WHEN own_limit = 'infinity' OR bool_or(p.due_text = 'infinity') THEN 'infinity'
					ELSE greatest(own_limit COLLATE "C", max(p.due_text COLLATE "C")) END),
				coalesce(string_agg(p.condition, ' OR ') FILTER (WHERE p.hold), 'false'),
				min(p.choice) || ' IN (' || concat_ws(', ', CASE WHEN {ownKeep} = 0 THEN '0' END, '-1',
					string_agg(p.number::text, ', ') FILTER (WHERE p.keep = 0)) || ')',
				'CASE s.policy ' || string_agg('WHEN ' || p.number || ' THEN ' || p.keep, ' ') || ' ELSE {ownKeep} END'],
			{ownKeep} > 0 OR coalesce(bool_or(p.keep > 0), false)
		INTO in_force, excepted, newest_stay
		FROM policies p;
	IF in_force <> '[]' THEN
		SELECT jsonb_agg(s.value || (s.value -> 'underPolicies') ORDER BY s.place) INTO steps
			FROM jsonb_array_elements(steps) WITH ORDINALITY AS s (value, place);
	END IF;
