package com.delula.retention.backlog;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import com.delula.retention.installation.Catalog;
import com.delula.retention.run.Mode;
import com.delula.retention.run.RetentionStep;
import com.delula.retention.run.RetentionTask;
import com.delula.retention.run.Run;
import com.delula.retention.run.RunRequest;
import com.delula.retention.run.RunScope;
import com.delula.retention.run.Trigger;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Keeps the newest failures of each recipe of the backlog account and removes the older
 * ones; an emergency removes them all.
 */
public final class BacklogCleanup implements RetentionTask {

	/** The task's name. */
	public static final String NAME = "backlog-cleanup";

	private final JdbcClient jdbc;

	private final Catalog catalog;

	private final BacklogProperties properties;

	BacklogCleanup(JdbcClient jdbc, Catalog catalog, BacklogProperties properties) {
		this.jdbc = jdbc;
		this.catalog = catalog;
		this.properties = properties;
	}

	/** The wish to run it. */
	public static RunRequest request(Mode mode, Trigger trigger, String actor, boolean dryRun, BacklogOptions options) {
		return new RunRequest(NAME, mode, trigger, actor, dryRun, options.asMap());
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public String ledgerType() {
		return "backlog_cleanup";
	}

	@Override
	public Set<Mode> modes() {
		return EnumSet.allOf(Mode.class);
	}

	@Override
	public List<String> tables() {
		return List.of("generations");
	}

	@Override
	public Duration age(RunRequest request) {
		return (request.mode() == Mode.EMERGENCY) ? Duration.ZERO : this.properties.maxAge();
	}

	@Override
	public List<RetentionStep> steps(RunScope scope) {
		return List.of(new BacklogStep(this.jdbc, this.catalog, this.properties, scope));
	}

	@Override
	public String summary(Run run) {
		String what = (run.mode() == Mode.EMERGENCY) ? "Emergency backlog cleanup" : "Backlog cleanup";
		if (run.dryRun()) {
			return what + " counted (dry run): " + run.rowsDue() + " failed generations would be deleted";
		}
		return what + " " + run.ending() + ": " + run.rowsRemoved() + " failed generations deleted";
	}

}
