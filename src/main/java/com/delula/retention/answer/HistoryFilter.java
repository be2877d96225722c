package com.delula.retention.answer;

import java.util.List;

import com.delula.retention.option.Option;
import com.delula.retention.option.OptionType;
import com.delula.retention.run.Labelled;
import com.delula.retention.run.Mode;
import com.delula.retention.run.RunStatus;
import org.jspecify.annotations.Nullable;

/**
 * Which runs of the history a caller wants.
 *
 * @param task only this task's; all if null
 * @param status only in this status; any if null
 * @param mode only in this mode; any if null
 * @param page the page, from 0
 * @param size runs on a page
 */
public record HistoryFilter(@Nullable String task, @Nullable RunStatus status, @Nullable Mode mode, int page,
		int size) {

	/** The last page whose offset fits, whatever its size. */
	private static final Option<Integer> PAGE = new Option<>("page", OptionType.wholeNumber(0, 10_000_000));

	private static final Option<Integer> SIZE = new Option<>("size", OptionType.wholeNumber(1, 200));

	private static final Option<String> STATUS = new Option<>("status",
			OptionType.oneOf(Labelled.labels(RunStatus.class)));

	private static final Option<String> MODE = new Option<>("mode", OptionType.oneOf(Labelled.labels(Mode.class)));

	/**
	 * Reads what a caller sent.
	 * @param tasks the names of the tasks that there are
	 * @throws com.delula.retention.option.OptionException if a value is invalid
	 */
	public static HistoryFilter of(@Nullable String task, @Nullable String status, @Nullable String mode, String page,
			String size, List<String> tasks) {
		String known = (task != null) ? new Option<>("task", OptionType.oneOf(tasks)).read(task) : null;
		RunStatus wanted = (status != null) ? Labelled.find(RunStatus.class, STATUS.read(status)).orElse(null) : null;
		Mode kind = (mode != null) ? Labelled.find(Mode.class, MODE.read(mode)).orElse(null) : null;
		return new HistoryFilter(known, wanted, kind, PAGE.read(page), SIZE.read(size));
	}

}
