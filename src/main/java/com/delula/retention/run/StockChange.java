package com.delula.retention.run;

/**
 * What other policies would change in a table.
 *
 * @param dueBefore rows that are due now
 * @param dueAfter rows that would be due
 * @param more rows that would be due and are not
 * @param fewer rows that are due and would not be
 */
public record StockChange(long dueBefore, long dueAfter, long more, long fewer) {

	/** No row. */
	public static final StockChange NONE = new StockChange(0, 0, 0, 0);

	/** Both together. */
	public StockChange plus(StockChange other) {
		return new StockChange(this.dueBefore + other.dueBefore, this.dueAfter + other.dueAfter, this.more + other.more,
				this.fewer + other.fewer);
	}

}
