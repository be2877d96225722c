package com.delula.retention.model;

import java.time.Instant;

import com.delula.retention.model.Happening.Trouble;
import com.delula.retention.support.Service;
import com.delula.retention.support.TestDatabase;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.StringUtils;

/**
 * A database on which histories happen one after the other, with what makes trouble in
 * it. What it begins ends with the JVM.
 *
 * @param service the instance that is called
 * @param second another one, which gets every second call; it may be the same
 * @param disturbance what goes wrong on the tables of the rule
 */
record Stage(Service service, Service second, Disturbance disturbance) {

	/**
	 * In series of batches, which the server carries out where a run is to pause; and as
	 * where a user would rather have it, what was planned once is not planned anew.
	 */
	private static final String[] OTHERWISE = { "--retention.run.duty-cycle=0.99",
			"--spring.datasource.hikari.data-source-properties.prepareThreshold=2" };

	/** For failures that refer to recipes. */
	static Stage ofGenerations(int instances) {
		TestDatabase database = TestDatabase.started();
		database.jdbc().sql("ALTER TABLE generations ADD FOREIGN KEY (recipe_id) REFERENCES recipes").update();
		return start(database, Disturbance.ofGenerations(database), instances,
				"--retention.backlog.keep-per-recipe=" + ModelDatabases.KEPT, "--retention.backlog.undo=7d");
	}

	/** For jobs and upscale jobs. */
	static Stage ofJobs(int instances) {
		TestDatabase database = TestDatabase.started();
		return start(database, Disturbance.ofJobs(database), instances, "--retention.purge.undo=7d");
	}

	private static Stage start(TestDatabase database, Disturbance disturbance, int instances, String... rule) {
		Service service = instance(database, rule);
		Service second = (instances > 1) ? instance(database, StringUtils.concatenateStringArrays(rule, OTHERWISE))
				: service;
		return new Stage(service, second, disturbance);
	}

	private static Service instance(TestDatabase database, String... rule) {
		String[] settings = { "--retention.run.duty-cycle=1", "--retention.run.batch.min-rows=1",
				"--retention.run.batch.max-rows=3", "--spring.datasource.hikari.validation-timeout=250" };
		return Service.start(database, StringUtils.concatenateStringArrays(settings, rule));
	}

	JdbcClient jdbc() {
		return this.service.jdbc();
	}

	/**
	 * Posts to the service while something may go wrong.
	 * @param path what to post to
	 * @param trouble what may go wrong
	 * @param at with which statement it does
	 * @param base the time that ages count from
	 * @return whether it came to that
	 */
	boolean call(String path, Trouble trouble, int at, Instant base) {
		this.disturbance.begin(trouble, at, base);
		((at % 2 == 0) ? this.second : this.service).api().post(path);
		return this.disturbance.end();
	}

}
