package com.delula.retention.installation;

import java.util.List;

/**
 * What one feature sends to the database while it removes rows, for whoever wants to look
 * at the plans. Beans of this type are collected.
 */
public interface RuleStatements {

	/** The statements; empty while there is no row to try them on. */
	List<RuleStatement> statements();

}
