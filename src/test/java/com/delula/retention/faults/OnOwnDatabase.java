package com.delula.retention.faults;

import com.delula.retention.support.TestDatabase;
import com.delula.retention.support.TestDatabase.Installation;
import org.junit.jupiter.api.AfterEach;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Tests that each have a database of their own, and the books of what was in it. */
abstract class OnOwnDatabase {

	final TestDatabase database = TestDatabase.create(Installation.EXISTING);

	final JdbcClient jdbc = this.database.jdbc();

	final Books books = new Books(this.database);

	@AfterEach
	void drop() {
		this.database.close();
	}

}
