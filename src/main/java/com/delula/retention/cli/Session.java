package com.delula.retention.cli;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.delula.retention.cli.RuleApplication.Description;
import com.delula.retention.installation.InstalledVersion;
import com.delula.retention.run.engine.RunEngine;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * One call of the command line. The service's parts are started when the first of them is
 * asked for, so that wrong usage, help and refusals touch no database.
 */
final class Session implements AutoCloseable {

	/**
	 * Commands that only look work on any database, even one that the service cannot use.
	 */
	private static final List<String> LOOKING = List.of("--spring.flyway.enabled=false",
			"--retention.installation.check=false", "--retention.installation.functions=none");

	/** A run that somebody waits for is better started with its indexes. */
	private static final String INDEX_PATIENCE = "24h";

	/** How a run ended is the command's result; the log need not tell it again. */
	private static final String RUN_ENDINGS = "logging.level.com.delula.retention.run.engine.RunCloser";

	private final List<String> properties;

	private final Terminal terminal;

	private final ApplicationListener<?>[] listeners;

	private volatile @Nullable ConfigurableApplicationContext context;

	private @Nullable Description description;

	private volatile boolean running;

	private volatile boolean stopping;

	private final Interruption interruption = new Interruption();

	private boolean buildsIndexes;

	private boolean looksOnly;

	private boolean startsPartly;

	/** Whether what has started are only the parts that were asked for. */
	private boolean partial;

	/**
	 * Opens a session.
	 * @param properties settings in the form {@code --name=value}
	 */
	Session(List<String> properties, Terminal terminal, ApplicationListener<?>... listeners) {
		this.listeners = listeners;
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
			started = this.startsPartly ? startPartly() : start();
			this.context = started;
			if (this.stopping) {
				throw new StartFailedException(new IllegalStateException("Stopped while starting"));
			}
		}
		return started;
	}

	/**
	 * What there is to run, from the configuration alone.
	 * @throws StartFailedException if a setting is invalid; the reason has been said
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

	/**
	 * Starts each part when it is asked for, without Flyway and the check of all tables,
	 * unless there is something to migrate.
	 */
	private ConfigurableApplicationContext startPartly() {
		SpringApplication application = application(CliApplication.class);
		application.setLazyInitialization(true);
		application.addInitializers(new NothingStarts());
		ConfigurableApplicationContext context = run(application, LOOKING.stream());
		if (context.getBean(InstalledVersion.class).isCurrent()) {
			this.partial = true;
			return context;
		}
		context.close();
		return start();
	}

	/**
	 * Starts everything if only parts have started, which names what is wrong with the
	 * installation.
	 * @throws StartFailedException if something is; it has been said
	 */
	void startFully() {
		if (this.partial) {
			close();
			this.partial = false;
			this.context = start();
		}
	}

	private SpringApplication application(Class<?> source) {
		SpringApplication application = new SpringApplication(source);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setBannerMode(Banner.Mode.OFF);
		application.setLogStartupInfo(false);
		application.setRegisterShutdownHook(false);
		application.addListeners(this.listeners);
		application.setDefaultProperties(Map.of(RUN_ENDINGS, "error", "retention.installation.build-indexes",
				this.buildsIndexes, "retention.installation.index-patience", INDEX_PATIENCE,
				"retention.installation.functions", "missing"));
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

	/** Says before the start whether parts are enough. */
	void setStartsPartly(boolean startsPartly) {
		this.startsPartly = startsPartly;
	}

	/** Whether a run is under way whose end has not been told yet. */
	boolean isRunning() {
		return this.running;
	}

	void setRunning(boolean running) {
		this.running = running;
	}

	/** Tells of Ctrl-C. */
	Interruption interruption() {
		return this.interruption;
	}

	/** Writes a result as JSON. */
	void json(Object body) {
		this.terminal.out().println(Json.write(body));
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
