package com.delula.retention.doctor;

import java.util.Comparator;
import java.util.List;

import com.delula.retention.database.SqlFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks for what makes a cleanup slow, unsafe or impossible. Only reads. A check that
 * fails is reported and does not stop the others.
 */
public class Doctor {

	private static final Logger log = LoggerFactory.getLogger(Doctor.class);

	private final List<Check> checks;

	Doctor(List<Check> checks) {
		this.checks = List.copyOf(checks);
	}

	/**
	 * Runs all checks.
	 * @return at least one finding for each, the worst first
	 */
	public List<Finding> examine() {
		return this.checks.stream()
			.flatMap((check) -> examine(check).stream())
			.sorted(Comparator.comparing(Finding::severity).reversed())
			.toList();
	}

	/** The highest severity among the findings. */
	public static Severity worst(List<Finding> findings) {
		return findings.stream().map(Finding::severity).max(Comparator.naturalOrder()).orElse(Severity.OK);
	}

	private static List<Finding> examine(Check check) {
		try {
			List<Finding> findings = check.run();
			return findings.isEmpty() ? List.of(Finding.ok(check.id(), check.passed())) : findings;
		}
		catch (RuntimeException ex) {
			if (SqlFault.of(ex) == SqlFault.UNREACHABLE) {
				throw ex;
			}
			log.warn("Doctor check {} failed to run: {}", check.id(), SqlFault.reason(ex));
			log.debug("Doctor check {}", check.id(), ex);
			return List.of(Finding.notRun(check.id(), SqlFault.reason(ex)));
		}
	}

}
