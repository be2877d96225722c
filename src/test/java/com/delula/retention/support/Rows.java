package com.delula.retention.support;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Makes rows of the platform's tables, on both kinds of installation: a test says what
 * matters to it, whatever else the table demands is filled in. Ages count back from the
 * database's clock, and a {@code timestamp} without zone gets UTC.
 */
public final class Rows {

	private final JdbcClient jdbc;

	private final Map<String, List<Column>> tables = new ConcurrentHashMap<>();

	public Rows(JdbcClient jdbc) {
		this.jdbc = jdbc;
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

	private List<Column> columns(String table) {
		return this.tables.computeIfAbsent(table, this::readColumns);
	}

	private List<Column> readColumns(String table) {
		return this.jdbc.sql("""
				SELECT attname AS name, format_type(atttypid, atttypmod) AS type,
				       attnotnull AND NOT atthasdef AND attidentity = '' AS demanded
				FROM pg_attribute
				WHERE attrelid = CAST(:table AS regclass) AND attnum > 0 AND NOT attisdropped
				ORDER BY attnum
				""").param("table", table).query(Column.class).list();
	}

	private record Column(String name, String type, boolean demanded) {

		/** Adapts an expression of type {@code timestamptz}. */
		String time(String expression) {
			return (this.type.startsWith("timestamp") && this.type.endsWith("without time zone"))
					? "(" + expression + ") AT TIME ZONE 'utc'" : expression;
		}

		/** Something that the column takes, for a test that does not care. */
		String filler() {
			if (this.type.startsWith("timestamp")) {
				return time("now()");
			}
			if (this.type.startsWith("json")) {
				return "'{}'";
			}
			if (this.name.equals("id") || this.type.equals("uuid")) {
				return "CAST(gen_random_uuid() AS %s)".formatted(this.type);
			}
			return "CAST('%s' AS %s)".formatted(isText() ? "x" : "1", this.type);
		}

		private boolean isText() {
			return this.type.startsWith("text") || this.type.startsWith("character");
		}

	}

	/**
	 * What a column gets: an expression over the parameter that has the column's name.
	 */
	private record Value(@Nullable Object parameter, boolean time, String expression) {

		static Value of(@Nullable Object value, Column column) {
			return new Value((value != null) ? value.toString() : null, false,
					"CAST(:%s AS %s)".formatted(column.name(), column.type()));
		}

		static Value at(@Nullable Instant instant, String column) {
			return new Value((instant != null) ? instant.toString() : null, true,
					"CAST(:%s AS timestamptz)".formatted(column));
		}

		static Value ago(Duration age, String column) {
			return new Value(age.toString(), true, "now() - CAST(:%s AS interval)".formatted(column));
		}

		String sql(Column column) {
			return this.time ? column.time(this.expression) : this.expression;
		}

	}

	/**
	 * A row to be; the last word on a column counts.
	 *
	 * @param <R> the kind of row
	 */
	public abstract class Row<R extends Row<R>> {

		private final String table;

		private final Map<String, Value> values = new LinkedHashMap<>();

		Row(String table) {
			this.table = table;
		}

		@SuppressWarnings("unchecked")
		private R self() {
			return (R) this;
		}

		/** Any column by its name; the text of the value is cast to the column's type. */
		public R value(String column, @Nullable Object value) {
			this.values.put(column, Value.of(value, column(column)));
			return self();
		}

		R at(String column, @Nullable Instant instant) {
			this.values.put(column, Value.at(instant, column));
			return self();
		}

		R ago(String column, Duration age) {
			this.values.put(column, Value.ago(age, column));
			return self();
		}

		private Column column(String name) {
			return columns(this.table).stream()
				.filter((column) -> column.name().equals(name))
				.findFirst()
				.orElseThrow(() -> new IllegalArgumentException("%s has no column %s".formatted(this.table, name)));
		}

		/** Inserts that many equal rows, in one statement, and returns their ids. */
		public List<String> insertIds(int count) {
			Map<String, String> expressions = new LinkedHashMap<>();
			columns(this.table).stream()
				.filter(Column::demanded)
				.forEach((column) -> expressions.put(column.name(), column.filler()));
			this.values.forEach((name, value) -> expressions.put(name, value.sql(column(name))));
			Map<String, @Nullable Object> parameters = new HashMap<>();
			this.values.forEach((name, value) -> parameters.put(name, value.parameter()));
			parameters.put("row_count", count);
			return Rows.this.jdbc.sql("""
					INSERT INTO %s (%s) SELECT %s FROM generate_series(1, :row_count)
					RETURNING CAST(id AS text)
					""".formatted(this.table, String.join(", ", expressions.keySet()),
					String.join(", ", expressions.values())))
				.params(parameters)
				.query(String.class)
				.list();
		}

	}

	private final class User extends Row<User> {

		User() {
			super("users");
		}

	}

	/** A row of {@code recipes}. */
	public final class Recipe extends Row<Recipe> {

		Recipe() {
			super("recipes");
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
			super("generations");
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

	/**
	 * A row of one of the two tables of jobs.
	 *
	 * @param <J> the kind of job
	 */
	public abstract class AnyJob<J extends AnyJob<J>> extends Row<J> {

		AnyJob(String table) {
			super(table);
			status("queued");
			age(Duration.ZERO);
		}

		public J id(String id) {
			return value("id", id);
		}

		public J status(String status) {
			return value("status", status);
		}

		public J queued() {
			return status("queued");
		}

		public J processing() {
			return status("processing");
		}

		public J completed() {
			return status("completed");
		}

		public J failed() {
			return status("failed");
		}

		public J age(Duration age) {
			return ago("created_at", age);
		}

		public J createdAt(@Nullable Instant instant) {
			return at("created_at", instant);
		}

		public String insert() {
			return insertIds(1).get(0);
		}

	}

	/** A row of {@code jobs}. */
	public final class Job extends AnyJob<Job> {

		Job() {
			super("jobs");
		}

	}

	/** A row of {@code upscale_jobs}. */
	public final class UpscaleJob extends AnyJob<UpscaleJob> {

		UpscaleJob(String sourceJobId) {
			super("upscale_jobs");
			value("source_job_id", sourceJobId);
		}

	}

}
