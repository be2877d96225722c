package com.delula.retention.doctor;

import java.util.List;

/** One check. One that fails becomes a finding and does not stop the others. */
interface Check {

	/** The id of its findings. */
	String id();

	/** The title of its finding when it passes. */
	String passed();

	/**
	 * Runs the check.
	 * @return the problems found; empty if it passes
	 */
	List<Finding> run();

}
