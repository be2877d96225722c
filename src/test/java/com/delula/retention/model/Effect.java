package com.delula.retention.model;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a call of the service did.
 *
 * @param disturbed whether something went wrong
 * @param late rows that came meanwhile
 * @param before all rows before
 * @param after all rows after
 */
record Effect(boolean disturbed, Set<Long> late, Map<Long, String> before, Map<Long, String> after) {

	Set<Long> gone() {
		Set<Long> gone = new HashSet<>(this.before.keySet());
		gone.addAll(this.late);
		gone.removeAll(this.after.keySet());
		return gone;
	}

	Set<Long> back() {
		Set<Long> back = new HashSet<>(this.after.keySet());
		back.removeAll(this.before.keySet());
		back.removeAll(this.late);
		return back;
	}

}
