package com.delula.retention.run;

import org.jspecify.annotations.Nullable;

/**
 * A place between two rows of a walk, at which one slice ends and the next begins.
 *
 * @param time of the row before it
 * @param id of the row before it
 * @param nextTime of the row behind it; null at the end of what was cut
 * @param nextId of the row behind it
 */
public record Cut(String time, String id, @Nullable String nextTime, @Nullable String nextId) {

	/** The row before it. */
	Watermark end() {
		return new Watermark(this.time, this.id);
	}

	/** The row behind it; null if the walk does not go on. */
	@Nullable Watermark next() {
		return (this.nextTime != null && this.nextId != null) ? new Watermark(this.nextTime, this.nextId) : null;
	}

}
