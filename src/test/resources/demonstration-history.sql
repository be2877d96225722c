-- A month of runs and samples that nobody waited for, so that every chart has something to show.
-- Loaded once, when the service has made its tables; times count back from that moment.
select setseed(0.42);

create temp table demo_day as
select d as age, (date_trunc('day', now() at time zone 'UTC') - d * interval '1 day') at time zone 'UTC' as day,
  (70 + 90 * random())::int + case when d in (9, 23) then 1100 when d = 10 then 400 else 0 end as failures,
  (1500 + 700 * random())::int as jobs
from generate_series(0, 30) d;

create temp table demo_run as
select gen_random_uuid() as id, 'backlog-cleanup' as task, day + interval '2 hours' as started,
  lag(failures, 1, 120) over (order by day) as removed, interval '24 hours' as max_age,
  case age when 12 then 'failed' when 23 then 'timed_out' else 'succeeded' end as status
from demo_day
union all
select gen_random_uuid(), 'job-purge', day + n * interval '6 hours' + interval '60 seconds', jobs / 4, interval '48 hours',
  case when age = 5 and n = 2 then 'cancelled' else 'succeeded' end
from demo_day cross join generate_series(0, 3) n;
delete from demo_run where started > now() - interval '15 minutes' or started < now() - interval '30 days';
update demo_run set removed = removed / 3 where status <> 'succeeded';

insert into retention_run (id, task, mode, trigger, actor, status, dry_run, cutoff, started_at, finished_at, rows_due, rows_removed,
  removed_by_table, error, owner, actions, removed_by_group)
select id, task, 'regular', 'schedule', 'scheduler', status, false, started - max_age, started,
  started + interval '700 ms' + removed * interval '2 ms', case when status = 'succeeded' then removed else removed * 3 end, removed,
  case task when 'backlog-cleanup' then jsonb_build_object('generations', removed)
    else jsonb_build_object('upscale_jobs', removed * 7 / 25, 'jobs', removed - removed * 7 / 25) end,
  case status when 'failed' then 'The database could not be reached for 2m' when 'cancelled' then 'Cancelled by an operator'
    when 'timed_out' then 'Reached retention.run.max-duration (1h); the next run goes on from here' end,
  'demonstration', jsonb_build_array(jsonb_build_object('action', 'started', 'actor', 'scheduler', 'door', 'schedule',
    'at', to_char(started at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'details', '{}'::jsonb)),
  case task when 'backlog-cleanup' then jsonb_build_array(jsonb_build_array('16', removed / 3), jsonb_build_array('4', removed / 5),
    jsonb_build_array('20', removed / 8), jsonb_build_array(null, removed / 20)) end
from demo_run;

-- Each run is booked, as the service does it.
insert into credit_transactions (user_id, amount, type, description, created_at, metadata)
select 'system_backlog', rows_removed, replace(task, '-', '_'), replace(task, '-', ' ') || ': ' || rows_removed || ' rows removed'
    || case status when 'succeeded' then '' else '; run ' || replace(status, '_', ' ') || ': ' || error end,
  finished_at at time zone 'UTC', jsonb_build_object('runId', id, 'task', task, 'mode', mode, 'trigger', trigger, 'actor', actor,
    'status', status, 'cutoff', to_char(cutoff at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))
from retention_run where owner = 'demonstration';

-- More arrives in the evening than at night.
insert into retention_arrival (rule, hour, rows)
select r.rule, d.day + h * interval '1 hour', (r.rows / 24.0 * (1 + 0.6 * sin((h - 8) * pi() / 12)))::int
from demo_day d cross join generate_series(0, 23) h
cross join lateral (values ('backlog-cleanup', d.failures), ('job-purge', d.jobs)) r (rule, rows)
where d.age > 0
on conflict do nothing;

insert into retention_sample (taken_at, series, value)
select date_bin(interval '10 minutes', t, 'epoch'), s.series,
  greatest(0, s.rows * (1 + 0.25 * sin(extract(epoch from t) / 9000.0)) + s.rise * (extract(epoch from t)::bigint - s.reset) % 86400 / 86400)::bigint
from generate_series(now() - interval '30 days', now() - interval '10 minutes', interval '10 minutes') t
cross join (values ('failed:generations', 450, 160, 7200), ('failed:jobs', 180, 90, 60), ('failed:upscale jobs', 40, 20, 60),
  ('due:backlog-cleanup', 6, 150, 7200), ('due:job-purge', 20, 480, 60)) s (series, rows, rise, reset)
on conflict do nothing;

drop table demo_run, demo_day;
