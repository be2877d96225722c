package com.delula.retention.run.history;

import java.util.Map;

import com.delula.retention.run.RunStatus;
import org.jspecify.annotations.Nullable;

/**
 * How a run is closed.
 *
 * @param status its status
 * @param error why it did not end well; null if it did
 * @param note what a person should know of it, such as rows that stayed; null if nothing
 * @param counted rows that the instance knows to be removed or put back; null if nobody
 * counted
 * @param removedByGroup rows removed by group; null if nobody counted
 * @param removedByReason the same by reason
 */
public record Ending(RunStatus status, @Nullable String error, @Nullable String note, @Nullable Long counted,
		@Nullable Map<@Nullable String, Long> removedByGroup, @Nullable Map<@Nullable String, Long> removedByReason) {

	/** An end without counts. */
	public Ending(RunStatus status, @Nullable String error, @Nullable String note) {
		this(status, error, note, null, null, null);
	}

	/** The same with counts. */
	public Ending counted(long rows, @Nullable Map<@Nullable String, Long> byGroup,
			@Nullable Map<@Nullable String, Long> byReason) {
		return new Ending(this.status, this.error, this.note, rows, byGroup, byReason);
	}

}
