package com.delula.retention.database;

import java.sql.SQLException;

import com.zaxxer.hikari.SQLExceptionOverride;

/**
 * Keeps the connection on which the server refused a statement as not supported. The pool
 * would close it in the middle of the transaction: the rollback then fails, and its
 * "Connection is closed" takes the place of what the server said, which looks like a
 * database that is away. A standby, which says the same of a transaction that writes, is
 * left as before.
 */
public final class RefusedStatement implements SQLExceptionOverride {

	@java.lang.Override
	public Override adjudicate(SQLException refused) {
		boolean keeps = SqlFault.state(refused).equals(SqlFault.NOT_SUPPORTED) && !SqlFault.isReadOnly(refused);
		return keeps ? Override.DO_NOT_EVICT : Override.CONTINUE_EVICT;
	}

}
