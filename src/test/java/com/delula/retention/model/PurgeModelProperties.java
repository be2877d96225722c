package com.delula.retention.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.delula.retention.support.Api;
import com.delula.retention.support.Service;
import com.delula.retention.support.TestDatabase.Installation;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** The purge compared with a plain model over random databases. */
class PurgeModelProperties {

	@Property(shrinking = ShrinkingMode.BOUNDED)
	void thePurgeDoesWhatTheModelSays(@ForAll Installation installation, @ForAll("jobs") List<Job> jobs,
			@ForAll("upscaleJobs") List<Job> drawn, @ForAll("hours") @Nullable Integer hours) {
		List<Job> upscaleJobs = jobs.isEmpty() ? List.of() : drawn;
		Service service = ModelDatabases.service(installation);
		ModelDatabases.truncate(service);
		fill(service, installation, jobs, upscaleJobs);
		int age = (hours != null) ? hours : 48;
		List<Job> staying = upscaleJobs.stream().filter((job) -> !job.isDue(age)).toList();
		Set<String> wanted = staying.stream()
			.map((job) -> jobs.get(job.source() % jobs.size()).id())
			.collect(Collectors.toSet());
		List<String> left = jobs.stream()
			.filter((job) -> !job.isDue(age) || wanted.contains(job.id()))
			.map(Job::id)
			.toList();
		long kept = jobs.stream().filter((job) -> job.isDue(age) && wanted.contains(job.id())).count();
		String query = (hours != null) ? "?hours=" + hours : "";
		JsonNode dry = service.api().post(Api.PURGE + query, "{\"dryRun\":true}").ok();
		JsonNode answer = service.api().post(Api.PURGE + query).ok();
		assertThat(service.database().rows().jobIds()).containsExactlyInAnyOrderElementsOf(left);
		assertThat(service.database().rows().upscaleJobIds())
			.containsExactlyInAnyOrderElementsOf(staying.stream().map(Job::id).toList());
		assertThat(answer.get("jobsDeleted").longValue()).isEqualTo(jobs.size() - left.size());
		assertThat(answer.get("upscaleJobsDeleted").longValue()).isEqualTo(upscaleJobs.size() - staying.size());
		assertThat(answer.get("jobsKeptReferenced").longValue()).isEqualTo(kept);
		for (String field : List.of("jobsDeleted", "upscaleJobsDeleted", "jobsKeptReferenced")) {
			assertThat(dry.get(field)).as(field).isEqualTo(answer.get(field));
		}
	}

	/** What is told of each row is what becomes of it. */
	@Property(shrinking = ShrinkingMode.BOUNDED)
	void theRowsThatAreSaidToBeDueAreThoseThatGo(@ForAll Installation installation, @ForAll("jobs") List<Job> jobs,
			@ForAll("upscaleJobs") List<Job> drawn) {
		List<Job> upscaleJobs = jobs.isEmpty() ? List.of() : drawn;
		Service service = ModelDatabases.service(installation);
		ModelDatabases.truncate(service);
		fill(service, installation, jobs, upscaleJobs);
		Set<String> staying = Stream
			.concat(staying(service, "jobs", jobs), staying(service, "upscale_jobs", upscaleJobs))
			.collect(Collectors.toSet());
		service.api().post(Api.PURGE).ok();
		assertThat(Stream.concat(service.database().rows().jobIds().stream(),
				service.database().rows().upscaleJobIds().stream()))
			.containsExactlyInAnyOrderElementsOf(staying);
	}

	private static Stream<String> staying(Service service, String table, List<Job> jobs) {
		return jobs.stream()
			.map(Job::id)
			.filter((id) -> !ModelDatabases.verdict(service, "job-purge", table, id).equals("due"));
	}

	@Property(shrinking = ShrinkingMode.BOUNDED)
	void theFunctionInTheDatabaseDoesWhatTheServiceDoes(@ForAll Installation installation,
			@ForAll("jobs") List<Job> jobs, @ForAll("upscaleJobs") List<Job> drawn) {
		List<Job> upscaleJobs = jobs.isEmpty() ? List.of() : drawn;
		Service service = ModelDatabases.service(installation);
		ModelDatabases.truncate(service);
		fill(service, installation, jobs, upscaleJobs);
		long removed = service.jdbc().sql("SELECT retention_run_job_purge()").query(Long.class).single();
		List<String> left = service.database().rows().jobIds();
		List<String> upscaleLeft = service.database().rows().upscaleJobIds();
		List<Map<String, Object>> books = ModelDatabases.books(service.jdbc());
		ModelDatabases.truncate(service);
		fill(service, installation, jobs, upscaleJobs);
		service.api().post(Api.PURGE).ok();
		assertThat(left).isEqualTo(service.database().rows().jobIds());
		assertThat(upscaleLeft).isEqualTo(service.database().rows().upscaleJobIds());
		assertThat(removed).isEqualTo(jobs.size() + upscaleJobs.size() - left.size() - upscaleLeft.size());
		assertThat(books).isEqualTo(ModelDatabases.books(service.jdbc()));
	}

	private static void fill(Service service, Installation installation, List<Job> jobs, List<Job> upscaleJobs) {
		Instant now = service.database().rows().now();
		boolean existing = installation == Installation.EXISTING;
		ModelDatabases.insert(service, "jobs",
				jobs.stream()
					.map((job) -> job.columns(now,
							existing ? Map.of("discord_user_id", "x", "discord_guild_id", "x", "discord_channel_id",
									"x", "model", "x", "positive_prompt", "x", "negative_prompt", "x") : Map.of()))
					.toList());
		ModelDatabases.insert(service, "upscale_jobs", upscaleJobs.stream().map((job) -> {
			Map<String, Object> columns = job.columns(now, existing ? Map.of("source_image_filename", "x", "user_id",
					"x", "guild_id", "x", "channel_id", "x", "model", "x") : Map.of());
			columns.put("source_job_id", jobs.get(job.source() % jobs.size()).id());
			return columns;
		}).toList());
	}

	@Provide
	Arbitrary<List<Job>> jobs() {
		return rows("job-", 30);
	}

	@Provide
	Arbitrary<List<Job>> upscaleJobs() {
		return rows("upscale-", 30);
	}

	@Provide
	Arbitrary<Integer> hours() {
		return Arbitraries.of(0, 1, 24, 87_600).injectNull(0.5);
	}

	static Arbitrary<List<Job>> rows(String prefix, int most) {
		return Combinators
			.combine(Arbitraries.of("completed", "completed", "failed", "queued", "processing", "cancelled"),
					Arbitraries.of(0, 2, 23, 25, 47, 49, 49, 50, 50, 60), Arbitraries.integers().between(0, 1000))
			.as((status, age, source) -> new Job("", status, age, source))
			.list()
			.ofMaxSize(most)
			.map((jobs) -> numbered(prefix, jobs));
	}

	private static List<Job> numbered(String prefix, List<Job> jobs) {
		List<Job> numbered = new ArrayList<>();
		for (Job job : jobs) {
			String id = prefix + (numbered.size() * 37L) % 101;
			numbered.add(new Job(id, job.status(), job.age(), job.source()));
		}
		return numbered;
	}

	/** A job or upscale job of the model; the age in hours. */
	record Job(String id, String status, int age, int source) {

		boolean isDue(int hours) {
			boolean finished = this.status.equals("completed") || this.status.equals("failed");
			return finished && (hours == 0 || this.age > hours);
		}

		Map<String, Object> columns(Instant now, Map<String, String> fillers) {
			Map<String, Object> columns = new LinkedHashMap<>(fillers);
			columns.put("id", this.id);
			columns.put("status", this.status);
			columns.put("created_at", now.minus(Duration.ofHours(this.age)).toString());
			return columns;
		}

	}

}
