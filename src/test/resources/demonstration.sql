-- Both platforms two days after an outage of the image provider, on the tables of platform.sql.
-- The same on every machine but for the times, which count back from the moment of loading.
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
select setval('recipes_id_seq', 44);

insert into users (id, handle) select 'user-' || n, 'maker' || n from generate_series(1, 40) n;

-- A shorthand for what follows: that long ago, as the platform stores it.
create function pg_temp.ago(hours double precision) returns timestamp language sql volatile
  as $$ select (clock_timestamp() at time zone 'utc') - hours * interval '1 hour' $$;
-- Few recipes are popular, most are not.
create function pg_temp.a_recipe() returns integer language sql volatile
  as $$ select 16 - 15 * (random() < 0.08)::int + floor(28 * power(random(), 2.2))::int $$;

create temp table made (user_id text, recipe_id integer, status text, created_at timestamp, failure_reason text);

-- Ordinary days: pre-generated content that worked, and a trickle that did not.
insert into made select 'system_backlog', pg_temp.a_recipe(), 'completed', pg_temp.ago(480 * random()) from generate_series(1, 6000);
insert into made select 'system_backlog', 1 + floor(44 * random())::int, 'failed', pg_temp.ago(52 + 428 * random()),
  (array['timeout','content_policy','provider_error'])[1 + floor(3 * random())::int] from generate_series(1, 500);
-- The outage, six hours long: a few thousand failures, most of them in its first hours.
insert into made select 'system_backlog', pg_temp.a_recipe(), 'failed', pg_temp.ago(45 + 6 * sqrt(random())),
  case when random() < 0.85 then 'provider_error' else 'timeout' end from generate_series(1, 3600);
insert into made select 'system_backlog', null, 'failed', pg_temp.ago(45 + 6 * sqrt(random())), 'provider_error' from generate_series(1, 140);
-- Recipes that were withdrawn since.
insert into made select 'system_backlog', 900 + floor(3 * random())::int, 'failed', pg_temp.ago(45 + 6 * sqrt(random())), 'provider_error' from generate_series(1, 90);
-- Too young to go.
insert into made select 'system_backlog', pg_temp.a_recipe(), 'failed', pg_temp.ago(22 * random()),
  (array['timeout','content_policy'])[1 + floor(2 * random())::int] from generate_series(1, 320);
insert into made select 'system_backlog', pg_temp.a_recipe(), (array['pending','processing'])[1 + (n % 4) / 3], pg_temp.ago(0.4 * random()) from generate_series(1, 48) n;
-- People's own generations are nobody's backlog, failed or not.
insert into made select 'user-' || 1 + floor(40 * random())::int, pg_temp.a_recipe(),
  (array['completed','completed','completed','failed'])[1 + floor(4 * random())::int], pg_temp.ago(480 * random()), null from generate_series(1, 3000);

insert into generations (user_id, recipe_id, recipe_title, prompt, status, metadata, created_at, updated_at, failure_reason, error_details)
select m.user_id, m.recipe_id, r.name, coalesce(r.prompt, 'A cinematic shot'), m.status, '{"width":1024,"height":1024}',
  m.created_at, case when random() < 0.97 then m.created_at + random() * interval '3 min' end,
  case when m.status = 'failed' then coalesce(m.failure_reason, 'timeout') end,
  case when m.failure_reason = 'provider_error' then '{"error":"provider returned 503","attempt":2}'::jsonb end
from made m left join recipes r on r.id = m.recipe_id order by m.created_at;
-- An import once lost its times.
insert into generations (user_id, recipe_id, prompt, status, created_at, updated_at, failure_reason)
select 'system_backlog', 16, 'A cinematic shot', 'failed', null, null, 'timeout' from generate_series(1, 3);

insert into credit_transactions (user_id, amount, type, description, created_at)
select 'user-' || n, 10, 'signup_bonus', 'Welcome', pg_temp.ago(480 * random()) from generate_series(1, 40) n;

-- GenXray: images asked for over twenty days; what is old is finished, but for a few that hang.
insert into jobs (id, discord_user_id, discord_guild_id, discord_channel_id, status, model, positive_prompt, created_at, started_at, completed_at)
select gen_random_uuid(), 1000 + n % 700, 1 + n % 9, 1 + n % 31, s, (array['sdxl','flux-dev','flux-pro'])[1 + n % 3],
  'a lighthouse in a storm, oil on canvas', t, t + interval '20 s', case when s in ('completed', 'failed') then t + interval '70 s' end
from (select n, t, case when t > now() - interval '30 min' then (array['queued','processing'])[1 + n % 2]
        when random() < 0.001 then (array['queued','processing','cancelled'])[1 + n % 3]
        when random() < 0.93 then 'completed' else 'failed' end s
      from (select n, now() - random() * interval '20 days' t from generate_series(1, 36000) n) a) b
order by t;

insert into upscale_jobs (id, source_job_id, source_image_filename, user_id, guild_id, channel_id, status, model, created_at)
select gen_random_uuid(), id, id || '.png', discord_user_id, discord_guild_id, discord_channel_id,
  case when t > now() - interval '30 min' then 'queued' when random() < 0.002 then 'processing'
    when random() < 0.95 then 'completed' else 'failed' end, '4x-ultrasharp', t
from (select j.*, created_at + power(random(), 4) * least(now() - created_at, interval '60 hours') t
      from (select * from jobs where status = 'completed' order by random() limit 14000) j) u
order by t;
