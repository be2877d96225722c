-- Both platforms one or two days after an outage of the image provider, on the tables of platform.sql.
-- Everything that arrived in a month is worked out first, with the run that removed it; what no run
-- removed is what lies in the tables. demonstration-history.sql tells the rest: runs, samples, arrivals.
select setseed(0.42);

insert into recipes (id, name, slug, description, prompt, category, credit_cost)
select n, name, replace(lower(name), ' ', '-'), name || ', ready to share', 'A cinematic shot: ' || name,
  (array['sport','travel','portrait','fantasy'])[1 + n % 4], 1 + n % 3
from unnest(array[
  'Astronaut Picnic', 'Autumn Portrait', 'Baby Dragon Nursery', 'Based Ape Vlog', 'Beach Volleyball Llamas',
  'Birthday Claymation', 'Bollywood Poster', 'Cactus Western', 'Capybara Spa Day', 'Castle in the Clouds',
  'Chess Grandmaster Owl', 'City of Lanterns', 'Coral Reef Wedding', 'Cyberpunk Noodle Bar', 'Desert Rally',
  'Cat Olympic Diving', 'Dog Figure Skating', 'Elven Market', 'Film Noir Pigeon', 'Forest Spirit',
  'Frog Orchestra', 'Galaxy Bonsai', 'Glass Blower', 'Haunted Library', 'Hedgehog Barista',
  'Ice Palace', 'Jungle Train', 'Knight on a Scooter', 'Lava Lamp Planet', 'Lighthouse Storm',
  'Lofi Rooftop', 'Medieval Selfie', 'Moon Base Breakfast', 'Night Market Ramen', 'Otter Surf School',
  'Paper Boat Regatta', 'Pirate Penguins', 'Retro Space Race', 'Samurai Gardener', 'Snow Globe Village',
  'Steampunk Bicycle', 'Tiny Chef Kitchen', 'Underwater Tram', 'Yeti Yoga']) with ordinality as r (name, n);
select setval('recipes_id_seq', greatest(44, (select last_value from recipes_id_seq)));

insert into users (id, handle) select 'user-' || n, 'maker' || n from generate_series(1, 40) n;

-- What the story hangs on, as the platform stores times: the last nightly cleanup, the last purge, an
-- emergency, and a hold on the outage's failures that somebody has lifted since last night.
create table demonstration_story as
select n.now, n.night, n.now - interval '5 h 40 min' as purge, n.night - interval '9 days' + interval '9 h 20 min' as emergency,
  n.night - interval '25 h 30 min' as held, n.night + least(interval '6 h 25 min', 0.6 * (n.now - n.night)) as lifted
from (select t as now, date_trunc('day', t - interval '2 h') + interval '2 h' as night
  from (select now() at time zone 'utc' t) a) n;

-- Few recipes are popular, most are not.
create function pg_temp.a_recipe() returns integer language sql volatile
  as $$ select 16 - 15 * (random() < 0.08)::int + floor(28 * power(random(), 2.2))::int $$;

-- Failed generations. Those without a time come from an import.
create temp table failure (t timestamp, recipe_id integer, reason text);
insert into failure select now - interval '38 days' * random(),
    case when random() < 0.5 then pg_temp.a_recipe() else 1 + floor(44 * random())::int end,
    (array['timeout', 'timeout', 'content_policy', 'invalid_prompt'])[1 + floor(4 * random())::int]
  from demonstration_story, generate_series(1, 4500);
insert into failure select night - interval '27 h' - 6 * sqrt(random()) * interval '1 h', pg_temp.a_recipe(), 'provider_error'
  from demonstration_story, generate_series(1, 3600);
insert into failure select night - interval '27 h' - 6 * sqrt(random()) * interval '1 h', null, 'provider_error'
  from demonstration_story, generate_series(1, 140);
-- Recipes that were withdrawn since.
insert into failure select night - interval '27 h' - 6 * sqrt(random()) * interval '1 h', 900 + floor(3 * random())::int, 'provider_error'
  from demonstration_story, generate_series(1, 90);
-- Two earlier incidents: an emergency ended the first.
insert into failure select emergency - interval '10 min' - random() * interval '3 h', pg_temp.a_recipe(), 'timeout'
  from demonstration_story, generate_series(1, 900);
insert into failure select night - interval '23 days 10 h' + random() * interval '4 h', pg_temp.a_recipe(), 'timeout'
  from demonstration_story, generate_series(1, 700);
insert into failure select null, 16, 'timeout' from generate_series(1, 3);

-- A row can go when it is a day old and ten newer ones of its recipe have come. Held rows were no
-- part of that until the hold was lifted.
create table demonstration_row as
with ranked as (
  select f.*, coalesce(f.t, s.night - interval '5 days') as came, f.reason = 'provider_error' as held, s.night, s.lifted
  from failure f, demonstration_story s),
pushed as (
  select r.*, case when count(*) over apart = 10 then max(came) over apart end as pushed_apart,
    case when count(*) over whole = 10 then max(came) over whole end as pushed
  from ranked r
  window apart as (partition by recipe_id, held order by t desc nulls first rows between 10 preceding and 1 preceding),
    whole as (partition by recipe_id order by t desc nulls first rows between 10 preceding and 1 preceding)),
due as (
  select p.*, case when t is not null then least(
      case when not held and pushed_apart is not null then greatest(t + interval '24 h', pushed_apart) end,
      case when pushed is not null then greatest(t + interval '24 h', pushed, lifted) end) end as due_at
  from pushed p)
select 'generations' as kind, gen_random_uuid()::text as id, null::text as source, recipe_id, 'failed' as status, reason, t, due_at,
  case when due_at <= night then night - floor(extract(epoch from night - due_at) / 86400) * interval '1 day' end as removed_at
from due;

-- The emergency took all there was.
update demonstration_row r set removed_at = s.emergency from demonstration_story s
where r.kind = 'generations' and r.t <= s.emergency and coalesce(r.removed_at, 'infinity') > s.emergency;
-- Somebody once cleaned up one recipe by hand, before the night did.
update demonstration_row r set removed_at = s.night - interval '15 days 11 h 30 min' from demonstration_story s
where r.recipe_id = 16 and r.due_at <= s.night - interval '15 days 11 h 30 min' and r.removed_at > s.night - interval '15 days 11 h 30 min';
-- One night the database went away in the middle; the rest was removed by hand in the morning.
update demonstration_row r set removed_at = s.night - interval '11 days 17 h 48 min'
from demonstration_story s, (select id, row_number() over (order by t) * 3 > count(*) over () as rest
    from demonstration_row, demonstration_story where kind = 'generations' and removed_at = night - interval '12 days') o
where o.rest and r.id = o.id;
update demonstration_row r set removed_at = s.night - interval '11 days 17 h 48 min' from demonstration_story s
where r.due_at <= s.night - interval '11 days 17 h 48 min' and r.removed_at = s.night - interval '11 days';
-- One night the instance was stopped; the rest was left to the next night.
update demonstration_row r set removed_at = s.night - interval '21 days'
from demonstration_story s, (select id, row_number() over (order by t) * 2 > count(*) over () as rest
    from demonstration_row, demonstration_story where kind = 'generations' and removed_at = night - interval '22 days') o
where o.rest and r.id = o.id;

-- GenXray: images asked for, and some of them enlarged within two days; a few hang for ever.
create temp table image as
select gen_random_uuid()::text as id, t, case when t > now - interval '30 min' then (array['queued', 'processing'])[1 + n % 2]
    when random() < 0.001 then (array['queued', 'processing', 'cancelled'])[1 + n % 3]
    when random() < 0.93 then 'completed' else 'failed' end as status
from (select n, now, now - random() * interval '33 days' as t from demonstration_story, generate_series(1, 80000) n) a;
create temp table enlarged as
select gen_random_uuid()::text as id, source, t, case when t > now - interval '30 min' then 'queued' when random() < 0.002 then 'processing'
    when random() < 0.95 then 'completed' else 'failed' end as status
from (select i.id as source, s.now, i.t + power(random(), 4) * interval '44 h' as t
  from image i, demonstration_story s where i.status = 'completed' and random() < 0.35) a
where t <= now;

-- A job can go when the last upscale job that refers to it has gone.
insert into demonstration_row
select r.kind, r.id, r.source, null, r.status, null, r.t, r.due_at,
  case when r.due_at <= s.purge then s.purge - floor(extract(epoch from s.purge - r.due_at) / 21600) * interval '6 h' end
from demonstration_story s, (
  select 'upscale_jobs' as kind, id, source, status, t,
    case when status in ('completed', 'failed') then t + interval '48 h' end as due_at from enlarged
  union all
  select 'jobs', i.id, null, i.status, i.t,
    case when i.status in ('completed', 'failed') and not coalesce(e.hang, false) then greatest(i.t, e.last) + interval '48 h' end
  from image i left join (select source, max(t) as last, bool_or(status not in ('completed', 'failed')) as hang
    from enlarged group by source) e on e.source = i.id) r;
-- One purge was cancelled when half of the jobs were gone; the next one took the others.
update demonstration_row r set removed_at = o.removed_at + interval '6 h'
from (select id, removed_at, row_number() over (order by t) * 2 > count(*) over () as rest
    from demonstration_row, demonstration_story where kind = 'jobs' and removed_at = purge - interval '4 days 12 h') o
where o.rest and r.id = o.id;

-- The history begins a month ago.
delete from demonstration_row r using demonstration_story s
where r.removed_at < case r.kind when 'generations' then s.night - interval '29 days' else s.purge - interval '29 days 12 h' end;

-- What is there now: what has failed and was not removed, what worked, and what is under way.
create temp table made as
select 'system_backlog' as user_id, recipe_id, status, t, reason from demonstration_row where kind = 'generations' and removed_at is null;
insert into made select 'system_backlog', pg_temp.a_recipe(), 'completed', now - interval '20 days' * random(), null
  from demonstration_story, generate_series(1, 6000);
insert into made select 'system_backlog', pg_temp.a_recipe(), (array['pending', 'processing'])[1 + (n % 4) / 3], now - random() * interval '24 min', null
  from demonstration_story, generate_series(1, 48) n;
-- People's own generations are nobody's backlog, failed or not.
insert into made select 'user-' || 1 + floor(40 * random())::int, pg_temp.a_recipe(),
    (array['completed', 'completed', 'completed', 'failed'])[1 + floor(4 * random())::int], now - interval '20 days' * random(), null
  from demonstration_story, generate_series(1, 3000);

insert into generations (user_id, recipe_id, recipe_title, prompt, status, metadata, created_at, updated_at, failure_reason, error_details)
select m.user_id, m.recipe_id, r.name, coalesce(r.prompt, 'A cinematic shot'), m.status, '{"width":1024,"height":1024}',
  case when m.whole then m.t else m.t - random() * interval '3 min' end, case when not m.whole then m.t end,
  case when m.status = 'failed' then coalesce(m.reason, 'timeout') end,
  case when m.reason = 'provider_error' then '{"error":"provider returned 503","attempt":2}'::jsonb end
from (select made.*, random() < 0.03 as whole from made) m left join recipes r on r.id = m.recipe_id order by m.t;

insert into credit_transactions (user_id, amount, type, description, created_at)
select 'user-' || n, 10, 'signup_bonus', 'Welcome', now - interval '20 days' * random() from demonstration_story, generate_series(1, 40) n;

insert into jobs (id, discord_user_id, discord_guild_id, discord_channel_id, status, model, positive_prompt, created_at, started_at, completed_at)
select id, 1000 + n % 700, 1 + n % 9, 1 + n % 31, status, (array['sdxl', 'flux-dev', 'flux-pro'])[1 + n % 3],
  'a lighthouse in a storm, oil on canvas', t, t + interval '20 s', case when status in ('completed', 'failed') then t + interval '70 s' end
from (select id, status, t at time zone 'utc' as t, row_number() over (order by t) as n from demonstration_row
  where kind = 'jobs' and removed_at is null) j
order by t;

insert into upscale_jobs (id, source_job_id, source_image_filename, user_id, guild_id, channel_id, status, model, created_at)
select u.id, u.source, u.source || '.png', j.discord_user_id, j.discord_guild_id, j.discord_channel_id, u.status, '4x-ultrasharp', u.t at time zone 'utc'
from demonstration_row u join jobs j on j.id = u.source
where u.kind = 'upscale_jobs' and u.removed_at is null
order by u.t;
