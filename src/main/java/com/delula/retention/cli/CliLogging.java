package com.delula.retention.cli;

import java.util.Map;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;

/**
 * The log of a command: only what goes wrong, to standard error; standard output is for
 * results. Set up by hand, since reading it from a file takes a fifth of a short command.
 * {@code logging.level.*} holds as in the service.
 */
final class CliLogging implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

	private static final String PATTERN = "%-5level %msg%n";

	private final LoggerContext loggers;

	private CliLogging(LoggerContext loggers) {
		this.loggers = loggers;
	}

	/** Takes the log of the process over from Spring Boot. */
	static CliLogging install() {
		System.setProperty(LoggingSystem.SYSTEM_PROPERTY, LoggingSystem.NONE);
		LoggerContext loggers = (LoggerContext) LoggerFactory.getILoggerFactory();
		loggers.reset();
		PatternLayoutEncoder encoder = new PatternLayoutEncoder();
		encoder.setContext(loggers);
		encoder.setPattern(PATTERN);
		encoder.start();
		ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
		appender.setContext(loggers);
		appender.setTarget("System.err");
		appender.setEncoder(encoder);
		appender.start();
		Logger root = loggers.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
		root.setLevel(Level.WARN);
		root.addAppender(appender);
		return new CliLogging(loggers);
	}

	@Override
	public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
		Binder.get(event.getEnvironment())
			.bind("logging.level", Bindable.mapOf(String.class, String.class))
			.orElse(Map.of())
			.forEach(this::set);
	}

	private void set(String name, String level) {
		String logger = name.equalsIgnoreCase("root") ? org.slf4j.Logger.ROOT_LOGGER_NAME : name;
		this.loggers.getLogger(logger).setLevel(Level.toLevel(level.equals("false") ? "off" : level, Level.WARN));
	}

	/** After the files of settings have been read. */
	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

}
