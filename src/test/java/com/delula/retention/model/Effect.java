package com.delula.retention.model;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a call of the service did.
 *
 * @param <K> the type of a row's key
 * @param disturbed whether something went wrong
 * @param late rows that came meanwhile
 * @param before all rows before
 * @param after all rows after
 */
record Effect<K>(boolean disturbed, Set<K> late, Map<K, String> before, Map<K, String> after) {

	Set<K> gone() {
		Set<K> gone = new HashSet<>(this.before.keySet());
		gone.addAll(this.late);
		gone.removeAll(this.after.keySet());
		return gone;
	}

	Set<K> back() {
		Set<K> back = new HashSet<>(this.after.keySet());
		back.removeAll(this.before.keySet());
		back.removeAll(this.late);
		return back;
	}

}
