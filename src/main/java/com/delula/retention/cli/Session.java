package com.delula.retention.cli;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.delula.retention.run.RunEngine;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * One call of the command line. The service's parts are started when the first of them is
 * asked for, so that wrong usage, help and refusals touch no database.
 */
final class Session implements AutoCloseable {

	/**
	 * Whoever only looks meets the database as it is, also one that could not be worked
	 * with.
	 */
	private static final List<String> LOOKING = List.of("--spring.flyway.enabled=false",
			"--retention.installation.check=false", "--retention.installation.functions=none");

	/** A run that somebody waits for is better started with its indexes. */
	private static final String INDEX_PATIENCE = "24h";

	private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

	private final List<String> properties;

	private final Terminal terminal;

	private volatile @Nullable ConfigurableApplicationContext context;

	private volatile boolean running;

	private volatile boolean stopping;

	private boolean buildsIndexes;

	private boolean looksOnly;

	/**
	 * Opens a session.
	 * @param properties settings in the form {@code --name=value}
	 */
	Session(List<String> properties, Terminal terminal) {
		this.properties = properties;
		this.terminal = terminal;
	}

	Terminal terminal() {
		return this.terminal;
	}

	/**
	 * A part of the service.
	 * @throws StartFailedException if it does not start; the reason has been said
	 */
	<T> T bean(Class<T> type) {
		ConfigurableApplicationContext started = this.context;
		if (started == null) {
			started = start();
			this.context = started;
			if (this.stopping) {
				throw new StartFailedException(new IllegalStateException("Stopped while starting"));
			}
		}
		return started.getBean(type);
	}

	private ConfigurableApplicationContext start() {
		SpringApplication application = new SpringApplication(CliApplication.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setBannerMode(Banner.Mode.OFF);
		application.setLogStartupInfo(false);
		application.setRegisterShutdownHook(false);
		application.setDefaultProperties(Map.of("logging.config", "classpath:logback-cli.xml",
				"retention.installation.build-indexes", this.buildsIndexes, "retention.installation.index-patience",
				INDEX_PATIENCE, "retention.installation.functions", "missing"));
		try {
			return application
				.run(Stream.concat(this.properties.stream(), this.looksOnly ? LOOKING.stream() : Stream.of())
					.toArray(String[]::new));
		}
		catch (RuntimeException ex) {
			throw new StartFailedException(ex);
		}
	}

	/** Says before the start whether missing indexes are to be built. */
	void setBuildsIndexes(boolean buildsIndexes) {
		this.buildsIndexes = buildsIndexes;
	}

	/** Says before the start whether nothing is to be migrated or required. */
	void setLooksOnly(boolean looksOnly) {
		this.looksOnly = looksOnly;
	}

	/** Whether a run is under way whose end has not been told yet. */
	boolean isRunning() {
		return this.running;
	}

	void setRunning(boolean running) {
		this.running = running;
	}

	/** Writes a result as JSON. */
	void json(Object body) {
		this.terminal.out().println(JSON.writeValueAsString(body));
	}

	/**
	 * Has a run that is under way end after its batch, and waits for that. The other
	 * parts stay, so that its result can still be told.
	 * @return whether there was something to stop
	 */
	boolean stop() {
		this.stopping = true;
		ConfigurableApplicationContext started = this.context;
		if (started == null) {
			return false;
		}
		started.getBean(RunEngine.class).stop();
		return true;
	}

	/** Ends the service's parts. */
	@Override
	public synchronized void close() {
		ConfigurableApplicationContext started = this.context;
		if (started != null) {
			started.close();
		}
	}

	/** The service's parts do not start; {@code StartFailureReporter} has said why. */
	static final class StartFailedException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		StartFailedException(RuntimeException cause) {
			super(cause);
		}

	}

}
