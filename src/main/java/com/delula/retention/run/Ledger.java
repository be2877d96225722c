package com.delula.retention.run;

/**
 * Books every run. An observer that may break a run: without its row a run does not
 * close.
 */
public interface Ledger {

	/**
	 * Checks that runs can be booked, before one removes anything.
	 * @param type the task's ledger type
	 * @throws InstallationIncompleteException if not
	 */
	void check(String type);

	/**
	 * Writes the run's one row, in the transaction that closes it.
	 * @param run the run as closed
	 * @param type the task's ledger type
	 */
	void book(Run run, String type);

	/**
	 * What that row says.
	 * @param run the run as closed
	 * @param type the task's ledger type
	 */
	LedgerEntry entry(Run run, String type);

}
