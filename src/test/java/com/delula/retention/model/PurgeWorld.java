package com.delula.retention.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import com.delula.retention.model.Happening.Trouble;
import com.delula.retention.model.PurgeModelProperties.Job;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a history of jobs and upscale jobs has come to, in the model and in the database.
 */
final class PurgeWorld {

	private static final int AGE = 48;

	/** As old as what the disturbance brings. */
	private static final int LATE = 50;

	private static final Map<String, String> OF_JOB = Map.of("discord_user_id", "x", "discord_guild_id", "x",
			"discord_channel_id", "x", "model", "x", "positive_prompt", "x");

	private static final Map<String, String> OF_UPSCALE_JOB = Map.of("source_image_filename", "x", "user_id", "x",
			"guild_id", "x", "channel_id", "x");

	private final Stage stage;

	/** Jobs and upscale jobs, there or not, and the jobs that these are of. */
	private final Map<String, Job> known = new HashMap<>();

	private final Map<String, String> sources = new HashMap<>();

	/** Keys of the rows that runs removed and that are not back. */
	private final Map<String, Map<String, Job>> undo = new LinkedHashMap<>();

	private final Instant base;

	private Map<String, String> rows = new HashMap<>();

	private long came;

	private int nextId = 1;

	PurgeWorld(Stage stage) {
		this.stage = stage;
		for (String table : List.of("retention_undo", "upscale_jobs", "jobs", "credit_transactions", "retention_run")) {
			jdbc().sql("DELETE FROM " + table).update();
		}
		this.base = this.stage.service().database().rows().now();
	}

	Stage stage() {
		return this.stage;
	}

	private JdbcClient jdbc() {
		return this.stage.jdbc();
	}

	/** Jobs arrive, and upscale jobs of those that are there. */
	void arrive(List<Job> jobs, List<Job> upscaleJobs) {
		insert("jobs", jobs.stream().map((job) -> columns(named("job-", job), OF_JOB)).toList());
		List<String> there = jobs();
		if (!there.isEmpty()) {
			insert("upscale_jobs", upscaleJobs.stream().map((job) -> {
				Job named = named("upscale-", job);
				this.sources.put(named.id(), there.get(job.source() % there.size()));
				Map<String, Object> columns = columns(named, OF_UPSCALE_JOB);
				columns.put("source_job_id", this.sources.get(named.id()));
				return columns;
			}).toList());
		}
	}

	private Job named(String prefix, Job job) {
		Job named = new Job(prefix + this.nextId++, job.status(), job.age(), job.source());
		this.known.put(named.id(), named);
		return named;
	}

	private Map<String, Object> columns(Job job, Map<String, String> fillers) {
		return job.columns(this.base, fillers);
	}

	private void insert(String table, List<Map<String, Object>> columns) {
		ModelDatabases.insert(this.stage.service(), table, columns);
		this.came += columns.size();
		this.rows = read();
	}

	/** A row goes on to another status. */
	void change(int pick, Set<String> from, String to) {
		List<Job> jobs = present().stream().filter((job) -> from.contains(job.status())).toList();
		HistoryWorld.pick(jobs, pick).ifPresent((job) -> {
			jdbc().sql("UPDATE " + table(job.id()) + " SET status = :to WHERE id = :id")
				.param("to", to)
				.param("id", job.id())
				.update();
			this.known.put(job.id(), new Job(job.id(), to, job.age(), job.source()));
			this.rows = read();
		});
	}

	/** Somebody else removes an upscale job, or a job that nobody upscales. */
	void delete(int pick) {
		List<String> free = present().stream()
			.map(Job::id)
			.filter((id) -> this.rows.keySet().stream().noneMatch((other) -> id.equals(this.sources.get(other))))
			.toList();
		HistoryWorld.pick(free, pick).ifPresent((id) -> {
			this.came -= jdbc().sql("DELETE FROM " + table(id) + " WHERE id = :id").param("id", id).update();
			this.rows = read();
		});
	}

	/** Somebody else gets the id of a job that was removed. */
	void takeKey(int pick) {
		List<String> free = this.undo.values()
			.stream()
			.flatMap((kept) -> kept.keySet().stream())
			.filter((id) -> !isUpscale(id) && !this.rows.containsKey(id))
			.sorted()
			.toList();
		HistoryWorld.pick(free, pick).ifPresent((id) -> {
			Job taker = new Job(id, "queued", 0, 0);
			this.known.put(id, taker);
			insert("jobs", List.of(columns(taker, OF_JOB)));
		});
	}

	/** Jobs that nobody upscales are taken away by somebody else. */
	void freeKeys() {
		this.came -= jdbc().sql("""
				DELETE FROM jobs j
				WHERE j.status = 'queued' AND NOT EXISTS (SELECT FROM upscale_jobs u WHERE u.source_job_id = j.id)
				""").update();
		this.rows = read();
	}

	private static boolean isUpscale(String id) {
		return id.contains("upscale");
	}

	private static String table(String id) {
		return isUpscale(id) ? "upscale_jobs" : "jobs";
	}

	private List<Job> present() {
		return this.known.values().stream().filter((job) -> this.rows.containsKey(job.id())).toList();
	}

	private List<String> jobs() {
		return present().stream().map(Job::id).filter((id) -> !isUpscale(id)).sorted().toList();
	}

	/** Those that a purge would remove now. */
	Set<String> due() {
		Set<String> staying = present().stream()
			.filter((job) -> isUpscale(job.id()) && !job.isDue(AGE))
			.map((job) -> this.sources.get(job.id()))
			.collect(Collectors.toSet());
		return present().stream()
			.filter((job) -> job.isDue(AGE) && !staying.contains(job.id()))
			.map(Job::id)
			.collect(Collectors.toSet());
	}

	/** How many finished jobs stay because of an upscale job. */
	long referenced() {
		Set<String> due = due();
		return present().stream().filter((job) -> job.isDue(AGE) && !due.contains(job.id())).count();
	}

	List<String> undoable() {
		return List.copyOf(this.undo.keySet());
	}

	Set<String> kept(String run) {
		return Set.copyOf(this.undo.getOrDefault(run, Map.of()).keySet());
	}

	/** Why a row that a run removed cannot come back; null if it can. */
	@Nullable String obstacle(String run, String id) {
		String source = this.sources.get(id);
		if (source != null && !this.rows.containsKey(source) && !kept(run).contains(source)) {
			return "parent-missing";
		}
		return this.rows.containsKey(id) ? "key-taken" : null;
	}

	/** Calls the service while something may go wrong. */
	Effect<String> call(String path, Trouble trouble, int at) {
		boolean disturbed = this.stage.call(path, trouble, at, this.base);
		List<String> late = new ArrayList<>(this.stage.disturbance().late());
		Map<String, String> before = this.rows;
		late.forEach((id) -> this.known.put(id, new Job(id, isUpscale(id) ? "processing" : "completed", LATE, 0)));
		this.came += late.size();
		this.rows = read();
		jdbc().sql("SELECT id, source_job_id FROM upscale_jobs").query((row) -> {
			this.sources.put(row.getString(1), row.getString(2));
		});
		return new Effect<>(disturbed, Set.copyOf(late), before, this.rows);
	}

	void keep(String run, Set<String> gone) {
		Map<String, Job> kept = new HashMap<>();
		gone.forEach((id) -> kept.put(id, this.known.get(id)));
		this.undo.put(run, kept);
	}

	void putBack(String run, Set<String> ids) {
		ids.forEach((id) -> this.known.put(id, this.undo.get(run).remove(id)));
	}

	/** The books agree with the rows, and nothing is kept but what is gone. */
	void assertAgrees() {
		ModelDatabases.assertBooked(jdbc(), this.came - this.rows.size());
		Set<String> kept = new HashSet<>();
		this.undo.forEach((run, jobs) -> jobs.keySet().forEach((id) -> kept.add(run + id)));
		assertThat(
				jdbc().sql("SELECT CAST(run_id AS text) || row_key[1] FROM retention_undo").query(String.class).list())
			.containsExactlyInAnyOrderElementsOf(kept);
	}

	private Map<String, String> read() {
		Map<String, String> rows = new HashMap<>();
		jdbc().sql("SELECT id, CAST(j AS text) FROM jobs j UNION ALL SELECT id, CAST(u AS text) FROM upscale_jobs u")
			.query((row) -> {
				rows.put(row.getString(1), row.getString(2));
			});
		return rows;
	}

}
