package com.delula.retention.doctor;

import java.util.Comparator;
import java.util.List;

import com.delula.retention.run.SqlFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at what makes a cleanup slow, unsafe or impossible. Reads only, and each check by
 * itself: one that fails is reported and stops no other.
 */
public class Doctor {

	private static final Logger log = LoggerFactory.getLogger(Doctor.class);

	private final List<Check> checks;

	Doctor(List<Check> checks) {
		this.checks = List.copyOf(checks);
	}

	/**
	 * Makes all checks.
	 * @return at least one finding for each, the worst first
	 */
	public List<Finding> examine() {
		return this.checks.stream()
			.flatMap((check) -> examine(check).stream())
			.sorted(Comparator.comparing(Finding::severity).reversed())
			.toList();
	}

	/** How bad it is altogether. */
	public static Severity worst(List<Finding> findings) {
		return findings.stream().map(Finding::severity).max(Comparator.naturalOrder()).orElse(Severity.OK);
	}

	private static List<Finding> examine(Check check) {
		try {
			List<Finding> findings = check.look();
			return findings.isEmpty() ? List.of(Finding.ok(check.id(), check.inOrder())) : findings;
		}
		catch (RuntimeException ex) {
			if (SqlFault.of(ex) == SqlFault.UNREACHABLE) {
				throw ex;
			}
			log.warn("The doctor's check {} could not be made: {}", check.id(), SqlFault.reason(ex));
			log.debug("The check {}", check.id(), ex);
			return List.of(Finding.unseen(check.id(), SqlFault.reason(ex)));
		}
	}

}
