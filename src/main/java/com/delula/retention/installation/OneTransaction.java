package com.delula.retention.installation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * Has Flyway do all its work in one transaction on one connection, whatever it asks for.
 * It would set the search path and the role of several sessions and take its lock on a
 * further one; behind a pooler in transaction mode these are different sessions from one
 * statement to the next, and keep what was set. The migrations are made for it: none of
 * them needs to run outside of a transaction.
 */
final class OneTransaction extends AbstractDataSource {

	private final Connection connection;

	private final Connection shared;

	/**
	 * Wraps a connection.
	 * @param connection inside a transaction that whoever calls this ends
	 */
	OneTransaction(Connection connection) {
		this.connection = connection;
		this.shared = (Connection) Proxy.newProxyInstance(OneTransaction.class.getClassLoader(),
				new Class<?>[] { Connection.class }, (proxy, method, arguments) -> invoke(method, arguments));
	}

	private @Nullable Object invoke(Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
		switch (method.getName()) {
			case "close", "commit", "setAutoCommit" -> {
				return null;
			}
			case "getAutoCommit" -> {
				return true;
			}
			default -> {
				return forward(method, arguments);
			}
		}
	}

	private @Nullable Object forward(Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
		if (arguments != null && arguments.length > 0 && arguments[0] instanceof String sql) {
			arguments[0] = local(sql);
		}
		try {
			return method.invoke(this.connection, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

	/**
	 * What Flyway sets ends with the transaction. Its lock is not taken: the transaction
	 * holds one of its own by then, and one that an older version left behind in a
	 * pooler's session would be there until the pooler closes it.
	 */
	private static String local(String sql) {
		if (sql.startsWith("SELECT pg_try_advisory_xact_lock(")) {
			return "SELECT true AS pg_try_advisory_xact_lock";
		}
		if (sql.startsWith("SET ROLE ")) {
			return sql.replace("SET ROLE ", "SET LOCAL ROLE ");
		}
		return sql.equals("SELECT set_config('search_path', ?, false)") ? "SELECT set_config('search_path', ?, true)"
				: sql;
	}

	@Override
	public Connection getConnection() {
		return this.shared;
	}

	@Override
	public Connection getConnection(String username, String password) {
		return this.shared;
	}

}
