package com.delula.retention.dashboard;

import java.util.HashMap;
import java.util.Map;

import com.delula.retention.backlog.BacklogReader;
import com.delula.retention.jobs.JobReader;
import com.delula.retention.jobs.JobStatus;
import com.delula.retention.monitor.DueRowsReader;
import com.delula.retention.run.RunEngine;
import com.delula.retention.run.SqlFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.Scheduled;

/** Looks at the tables once in a while, so that charts have something to show. */
class Sampler {

	/** Rows that failed, by what they are. */
	static final String FAILED = "failed:";

	/** Rows that are due, by task. */
	static final String DUE = "due:";

	private static final Logger log = LoggerFactory.getLogger(Sampler.class);

	private final Samples samples;

	private final BacklogReader backlog;

	private final JobReader jobs;

	private final DueRowsReader due;

	private final RunEngine engine;

	Sampler(Samples samples, BacklogReader backlog, JobReader jobs, DueRowsReader due, RunEngine engine) {
		this.samples = samples;
		this.backlog = backlog;
		this.jobs = jobs;
		this.due = due;
		this.engine = engine;
	}

	/** Asks each minute; {@link Samples} takes one every ten, over all instances. */
	@Scheduled(initialDelayString = "PT20S", fixedDelayString = "PT1M")
	void sample() {
		try {
			this.samples.take(this::numbers);
		}
		catch (RuntimeException ex) {
			if (SqlFault.of(ex) == SqlFault.UNREACHABLE) {
				log.debug("No sample was taken: the database is away");
				return;
			}
			log.warn("No sample was taken for the charts; this is tried again", ex);
		}
	}

	private Map<String, Long> numbers() {
		Map<String, Long> numbers = new HashMap<>();
		numbers.put(FAILED + "generations", this.backlog.status().count("failed"));
		JobStatus status = this.jobs.status();
		numbers.put(FAILED + "jobs", status.jobs().getOrDefault("failed", 0L));
		numbers.put(FAILED + "upscale jobs", status.upscaleJobs().getOrDefault("failed", 0L));
		for (String task : this.engine.tasks()) {
			this.due.find(task).ifPresent((found) -> numbers.put(DUE + task, found.rows()));
		}
		return numbers;
	}

}
