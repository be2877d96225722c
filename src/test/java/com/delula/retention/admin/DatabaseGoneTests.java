package com.delula.retention.admin;

import java.util.List;

import com.delula.retention.support.Api;
import com.delula.retention.support.PostgresServer;
import com.delula.retention.support.PostgresServer.Durability;
import com.delula.retention.support.Service;
import com.delula.retention.support.TestDatabase;
import com.delula.retention.support.TestDatabase.Installation;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Without its database the service says so, and stays up. */
class DatabaseGoneTests {

	@Test
	void everyCallSaysThatTheDatabaseIsAway() {
		PostgresServer server = PostgresServer.start(Durability.FAST);
		TestDatabase database = TestDatabase.create(server, Installation.NEW);
		try (Service service = Service.start(database, "--spring.datasource.hikari.connection-timeout=500")) {
			Api api = service.api();
			api.get(Api.STATUS).ok();
			server.close();
			for (String path : List.of(Api.RUN, Api.EMERGENCY, Api.PURGE, Api.RUN + "?dryRun=true")) {
				assertThat(api.post(path).problem(503).get("detail").stringValue()).contains("database");
			}
			for (String path : List.of(Api.RUNS, Api.RUNS + "/6f1c1c1e-0000-4000-8000-000000000000",
					Api.PURGE_STATUS)) {
				api.get(path).problem(503);
			}
			api.post(Api.RUN + "?dryrun=true").problem(400);
			api.anonymous().post(Api.RUN).problem(401);
			assertThat(api.get("/actuator/health/liveness").status()).isEqualTo(200);
			assertThat(api.get("/actuator/health/readiness").status()).isEqualTo(503);
			assertThat(api.get("/actuator/health").status()).isEqualTo(503);
			assertThat(api.get("/actuator/prometheus").status()).isEqualTo(200);
		}
	}

}
