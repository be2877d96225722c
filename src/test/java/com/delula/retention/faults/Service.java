package com.delula.retention.faults;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.delula.retention.RetentionApplication;
import com.delula.retention.backlog.BacklogCleanup;
import com.delula.retention.run.Caller;
import com.delula.retention.run.Mode;
import com.delula.retention.run.RunOutcome;
import com.delula.retention.run.RunRequest;
import com.delula.retention.run.Trigger;
import com.delula.retention.run.engine.RunEngine;
import com.delula.retention.run.engine.RunTicket;
import com.delula.retention.support.TestDatabase;
import com.delula.retention.support.WithoutWeb;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * An instance of the service in this JVM, without the web, with small batches and short
 * patience.
 */
final class Service implements AutoCloseable {

	/** Who cancels runs. */
	static final Caller CALLER = new Caller("test", Trigger.API);

	private final ConfigurableApplicationContext context;

	private Service(ConfigurableApplicationContext context) {
		this.context = context;
	}

	static Service start(TestDatabase database, String... properties) {
		return start(WithoutWeb.class, WebApplicationType.NONE, database, properties);
	}

	/** The same, with all that listens to HTTP; a start takes three times as long. */
	static Service startListening(TestDatabase database, String... properties) {
		return start(RetentionApplication.class, WebApplicationType.SERVLET, database, properties);
	}

	private static Service start(Class<?> source, WebApplicationType type, TestDatabase database,
			String... properties) {
		Map<String, String> all = new LinkedHashMap<>();
		put(all, database.properties());
		put(all, List.of("retention.backlog.cron=-", "retention.purge.cron=-", "retention.run.batch.min-rows=1",
				"retention.run.batch.max-rows=100", "retention.run.duty-cycle=1", "retention.run.lease=5s",
				"retention.run.retry-for=30s", "retention.run.batch.lock-timeout=200ms",
				"spring.datasource.hikari.connection-timeout=2000", "spring.datasource.hikari.validation-timeout=500",
				"server.port=0"));
		put(all, List.of(properties));
		return new Service(new SpringApplicationBuilder(source).web(type)
			.run(all.entrySet().stream().map((property) -> "--" + property).toArray(String[]::new)));
	}

	private static void put(Map<String, String> all, List<String> properties) {
		properties.forEach((property) -> all.put(property.split("=", 2)[0], property.split("=", 2)[1]));
	}

	RunEngine engine() {
		return this.context.getBean(RunEngine.class);
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	RunTicket begin(Mode mode) {
		return engine().start(new RunRequest(BacklogCleanup.NAME, mode, Trigger.API, "test", false, Map.of()));
	}

	RunOutcome run(Mode mode) {
		return begin(mode).outcome().join();
	}

	/** Whether a load balancer would send it requests. */
	boolean isReady() {
		int port = this.context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
		try {
			return HttpClient.newHttpClient()
				.send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/actuator/health/readiness"))
					.build(), HttpResponse.BodyHandlers.discarding())
				.statusCode() == 200;
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	@Override
	public void close() {
		this.context.close();
	}

}
