package com.delula.retention.run;

import java.util.Optional;

/**
 * Something outside of the service that can run a task at times of its own. While it
 * does, the service's schedule of that task is inactive.
 */
public interface ForeignSchedule {

	/**
	 * The schedule by which a task is run from outside; empty if none is active, or if
	 * that cannot be found out at this moment.
	 */
	Optional<TaskSchedule> active(String task);

}
