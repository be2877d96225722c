package com.delula.retention.dashboard;

import java.util.List;

import com.delula.retention.option.OptionType;
import org.jspecify.annotations.Nullable;

/**
 * A page of results.
 *
 * @param items what is on it
 * @param page which it is, from 0
 * @param total how many there are on all pages
 * @param <T> what is listed
 */
public record ResultPage<T>(List<T> items, int page, long total) {

	/** Fits on a desktop screen with little scrolling. */
	static final int SIZE = 25;

	/** Up to the last page whose offset fits. */
	private static final OptionType<Integer> PAGE = OptionType.wholeNumber(0, 10_000_000);

	/** Cuts a page out of all items. */
	public static <T> ResultPage<T> cut(List<T> all, int page) {
		int known = Math.min(page, lastPage(all.size()));
		int from = known * SIZE;
		return new ResultPage<>(all.subList(from, Math.min(from + SIZE, all.size())), known, all.size());
	}

	/**
	 * The last page of so many items, from 0; an address that names a later one gets it.
	 */
	static int lastPage(long total) {
		return (int) (Math.max(0, total - 1) / SIZE);
	}

	/** The page that an address names; the first if it names none. */
	public static int page(@Nullable String text) {
		return (text != null) ? PAGE.parse(text).orElse(0) : 0;
	}

	/** Whether there is a page before it. */
	public boolean hasPrevious() {
		return this.page > 0;
	}

	/** Whether there is a page behind it. */
	public boolean hasNext() {
		return (this.page + 1L) * SIZE < this.total;
	}

	/** The number of the first item, from 1. */
	public long first() {
		return (this.items.isEmpty()) ? 0 : (long) this.page * SIZE + 1;
	}

	/** The number of the last item. */
	public long last() {
		return (this.items.isEmpty()) ? 0 : (long) this.page * SIZE + this.items.size();
	}

}
