-- A month of runs, samples and arrivals, as they follow from the rows of demonstration.sql. Loaded once,
-- when the service has made its tables.

-- When the runs were, and which of them were no ordinary nights.
create temp table demonstration_run as
select gen_random_uuid() as id, r.*, r.at at time zone 'utc' as started
from (
  select 'backlog-cleanup' as task, 'regular' as mode, 'schedule' as trigger, 'scheduler' as actor, '{}'::jsonb as options,
    night - n * interval '1 day' as at, interval '24 h' as age,
    case n when 12 then 'failed' when 22 then 'interrupted' else 'succeeded' end as status, false as dry_run
  from demonstration_story, generate_series(0, 29) n
  union all select 'backlog-cleanup', 'emergency', 'page', 'maya', '{}', emergency, '0', 'succeeded', false from demonstration_story
  union all select 'backlog-cleanup', 'regular', 'api', 'ops', '{"recipeId": "16"}', night - interval '15 days 11 h 30 min', '24 h', 'succeeded', false
    from demonstration_story
  union all select 'backlog-cleanup', 'regular', 'page', 'ops', '{}', night - interval '11 days 17 h 48 min', '24 h', 'succeeded', false
    from demonstration_story
  union all select 'job-purge', 'regular', 'schedule', 'scheduler', '{}', purge - n * interval '6 h', '48 h',
    case n when 18 then 'cancelled' else 'succeeded' end, false from demonstration_story, generate_series(0, 118) n
  union all select 'job-purge', 'regular', 'api', 'ops', '{"hours": "24"}', purge - interval '3 days 2 h', '24 h', 'succeeded', true
    from demonstration_story) r;

-- What each of them found and removed: all that was due, but for those that did not end well or only counted.
create temp table demonstration_count as
with gone as (
  select removed_at, kind = 'generations' as backlog, count(*) as removed, count(*) filter (where kind = 'upscale_jobs') as upscale_jobs
  from demonstration_row where removed_at is not null group by 1, 2),
referenced as (
  select r.id, count(*) as kept
  from demonstration_run r join demonstration_row d on d.kind = 'jobs' and d.status in ('completed', 'failed')
    and coalesce(d.due_at, 'infinity') > d.t + interval '48 h'
    and r.at > d.t + r.age and r.at < coalesce(d.due_at - interval '48 h' + r.age, 'infinity')
  where r.task = 'job-purge' group by 1),
found as (
  select r.id, count(*) as due
  from demonstration_run r join demonstration_row d on coalesce(d.removed_at, 'infinity') >= r.at
    and (d.kind = 'generations') = (r.task = 'backlog-cleanup')
    and d.due_at < r.at + case r.task when 'job-purge' then interval '48 h' - r.age else '0' end
  where r.status <> 'succeeded' or r.dry_run group by 1)
select r.id, coalesce(f.due, g.removed, 0) as due, case when r.dry_run then 0 else coalesce(g.removed, 0) end as removed,
  coalesce(g.upscale_jobs, 0) as upscale_jobs, coalesce(k.kept, 0) as kept
from demonstration_run r left join gone g on g.removed_at = r.at and g.backlog = (r.task = 'backlog-cleanup')
left join referenced k on k.id = r.id left join found f on f.id = r.id;

insert into retention_run (id, task, mode, trigger, actor, status, dry_run, options, cutoff, started_at, finished_at, rows_due, rows_removed,
  rows_kept_referenced, removed_by_table, error, owner, expected_rows, duty_cycle, actions, removed_by_group, removed_by_reason)
select r.id, r.task, r.mode, r.trigger, r.actor, r.status, r.dry_run, r.options, r.started - r.age, r.started,
  r.started + case r.status when 'failed' then interval '2 min' else '60 ms' end + c.removed * interval '0.3 ms', c.due, c.removed, c.kept,
  case when c.removed = 0 then '{}' when r.task = 'backlog-cleanup' then jsonb_build_object('generations', c.removed)
    else jsonb_build_object('upscale_jobs', c.upscale_jobs, 'jobs', c.removed - c.upscale_jobs) end,
  case r.status when 'failed' then 'The database could not be reached for 2m' when 'cancelled' then 'Cancelled by an operator'
    when 'interrupted' then 'The instance was stopped or lost its lock' end,
  'demonstration', case when r.trigger = 'page' then c.removed end, case when r.mode = 'emergency' then 1 else 0.5 end,
  jsonb_build_array(jsonb_build_object('action', 'started', 'actor', r.actor, 'door', r.trigger,
      'at', to_char(r.at, 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'details', '{}'::jsonb))
    || case when r.status = 'cancelled' then jsonb_build_array(jsonb_build_object('action', 'cancelled', 'actor', 'ops', 'door', 'page',
      'at', to_char(r.at + interval '0.2 s', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'details', '{}'::jsonb)) else '[]' end,
  (select jsonb_agg(jsonb_build_array(g.recipe_id::text, g.rows) order by g.rows desc) from (select d.recipe_id, count(*) as rows
      from demonstration_row d where d.kind = 'generations' and d.removed_at = r.at and r.task = 'backlog-cleanup' group by 1) g),
  (select jsonb_agg(jsonb_build_array(g.reason, g.rows) order by g.rows desc) from (select d.reason, count(*) as rows
      from demonstration_row d where d.kind = 'generations' and d.removed_at = r.at and r.task = 'backlog-cleanup' group by 1) g)
from demonstration_run r join demonstration_count c on c.id = r.id;

-- Each run is booked, as the service does it.
insert into credit_transactions (user_id, amount, type, description, created_at, metadata)
select 'system_backlog', rows_removed, replace(task, '-', '_'),
  case when mode = 'emergency' then 'EMERGENCY ' else '' end || replace(task, '-', ' ') || ': ' || rows_removed || ' rows removed'
    || case when task = 'job-purge' and rows_removed > 0 then ' (' || (removed_by_table ->> 'upscale_jobs') || ' upscale_jobs, ' || (removed_by_table ->> 'jobs') || ' jobs)' else '' end
    || case when status = 'succeeded' then '' else '; run ' || status || ': ' || error end,
  finished_at at time zone 'utc', jsonb_build_object('runId', id, 'task', task, 'mode', mode, 'trigger', trigger, 'actor', actor,
    'status', status, 'cutoff', to_char(cutoff at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'options', options, 'actions', actions)
from retention_run where owner = 'demonstration' and not dry_run;

-- Since when the service knows its rules, and which firings were the last.
insert into retention_task (name) values ('backlog-cleanup'), ('job-purge') on conflict do nothing;
update retention_task k set first_seen_at = s.now at time zone 'utc' - interval '30 days', scheduled_at = null, fired_by = 'demonstration',
  fired_at = case k.name when 'job-purge' then s.purge else s.night end at time zone 'utc',
  fired_for = case k.name when 'backlog-cleanup' then s.night at time zone 'utc' end
from demonstration_story s where k.name in ('backlog-cleanup', 'job-purge');

-- The hold that kept the outage's failures from last night's run.
with hold as (select jsonb_build_object('id', 'provider-outage', 'match', '{"failure_reason": "provider_error"}'::jsonb, 'maxAgeHours', null,
  'keepNewest', null, 'hold', true, 'note', 'Keep for the post-mortem of the outage') as policy)
insert into retention_policy_change (rule, policy, changed_at, actor, door, before, after)
select 'backlog-cleanup', 'provider-outage', c.at at time zone 'utc', 'maya', 'page', c.before, c.after
from (select held as at, null::jsonb as before, policy as after from demonstration_story, hold
  union all select lifted, policy, null from demonstration_story, hold) c
order by c.at;

insert into retention_arrival (rule, hour, rows)
select case kind when 'generations' then 'backlog-cleanup' else 'job-purge' end, date_trunc('hour', t) at time zone 'utc', count(*)
from demonstration_row where status in ('completed', 'failed') and t > now() at time zone 'utc' - interval '31 days'
group by 1, 2
on conflict (rule, hour) do nothing;

-- A sample is what had come by then and had not gone.
insert into retention_sample (taken_at, series, value)
with event as (
  select 'due:' || case kind when 'generations' then 'backlog-cleanup' else 'job-purge' end as series, due_at as come, removed_at as gone
  from demonstration_row where due_at < coalesce(removed_at, 'infinity') or due_at = removed_at
  union all
  select 'failed:' || replace(kind, '_', ' '), coalesce(t, night - interval '5 days'), removed_at
  from demonstration_row, demonstration_story where status = 'failed'),
step as (
  select e.series, date_bin('10 min', greatest(change.at, now - interval '30 days 10 min') + interval '10 min', 'epoch') as taken_at,
    sum(change.by) as by
  from demonstration_story, event e cross join lateral (values (e.come, 1), (e.gone, -1)) change (at, by)
  where change.at is not null group by 1, 2),
sample as (
  select s.series, t.taken_at, sum(step.by) over (partition by s.series order by t.taken_at) as value
  from (select distinct series from event) s
  cross join (select generate_series(date_bin('10 min', now - interval '30 days', 'epoch'), now, '10 min') as taken_at from demonstration_story) t
  left join step on step.series = s.series and step.taken_at = t.taken_at)
select taken_at at time zone 'utc', series, coalesce(value, 0) from sample
on conflict do nothing;

drop table demonstration_row, demonstration_story;
