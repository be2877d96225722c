package com.delula.retention.support;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A row of one of the two tables of jobs.
 *
 * @param <J> the kind of job
 */
public abstract class AnyJob<J extends AnyJob<J>> extends Row<J> {

	AnyJob(Tables tables, String table) {
		super(tables, table);
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
