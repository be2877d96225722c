package com.delula.retention.dashboard;

import java.time.Duration;

import com.delula.retention.support.Pages;
import com.delula.retention.support.Rows;
import com.delula.retention.support.Service;
import com.delula.retention.support.TestDatabase.Installation;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;

/** Tests of the pages of a shared service, as a browser gets them, on empty tables. */
abstract class OnPages {

	final Service service = Service.shared(Installation.EXISTING);

	final Rows rows = this.service.database().rows();

	@BeforeEach
	void empty() {
		this.rows.clear();
	}

	void due(int rows) {
		this.rows.generation().failed().recipe(4242).age(days(3)).insert(rows);
	}

	static Duration days(int days) {
		return Duration.ofDays(days);
	}

	Pages pages() {
		return new Pages(this.service.api().port());
	}

	Pages as(String user) {
		Pages pages = pages();
		pages.login(user, Service.PASSWORD);
		return pages;
	}

	void awaitIdle() {
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.pollInterval(Duration.ofMillis(20))
			.until(() -> this.service.jdbc()
				.sql("SELECT count(*) FROM retention_run WHERE status = 'running'")
				.query(Long.class)
				.single() == 0);
	}

}
