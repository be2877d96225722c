package com.delula.retention.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import com.delula.retention.installation.Catalog;
import com.delula.retention.ledger.LedgerAccount;

import org.springframework.jdbc.core.simple.JdbcClient;

/** The user whose account the ledger books runs to. */
final class LedgerAccountCheck implements Check {

	private static final String EXISTS = "SELECT EXISTS (SELECT FROM users u WHERE u.id = :user)";

	private final ReadOnlyDatabase database;

	private final String user;

	LedgerAccountCheck(ReadOnlyDatabase database, LedgerAccount account) {
		this.database = database;
		this.user = account.userId();
	}

	@Override
	public String id() {
		return "backlog-user";
	}

	@Override
	public String passed() {
		return "The backlog user " + this.user + " exists";
	}

	@Override
	public List<Finding> run() {
		return this.database.read((jdbc) -> jdbc.sql(EXISTS).param("user", this.user).query(Boolean.class).single()
				? List.of() : List.of(missing(jdbc)));
	}

	private Finding missing(JdbcClient jdbc) {
		List<String> columns = new ArrayList<>(List.of("id"));
		new Catalog(jdbc).columnsWithoutDefault("users")
			.stream()
			.filter((column) -> !column.equals("id"))
			.forEach(columns::add);
		String values = columns.stream()
			.map((column) -> column.equals("id") ? "'" + this.user + "'" : "…")
			.collect(Collectors.joining(", "));
		return Finding.critical(id(), "The users table has no row with id '" + this.user + "'",
				"No run can start, because it could not be recorded in the ledger.",
				"INSERT INTO users (" + String.join(", ", columns) + ") VALUES (" + values
						+ ");\n-- Or set retention.backlog.user-id (BACKLOG_USER_ID) to the id of the backlog user's row.");
	}

}
