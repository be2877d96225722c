package com.delula.retention.settings;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

import com.delula.retention.database.SqlFault;
import com.delula.retention.installation.InstallationException;
import com.delula.retention.rule.DuplicateRuleException;
import com.delula.retention.validation.InvalidSettingException;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yaml.snakeyaml.error.YAMLException;

import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.annotation.Order;

/**
 * Says in one line why the service does not start, where the operator can fix it. What is
 * left is a fault of the service's own and keeps its stack trace.
 */
@Order(0)
class StartFailureReporter implements SpringBootExceptionReporter {

	private static final Logger log = LoggerFactory.getLogger(StartFailureReporter.class);

	private static final String LACKS_PRIVILEGE = "42501";

	private final @Nullable ConfigurableApplicationContext context;

	StartFailureReporter(@Nullable ConfigurableApplicationContext context) {
		this.context = context;
	}

	@Override
	public boolean reportException(Throwable failure) {
		Optional<String> line = explain(failure);
		line.ifPresent((text) -> log.error("Cannot start: {}", text.replaceAll("\\s*\\R\\s*", " ")));
		return line.isPresent();
	}

	private Optional<String> explain(Throwable failure) {
		Throwable cause = failure;
		while (cause != null) {
			String line = line(cause);
			if (line != null) {
				return Optional.of(line);
			}
			cause = cause.getCause();
		}
		return Optional.empty();
	}

	private @Nullable String line(Throwable cause) {
		if (cause instanceof InvalidSettingException || cause instanceof InstallationException) {
			return cause.getMessage();
		}
		if (cause instanceof PortInUseException port) {
			return "port " + port.getPort() + " is in use; set SERVER_PORT to another";
		}
		if (cause instanceof BindException bind) {
			return setting(bind);
		}
		if (cause instanceof InvalidConfigurationPropertyValueException bad) {
			return "Invalid " + bad.getName() + "=" + bad.getValue() + ": " + bad.getReason();
		}
		if (cause instanceof DuplicateRuleException || cause instanceof YAMLException) {
			return cause.getMessage();
		}
		if (cause instanceof SQLException sql) {
			return database(sql);
		}
		return (cause instanceof FlywayException) ? migration(cause) : null;
	}

	private static @Nullable String setting(BindException bind) {
		Throwable cause = bind;
		while (cause.getCause() != null) {
			cause = cause.getCause();
			if (cause instanceof InvalidSettingException) {
				return cause.getMessage();
			}
		}
		ConfigurationProperty property = bind.getProperty();
		String value = (property != null) ? String.valueOf(property.getValue()) : "";
		return "Invalid " + bind.getName() + "=" + value + ": must be " + allowed(bind);
	}

	private static String allowed(BindException bind) {
		Class<?> type = bind.getTarget().getType().resolve(Object.class);
		if (type.equals(Duration.class)) {
			return "a duration such as 24h, 30m or 250ms";
		}
		if (type.isEnum()) {
			return "one of " + Arrays.toString(type.getEnumConstants());
		}
		if (type.equals(boolean.class)) {
			return "true or false";
		}
		if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
			return (type.equals(int.class) || type.equals(Integer.class)) ? "a whole number" : "a number";
		}
		return "a " + type.getSimpleName();
	}

	/**
	 * A database that cannot be reached and a privilege that is missing are told by their
	 * own exception, further down.
	 */
	private @Nullable String migration(Throwable flyway) {
		Throwable cause = flyway;
		while (cause.getCause() != null) {
			cause = cause.getCause();
		}
		boolean told = cause instanceof SQLException sql
				&& (SqlFault.of(sql) == SqlFault.UNREACHABLE || LACKS_PRIVILEGE.equals(sql.getSQLState()));
		return told ? null : "the migrations failed: " + cause.getMessage();
	}

	private String database(SQLException sql) {
		String url = (this.context != null)
				? this.context.getEnvironment().getProperty("spring.datasource.url", "the database") : "the database";
		String said = String.valueOf(sql.getMessage());
		if (LACKS_PRIVILEGE.equals(sql.getSQLState())) {
			return "the role lacks a privilege (" + said
					+ "); grant it, or let another role run the migrations: SPRING_FLYWAY_USER, SPRING_FLYWAY_PASSWORD";
		}
		if (SqlFault.isReadOnly(sql)) {
			return "the database " + DatabaseUrl.withoutPassword(url) + " is read-only (" + said
					+ "): it is a standby, or default_transaction_read_only is on; use the primary, or reset that";
		}
		return "the database " + DatabaseUrl.withoutPassword(url) + " cannot be used: " + said;
	}

}
