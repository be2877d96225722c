package com.delula.retention.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

import com.delula.retention.database.SqlFault;
import com.delula.retention.monitor.Due;
import com.delula.retention.monitor.DueRowsReader;
import com.delula.retention.request.RuleRequests;
import com.delula.retention.rule.Rule;
import com.delula.retention.rule.Rules;
import com.delula.retention.run.AlreadyRunningException;
import com.delula.retention.run.Run;
import com.delula.retention.run.engine.RunEngine;
import com.delula.retention.run.engine.RunTicket;
import com.delula.retention.run.engine.StoppingException;
import com.delula.retention.run.history.Approvals;
import com.delula.retention.run.history.Firing;
import com.delula.retention.run.history.RunHistory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.FixedDelayTask;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;

/**
 * Runs a rule between its firings as soon as enough rows are due, once over all
 * instances. Goes by the counts of the metrics, which are at most a minute old; a count
 * from before the last run says nothing any more.
 */
class DueRuns implements SchedulingConfigurer {

	private static final Logger log = LoggerFactory.getLogger(DueRuns.class);

	/** The counts are in memory; the database is asked only where enough is due. */
	private static final Duration LOOK = Duration.ofSeconds(2);

	/** How long a run that did not end well, or was ended, is not repeated. */
	private static final Duration REST = Duration.ofHours(1);

	private final List<Rule> rules;

	private final RunEngine engine;

	private final DueRowsReader due;

	private final RunHistory history;

	private final Approvals approvals;

	DueRuns(Rules rules, RunEngine engine, DueRowsReader due, RunHistory history, Approvals approvals) {
		this.rules = rules.all();
		this.engine = engine;
		this.due = due;
		this.history = history;
		this.approvals = approvals;
	}

	@Override
	public void configureTasks(ScheduledTaskRegistrar registrar) {
		for (Rule rule : this.rules) {
			Long enough = rule.safeguards().runWhenDue();
			if (enough != null) {
				registrar.addFixedDelayTask(new FixedDelayTask(() -> look(rule, enough), LOOK, LOOK));
			}
		}
	}

	private void look(Rule rule, long enough) {
		try {
			Due found = this.due.find(rule.name()).filter((due) -> due.rows() >= enough).orElse(null);
			if (found != null && isWorthwhile(rule, found, enough)) {
				run(rule, found);
			}
		}
		catch (AlreadyRunningException | StoppingException ex) {
			log.debug("{} is not run although rows are due: {}", rule.name(), ex.getMessage());
		}
		catch (RuntimeException ex) {
			log.warn("{} could not be run although rows are due. Retrying: {}", rule.name(), SqlFault.reason(ex));
		}
	}

	private void run(Rule rule, Due found) {
		Optional<RunTicket> begun = this.engine.start(RuleRequests.scheduled(rule, Schedules.ACTOR),
				Firing.counted(found.asOf()));
		begun.ifPresent((ticket) -> log.info("Run {} of {} began between firings: {} rows were due", ticket.run().id(),
				rule.name(), found.rows()));
	}

	private boolean isWorthwhile(Rule rule, Due found, long enough) {
		Instant now = this.history.now();
		if (!rule.safeguards().isOpenAt(LocalTime.ofInstant(now, ZoneOffset.UTC))
				|| this.history.running(rule.name()).isPresent()
				|| this.approvals.refusedRun(rule.name()).isPresent()) {
			return false;
		}
		Run last = this.history.last(rule.name()).orElse(null);
		return last == null || isWorthwhile(last, found, enough, now);
	}

	private static boolean isWorthwhile(Run last, Due found, long enough, Instant now) {
		Instant ended = last.finishedAt();
		if (ended == null || !ended.isBefore(found.asOf())) {
			return false;
		}
		return switch (last.status()) {
			case SUCCEEDED -> found.rows() - left(last) >= enough;
			case TIMED_OUT, INTERRUPTED -> true;
			default -> now.isAfter(ended.plus(REST));
		};
	}

	/** Rows that were due and stayed: another run would leave them too. */
	private static long left(Run last) {
		Long due = last.rowsDue();
		return (due != null) ? Math.max(0, due - last.rowsRemoved()) : 0;
	}

}
