#variable_conflict error
DECLARE
	-- Each slice as its first place, its last, and the rows that it holds, more or less.
	slice_ends CONSTANT text[] := {slices};
	slice_begun CONSTANT timestamptz := clock_timestamp();
	slice_number bigint := {number};
	slice_started timestamptz; slice_took double precision; slice_pause double precision;
	slice_places text[]; {places}
	slice_groups text[]; slice_group_rows bigint[]; slice_reasons text[];
	slice_removed bigint; slice_kept bigint := 0;
	slice_cancelled boolean; slice_exceeded boolean;
BEGIN
	FOREACH slice_places SLICE 1 IN ARRAY slice_ends LOOP
		slice_started := clock_timestamp();
		PERFORM {settings};
		SET CONSTRAINTS ALL IMMEDIATE;
		{assignments}
		{removal}
		{held}
		-- Counted and fenced as any batch. What is odd is left to a batch by itself, which says so.
		{count} INTO slice_cancelled, slice_exceeded;
		IF NOT FOUND OR slice_exceeded OR {series} <> (SELECT r.series FROM retention_run r WHERE r.id = {run}) THEN
			ROLLBACK;
			EXIT;
		END IF;
		slice_took := extract(epoch FROM clock_timestamp() - slice_started);
		INSERT INTO retention_batch (run_id, seq, removed, kept, groups, group_rows, reasons, micros)
			VALUES ({run}, slice_number, slice_removed, slice_kept, slice_groups, slice_group_rows, slice_reasons,
				slice_took * 1000000);
		COMMIT;
		slice_number := slice_number + 1;
		-- Rows that are only walked over are no work that others would need a rest from. A pause that
		-- would take longer than the series may is left to the caller, who can be told to end.
		slice_pause := extract(epoch FROM clock_timestamp() - slice_started) * {pause} * (0.8 + 0.4 * random())
			* least(1, slice_removed / slice_places[array_length(slice_places, 1)]::double precision);
		EXIT WHEN slice_cancelled
			OR clock_timestamp() - slice_begun + make_interval(secs => slice_pause) > {budget};
		PERFORM pg_sleep(slice_pause);
	END LOOP;
END
