package com.delula.retention.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import com.delula.retention.backlog.BacklogProperties;
import com.delula.retention.installation.Catalog;

import org.springframework.jdbc.core.simple.JdbcClient;

/** The account that runs are booked to. */
final class BacklogUserCheck implements Check {

	private static final String EXISTS = "SELECT EXISTS (SELECT FROM users u WHERE u.id = :user)";

	private final Sight sight;

	private final String user;

	BacklogUserCheck(Sight sight, BacklogProperties properties) {
		this.sight = sight;
		this.user = properties.userId();
	}

	@Override
	public String id() {
		return "backlog-user";
	}

	@Override
	public String inOrder() {
		return "The backlog user " + this.user + " exists";
	}

	@Override
	public List<Finding> look() {
		return this.sight.look((jdbc) -> jdbc.sql(EXISTS).param("user", this.user).query(Boolean.class).single()
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
				"No run begins, neither cleanup nor purge, because it could not be booked.",
				"INSERT INTO users (" + String.join(", ", columns) + ") VALUES (" + values
						+ "); or set retention.backlog.user-id (BACKLOG_USER_ID) to the id of the backlog user");
	}

}
