package com.delula.retention.dashboard;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import com.delula.retention.backlog.BacklogStatus;
import com.delula.retention.jobs.JobStatus;

/** Puts rows by state in the order in which they live, as numbers and as a bar. */
final class Stocks {

	/** Units that a whole bar is wide. */
	static final double WIDTH = 1000;

	private static final List<String> BACKLOG = List.of("pending", "processing", "completed", "failed");

	private static final List<String> JOBS = List.of("queued", "processing", "completed", "failed");

	private Stocks() {
	}

	static List<Part> of(BacklogStatus status) {
		return parts(status.byStatus(), BACKLOG);
	}

	static List<Part> jobs(JobStatus status) {
		return parts(status.jobs(), JOBS);
	}

	static List<Part> upscaleJobs(JobStatus status) {
		return parts(status.upscaleJobs(), JOBS);
	}

	private static List<Part> parts(Map<String, Long> rows, List<String> known) {
		double total = Math.max(1, rows.values().stream().mapToLong(Long::longValue).sum());
		Set<String> others = new TreeSet<>(rows.keySet());
		others.removeAll(known);
		List<Part> parts = new ArrayList<>();
		double from = 0;
		for (String state : known) {
			long count = rows.getOrDefault(state, 0L);
			parts.add(new Part(state, state, count, from, count / total * WIDTH));
			from += count / total * WIDTH;
		}
		for (String state : others) {
			long count = rows.getOrDefault(state, 0L);
			parts.add(new Part(state, "other", count, from, count / total * WIDTH));
			from += count / total * WIDTH;
		}
		return parts;
	}

	/**
	 * The rows in one state.
	 *
	 * @param state the state
	 * @param tone its colour
	 * @param rows rows in it
	 * @param from where it begins in the bar
	 * @param width its share of the bar
	 */
	record Part(String state, String tone, long rows, double from, double width) {

	}

}
