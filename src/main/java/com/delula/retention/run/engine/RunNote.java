package com.delula.retention.run.engine;

import java.util.ArrayList;
import java.util.List;

import com.delula.retention.rule.Quantity;
import com.delula.retention.run.Mode;
import com.delula.retention.run.RunOutcome.StepOutcome;
import com.delula.retention.run.Stock;
import org.jspecify.annotations.Nullable;

/** Says why a run removed fewer rows than were due. */
final class RunNote {

	private RunNote() {
	}

	/**
	 * The note of a run.
	 * @param steps what became of its steps
	 * @param mode how far it went
	 * @param stopped whether it ended before it was through, which explains itself
	 * @return the note; null if there is nothing to say
	 */
	static @Nullable String of(List<StepOutcome> steps, Mode mode, boolean stopped) {
		boolean restores = mode == Mode.RESTORE;
		List<String> parts = new ArrayList<>();
		add(parts, steps.stream().mapToLong(StepOutcome::keptReferenced).sum(),
				restores ? "left out (key taken, parent missing or no longer fitting) and still kept"
						: "kept (still referenced)");
		add(parts, steps.stream().mapToLong(StepOutcome::leftLocked).sum(),
				"left to the next run (held by another session for longer than 10 s)");
		if (!stopped) {
			add(parts, steps.stream().mapToLong(RunNote::gone).sum(), restores ? "no longer kept when their turn came"
					: "no longer due when their turn came (changed or removed by others)");
		}
		if (!stopped && steps.stream().anyMatch((step) -> step.stock() == null)) {
			parts.add("due rows not counted (counting took too long or failed)");
		}
		return parts.isEmpty() ? null : String.join("; ", parts);
	}

	/** Rows that were due at the start and of which nothing else became known. */
	private static long gone(StepOutcome step) {
		Stock stock = step.stock();
		if (stock == null) {
			return 0;
		}
		long newlyKept = Math.max(0, step.keptReferenced() - stock.keptReferenced());
		return Math.max(0, stock.due() - step.removed() - newlyKept - step.leftLocked());
	}

	private static void add(List<String> parts, long rows, String what) {
		if (rows > 0) {
			parts.add(Quantity.rows(rows) + " " + what);
		}
	}

}
