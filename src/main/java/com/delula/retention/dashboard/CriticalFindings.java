package com.delula.retention.dashboard;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import com.delula.retention.doctor.Doctor;
import com.delula.retention.doctor.Finding;
import com.delula.retention.doctor.Severity;
import com.delula.retention.rule.Rule;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The doctor's critical findings, where rules are shown and started. The overview does
 * not wait for the doctor; a preview does.
 */
class CriticalFindings {

	private static final Logger log = LoggerFactory.getLogger(CriticalFindings.class);

	/** An examination reads the catalog and plans statements: some 100 ms. */
	private static final Duration REST = Duration.ofMinutes(1);

	private final Doctor doctor;

	private final Clock clock;

	private final AtomicBoolean examining = new AtomicBoolean();

	private volatile Instant examined = Instant.MIN;

	private volatile List<Finding> latest = List.of();

	CriticalFindings(Doctor doctor, Clock clock) {
		this.doctor = doctor;
		this.clock = clock;
	}

	/** What is known without waiting; examines again in the background once a minute. */
	List<Finding> latest() {
		if (isStale() && this.examining.compareAndSet(false, true)) {
			CompletableFuture.runAsync(this::attempt);
		}
		return this.latest;
	}

	/** What concerns runs of a rule at this moment. */
	List<Finding> now(Rule rule) {
		return concerning(rule, examine());
	}

	static List<Finding> concerning(Rule rule, List<Finding> findings) {
		return findings.stream().filter((finding) -> finding.concerns(rule.tableNames())).toList();
	}

	private boolean isStale() {
		return this.examined.equals(Instant.MIN)
				|| Duration.between(this.examined, this.clock.instant()).compareTo(REST) > 0;
	}

	private List<Finding> examine() {
		List<Finding> found = this.doctor.examine()
			.stream()
			.filter((finding) -> finding.severity() == Severity.CRITICAL)
			.toList();
		this.latest = found;
		this.examined = this.clock.instant();
		return found;
	}

	private void attempt() {
		try {
			examine();
		}
		catch (RuntimeException ex) {
			log.debug("The doctor could not examine the database for the overview", ex);
		}
		finally {
			this.examining.set(false);
		}
	}

}
