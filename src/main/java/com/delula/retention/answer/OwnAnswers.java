package com.delula.retention.answer;

import java.time.Instant;
import java.util.List;

import com.delula.retention.run.RunOutcome;

/**
 * Answers that a rule has of its own, besides those of every rule. Beans of this type are
 * collected.
 */
public interface OwnAnswers {

	/** The rule's name. */
	String rule();

	/** The counts of a run. */
	RunCounts counts(RunOutcome outcome);

	/** What a person wants to see of a run besides its sums. */
	List<Grid> details(RunOutcome outcome);

	/** How the rule's tables stand. */
	Overview overview();

	/**
	 * How a rule's tables stand.
	 *
	 * @param asOf when they were counted, by the database's clock
	 * @param json the answer with the contract's field names
	 * @param tables the same for a person
	 */
	record Overview(Instant asOf, Object json, List<Grid> tables) {

	}

}
