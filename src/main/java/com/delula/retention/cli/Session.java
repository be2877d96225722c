package com.delula.retention.cli;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.delula.retention.cli.RuleApplication.Description;
import com.delula.retention.run.engine.RunEngine;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

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

	private @Nullable Description description;

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
		return context().getBean(type);
	}

	/**
	 * All parts of the service of a kind, in order.
	 * @throws StartFailedException if it does not start; the reason has been said
	 */
	<T> Stream<T> beans(Class<T> type) {
		return context().getBeanProvider(type).orderedStream();
	}

	private ConfigurableApplicationContext context() {
		ConfigurableApplicationContext started = this.context;
		if (started == null) {
			started = start();
			this.context = started;
			if (this.stopping) {
				throw new StartFailedException(new IllegalStateException("Stopped while starting"));
			}
		}
		return started;
	}

	/**
	 * What there is to run, from the configuration alone.
	 * @throws StartFailedException if a setting makes no sense; the reason has been said
	 */
	synchronized Description description() {
		Description known = this.description;
		if (known == null) {
			SpringApplication application = application(RuleApplication.class);
			application.setLazyInitialization(true);
			try (ConfigurableApplicationContext context = run(application, Stream.of())) {
				known = context.getBean(RuleApplication.class).description();
			}
			this.description = known;
		}
		return known;
	}

	private ConfigurableApplicationContext start() {
		return run(application(CliApplication.class), this.looksOnly ? LOOKING.stream() : Stream.of());
	}

	private SpringApplication application(Class<?> source) {
		SpringApplication application = new SpringApplication(source);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setBannerMode(Banner.Mode.OFF);
		application.setLogStartupInfo(false);
		application.setRegisterShutdownHook(false);
		application.setDefaultProperties(Map.of("logging.config", "classpath:logback-cli.xml",
				"retention.installation.build-indexes", this.buildsIndexes, "retention.installation.index-patience",
				INDEX_PATIENCE, "retention.installation.functions", "missing"));
		return application;
	}

	private ConfigurableApplicationContext run(SpringApplication application, Stream<String> more) {
		try {
			return application.run(Stream.concat(this.properties.stream(), more).toArray(String[]::new));
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

	/**
	 * The fields of several answers in one; of a field that more than one has, the last
	 * value counts.
	 */
	static ObjectNode together(List<Object> answers) {
		ObjectNode all = JSON.createObjectNode();
		answers.forEach((answer) -> all.setAll(JSON.<ObjectNode>valueToTree(answer)));
		return all;
	}

	/** A value as JSON. */
	static JsonNode tree(Object value) {
		return JSON.valueToTree(value);
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
