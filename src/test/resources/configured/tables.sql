CREATE SCHEMA app;
CREATE TABLE app.sessions (id serial PRIMARY KEY, user_id text, status text NOT NULL, last_seen timestamptz,
	created_at timestamptz, note text);
CREATE TABLE app."Order" ("user" varchar(40), "Line No" integer, "group" text, "placed at" timestamp,
	paid_on timestamptz, note text, PRIMARY KEY ("user", "Line No"));
CREATE TABLE app.visits (id uuid PRIMARY KEY, day date NOT NULL, kind text, note text);
CREATE TABLE app.parents (code text PRIMARY KEY, at timestamptz NOT NULL, note text);
CREATE TABLE app.children (id bigserial PRIMARY KEY, parent text REFERENCES app.parents ON DELETE CASCADE,
	at timestamptz NOT NULL, note text);
CREATE TABLE app.owners (a integer, b integer, at timestamptz NOT NULL, note text, PRIMARY KEY (a, b));
CREATE TABLE app.pets (a integer, b integer, at timestamptz NOT NULL, note text PRIMARY KEY,
	FOREIGN KEY (a, b) REFERENCES app.owners ON DELETE CASCADE);
CREATE INDEX ON app.pets (a, b);
CREATE TABLE app.ulids (id char(26) PRIMARY KEY, at timestamp NOT NULL, note text)
