package com.delula.retention.run;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import com.delula.retention.rule.Policy;
import com.delula.retention.rule.Rule;

/** A rule as the engine runs it. */
public interface RetentionTask {

	/** What the rule says. */
	Rule rule();

	/** The name in the history, on the lock and in metrics, such as {@code job-purge}. */
	String name();

	/** The {@code type} of its rows in the ledger. */
	String ledgerType();

	/** How far it can go. */
	Set<Mode> modes();

	/** The tables that lose rows, in order. */
	List<String> tables();

	/** How old rows must be to be due; zero means that age does not matter. */
	Duration age(RunRequest request);

	/** The exceptions to the rule that are in force now. */
	List<Policy> policies();

	/**
	 * Looks at a request before a run is opened for it.
	 * @throws NotRestorableException if it is a restore that cannot be
	 * @throws InstallationIncompleteException if the installation lacks what it needs
	 */
	default void check(RunRequest request) {
	}

	/**
	 * The steps of one run, in the order in which they are to be done.
	 * @throws InstallationIncompleteException if the installation lacks what they need
	 */
	List<RetentionStep> steps(RunScope scope);

	/**
	 * Counts, reading only, what is due under the policies of one scope and of another.
	 */
	StockChange compare(RunScope before, RunScope after);

	/**
	 * Tells what becomes of one row in a run of that scope, in the transaction of the
	 * caller, who sees to its snapshot and its timeout.
	 * @param table one of the rule's tables
	 * @param key the row's key; of several columns in order, with commas
	 * @throws InvalidKeyException if that is no key of the table
	 */
	RowVerdict explain(RunScope scope, String table, String key);

	/** The rows as a run of that scope would find them. */
	TaskRows rows(RunScope scope);

	/** Counts all rows of its tables, whatever the rule says of them. */
	long countAll();

	/** The one line that is logged when a run has ended. */
	String summary(Run run);

}
