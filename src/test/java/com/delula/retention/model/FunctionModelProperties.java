package com.delula.retention.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.delula.retention.model.BacklogModelProperties.Failure;
import com.delula.retention.support.Api;
import com.delula.retention.support.Service;
import com.delula.retention.support.TestDatabase;
import com.delula.retention.support.TestDatabase.Installation;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

import static org.assertj.core.api.Assertions.assertThat;

/** The function in the database removes what the service's rule removes. */
class FunctionModelProperties {

	private static final Map<Installation, Service> SERVICES = new EnumMap<>(Installation.class);

	@Property(shrinking = ShrinkingMode.BOUNDED)
	void theFunctionDoesWhatTheServiceDoes(@ForAll Installation installation, @ForAll("databases") List<Failure> rows,
			@ForAll("references") Set<Integer> referenced, @ForAll("policies") Exceptions policies) {
		Service service = service(installation);
		policies.save(service);
		fill(service, installation, rows, referenced);
		long removed = service.jdbc().sql("SELECT backlog_cleanup_failed_generations()").query(Long.class).single();
		List<Long> afterFunction = service.database().rows().generationIds();
		List<Map<String, Object>> byFunction = ModelDatabases.books(service.jdbc());
		fill(service, installation, rows, referenced);
		service.api().post(Api.RUN, "{}").ok();
		assertThat(afterFunction).isEqualTo(service.database().rows().generationIds());
		assertThat(byFunction).isEqualTo(ModelDatabases.books(service.jdbc()));
		assertThat(removed).isEqualTo(rows.size() - afterFunction.size());
	}

	/** With a table that refers to generations, which the other models do not have. */
	private static Service service(Installation installation) {
		return SERVICES.computeIfAbsent(installation, (kind) -> {
			Service service = Service.start(TestDatabase.create(kind),
					"--retention.backlog.keep-per-recipe=" + ModelDatabases.KEPT, "--retention.run.duty-cycle=1",
					"--retention.run.batch.min-rows=1", "--retention.run.batch.max-rows=3");
			service.jdbc()
				.sql("CREATE TABLE notes (generation bigint REFERENCES generations (id) DEFERRABLE INITIALLY DEFERRED)")
				.update();
			return service;
		});
	}

	private static void fill(Service service, Installation installation, List<Failure> rows, Set<Integer> referenced) {
		service.jdbc()
			.sql("TRUNCATE generations, upscale_jobs, jobs, credit_transactions, retention_run CASCADE")
			.update();
		Instant now = service.database().rows().now();
		List<Map<String, Object>> columns = new ArrayList<>();
		rows.forEach((row) -> columns.add(row.columns(now, installation)));
		ModelDatabases.insert(service, "generations", columns);
		for (int index : referenced) {
			if (index < rows.size()) {
				service.jdbc().sql("INSERT INTO notes VALUES (:id)").param("id", rows.get(index).id()).update();
			}
		}
	}

	@Provide
	Arbitrary<List<Failure>> databases() {
		return new BacklogModelProperties().databases();
	}

	@Provide
	Arbitrary<Exceptions> policies() {
		return Exceptions.any();
	}

	@Provide
	Arbitrary<Set<Integer>> references() {
		return Arbitraries.integers().between(0, 59).set().ofMaxSize(6);
	}

}
