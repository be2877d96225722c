package com.delula.retention.support;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Makes rows of the platform's tables, on both kinds of installation: a test says what
 * matters to it, whatever else the table demands is filled in. Ages count back from the
 * database's clock, and a {@code timestamp} without zone gets UTC.
 */
public final class Rows {

	private final JdbcClient jdbc;

	private final Tables tables;

	public Rows(JdbcClient jdbc) {
		this.jdbc = jdbc;
		this.tables = new Tables(jdbc);
	}

	/** A pending generation of the backlog user, made now, without a recipe. */
	public Generation generation() {
		return new Generation();
	}

	public Recipe recipe() {
		return new Recipe();
	}

	/** A queued job, made now. */
	public Job job() {
		return new Job();
	}

	/** A queued upscale job for that job, made now. */
	public UpscaleJob upscaleJob(String sourceJobId) {
		return new UpscaleJob(sourceJobId);
	}

	public void user(String id) {
		new User().value("id", id).insertIds(1);
	}

	/** The generations that are there, in the order of their ids. */
	public List<Long> generationIds() {
		return this.jdbc.sql("SELECT id FROM generations ORDER BY id").query(Long.class).list();
	}

	/** The jobs that are there, in the order of their ids. */
	public List<String> jobIds() {
		return ids("jobs");
	}

	/** The upscale jobs that are there, in the order of their ids. */
	public List<String> upscaleJobIds() {
		return ids("upscale_jobs");
	}

	private List<String> ids(String table) {
		return this.jdbc.sql("SELECT CAST(id AS text) FROM %s ORDER BY id".formatted(table)).query(String.class).list();
	}

	public long count(String table) {
		return this.jdbc.sql("SELECT count(*) FROM " + table).query(Long.class).single();
	}

	/** The database's clock, to the microsecond that it can store. */
	public Instant now() {
		return this.jdbc
			.sql("SELECT to_char(clock_timestamp() AT TIME ZONE 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')")
			.query((row, number) -> Instant.parse(row.getString(1)))
			.single();
	}

	/** Empties the platform's tables, but for the users. */
	public void clear() {
		for (String table : List.of("upscale_jobs", "jobs", "generations", "recipes", "credit_transactions")) {
			this.jdbc.sql("DELETE FROM " + table).update();
		}
	}

	private final class User extends Row<User> {

		User() {
			super(Rows.this.tables, "users");
		}

	}

	/** A row of {@code recipes}. */
	public final class Recipe extends Row<Recipe> {

		Recipe() {
			super(Rows.this.tables, "recipes");
			name("Cat Olympic Diving");
		}

		public Recipe id(long id) {
			return value("id", id);
		}

		public Recipe name(String name) {
			return value("name", name);
		}

		public long insert() {
			return Long.parseLong(insertIds(1).get(0));
		}

	}

	/** A row of {@code generations}. */
	public final class Generation extends Row<Generation> {

		Generation() {
			super(Rows.this.tables, "generations");
			user("system_backlog").status("pending").age(Duration.ZERO);
		}

		public Generation id(long id) {
			return value("id", id);
		}

		public Generation user(String id) {
			return value("user_id", id);
		}

		/** Of that recipe, whether its row exists or not; null is none. */
		public Generation recipe(@Nullable Long id) {
			return value("recipe_id", id);
		}

		public Generation recipe(long id) {
			return value("recipe_id", id);
		}

		public Generation status(String status) {
			return value("status", status);
		}

		public Generation pending() {
			return status("pending");
		}

		public Generation processing() {
			return status("processing");
		}

		public Generation completed() {
			return status("completed");
		}

		public Generation failed() {
			return status("failed");
		}

		public Generation failureReason(@Nullable String reason) {
			return value("failure_reason", reason);
		}

		/** Created and last updated that long ago. */
		public Generation age(Duration age) {
			return created(age).updated(age);
		}

		public Generation created(Duration age) {
			return ago("created_at", age);
		}

		public Generation updated(Duration age) {
			return ago("updated_at", age);
		}

		/** Created and last updated then. */
		public Generation at(Instant instant) {
			return createdAt(instant).updatedAt(instant);
		}

		public Generation createdAt(@Nullable Instant instant) {
			return at("created_at", instant);
		}

		public Generation updatedAt(@Nullable Instant instant) {
			return at("updated_at", instant);
		}

		public Generation withoutTimes() {
			return createdAt(null).updatedAt(null);
		}

		public long insert() {
			return insert(1).get(0);
		}

		public List<Long> insert(int count) {
			return insertIds(count).stream().map(Long::valueOf).toList();
		}

	}

	/** A row of {@code jobs}. */
	public final class Job extends AnyJob<Job> {

		Job() {
			super(Rows.this.tables, "jobs");
		}

	}

	/** A row of {@code upscale_jobs}. */
	public final class UpscaleJob extends AnyJob<UpscaleJob> {

		UpscaleJob(String sourceJobId) {
			super(Rows.this.tables, "upscale_jobs");
			value("source_job_id", sourceJobId);
		}

	}

}
