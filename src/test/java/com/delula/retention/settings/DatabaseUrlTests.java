package com.delula.retention.settings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code DATABASE_URL} in the forms that platforms give it. */
class DatabaseUrlTests {

	@ParameterizedTest
	@CsvSource({ "postgres://me:secret@db:5433/app,jdbc:postgresql://db:5433/app,me,secret",
			"postgresql://me:secret@db/app,jdbc:postgresql://db/app,me,secret",
			"postgres://db/app,jdbc:postgresql://db/app,,", "postgres://me@db/app,jdbc:postgresql://db/app,me,",
			"postgres://me:p%40ss%3A%2F%3Fw%25rd@db/app,jdbc:postgresql://db/app,me,p@ss:/?w%rd",
			"postgres://me:a+b%2Bc@db/app,jdbc:postgresql://db/app,me,a+b+c",
			"postgres://me:a:b@db/app,jdbc:postgresql://db/app,me,a:b",
			"postgres://m%C3%A9:%C3%BC@db/app,jdbc:postgresql://db/app,mé,ü",
			"postgres://me:x@[::1]:5432/app,jdbc:postgresql://[::1]:5432/app,me,x",
			"postgres://me:x@my_db:5432/app,jdbc:postgresql://my_db:5432/app,me,x",
			"postgres://me:x@db/my%20app,jdbc:postgresql://db/my%20app,me,x" })
	void understood(String url, String jdbcUrl, String username, String password) {
		assertThat(DatabaseUrl.parse(url)).contains(new DatabaseUrl(jdbcUrl, username, password));
	}

	@ParameterizedTest
	@CsvSource({ "?sslmode=require,?sslmode=require",
			"?connect_timeout=3&sslmode=disable,?connectTimeout=3&sslmode=disable",
			"?application_name=x,?ApplicationName=x", "?,''" })
	void options(String query, String options) {
		assertThat(DatabaseUrl.parse("postgres://me:x@db/app" + query))
			.contains(new DatabaseUrl("jdbc:postgresql://db/app" + options, "me", "x"));
	}

	@Test
	void severalServers() {
		assertThat(DatabaseUrl.parse("postgres://me:x@one:5432,two/app?targetServerType=primary"))
			.contains(new DatabaseUrl("jdbc:postgresql://one:5432,two/app?targetServerType=primary", "me", "x"));
	}

	@Test
	void theDriversOwnForm() {
		assertThat(DatabaseUrl.parse("jdbc:postgresql://db/app?user=me"))
			.contains(new DatabaseUrl("jdbc:postgresql://db/app?user=me", null, null));
	}

	@ParameterizedTest
	@ValueSource(strings = { "mysql://me:x@db/app", "postgres://me:x@db", "postgres://me:x@db/", "postgres:///app",
			"db", "postgres://me:x@db:port/app", "postgres://me:p@ss@db/app#x", "postgres://me:p@ss@db/app",
			"postgres://me:x@/app", "postgres://me:x@one,/app", "postgres://me:%zz@db/app", "http://db/app",
			"postgres://me:a b@db/app" })
	void notUnderstood(String url) {
		assertThat(DatabaseUrl.parse(url)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "postgres://me:secret@db", "mysql://me:secret@db/app", "postgres://me:sec@ret:secret@db",
			"jdbc:mysql://db/app?user=me&password=secret&x=1", "postgres://me:/secret@db/app" })
	void passwordsAreNotRepeated(String url) {
		assertThat(DatabaseUrl.withoutPassword(url)).doesNotContain("secret").contains("***");
	}

}
