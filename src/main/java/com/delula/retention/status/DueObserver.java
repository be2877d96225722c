package com.delula.retention.status;

/** Hears that rows of a rule became due, or no longer are, without a run or time. */
@FunctionalInterface
public interface DueObserver {

	/**
	 * What is due has to be counted again. Heard after the change has been committed, so
	 * it may not throw.
	 */
	void dueChanged(String rule);

}
