package com.delula.retention.run;

/**
 * A row that a batch removed is referred to by one that came meanwhile. The batch is
 * undone and tried again, and then the row stays.
 */
public class LateReferenceException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public LateReferenceException(String table) {
		super("A reference to a row of " + table + " came while it was removed");
	}

}
