package com.delula.retention.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import com.delula.retention.validation.InvalidSettingException;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * A database as {@code DATABASE_URL} names it:
 * {@code postgres://user:password@host:port/db?…}, the form of libpq.
 *
 * @param jdbcUrl the same for the driver, without user and password
 * @param username the user; null if not given
 * @param password the password; null if not given
 */
record DatabaseUrl(String jdbcUrl, @Nullable String username, @Nullable String password) {

	static final String VARIABLE = "DATABASE_URL";

	private static final String ALLOWED = "postgres://user:password@host:port/database?options";

	private static final String PROPERTY = "spring.datasource.url";

	private static final String JDBC = "jdbc:postgresql:";

	/**
	 * One server or several to choose from. Names may have underscores, as those of
	 * containers do; an URI would not let them.
	 */
	private static final String HOSTS = "HOST(,HOST)*".replace("HOST",
			"([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?");

	/** Options that libpq and the driver call by different names. */
	private static final Map<String, String> OPTIONS = Map.of("application_name", "ApplicationName", "connect_timeout",
			"connectTimeout", "keepalives", "tcpKeepAlive", "sslcrl", "sslcrl");

	static Optional<DatabaseUrl> parse(String url) {
		if (url.startsWith(JDBC)) {
			return Optional.of(new DatabaseUrl(url, null, null));
		}
		try {
			return parse(new URI(url));
		}
		catch (URISyntaxException | IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

	private static Optional<DatabaseUrl> parse(URI uri) {
		boolean scheme = "postgres".equals(uri.getScheme()) || "postgresql".equals(uri.getScheme());
		String path = uri.getRawPath();
		String authority = Objects.requireNonNullElse(uri.getRawAuthority(), "");
		int at = authority.indexOf('@');
		String hosts = authority.substring(at + 1);
		if (!scheme || !hosts.matches(HOSTS) || path == null || path.length() < 2 || uri.getRawFragment() != null) {
			return Optional.empty();
		}
		String jdbc = JDBC + "//" + hosts + path + options(uri.getRawQuery());
		String[] user = (at >= 0) ? authority.substring(0, at).split(":", 2) : new String[0];
		return Optional.of(new DatabaseUrl(jdbc, (user.length > 0) ? decode(user[0]) : null,
				(user.length > 1) ? decode(user[1]) : null));
	}

	private static String options(@Nullable String query) {
		if (query == null || query.isEmpty()) {
			return "";
		}
		List<String> options = new ArrayList<>();
		for (String option : query.split("&")) {
			int equals = option.indexOf('=');
			String name = (equals < 0) ? option : option.substring(0, equals);
			options.add(OPTIONS.getOrDefault(name, name) + ((equals < 0) ? "" : option.substring(equals)));
		}
		return "?" + String.join("&", options);
	}

	/** A plus is a plus here; only percent signs are escapes. */
	private static String decode(String text) {
		return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
	}

	Map<String, Object> properties() {
		Map<String, Object> properties = new HashMap<>();
		properties.put(PROPERTY, this.jdbcUrl);
		if (this.username != null) {
			properties.put("spring.datasource.username", this.username);
		}
		if (this.password != null) {
			properties.put("spring.datasource.password", this.password);
		}
		return properties;
	}

	/**
	 * Looks whether a database is named, and in a form that can be understood. Passwords
	 * are not repeated.
	 * @throws InvalidSettingException if not
	 */
	static void check(Environment environment) {
		String variable = environment.getProperty(VARIABLE);
		if (StringUtils.hasText(variable) && parse(variable.trim()).isEmpty()) {
			throw new InvalidSettingException(VARIABLE, withoutPassword(variable), ALLOWED);
		}
		String url = environment.getProperty(PROPERTY);
		if (!StringUtils.hasText(url)) {
			throw InvalidSettingException.missing("No database is named: set DATABASE_URL to " + ALLOWED
					+ ", or SPRING_DATASOURCE_URL, SPRING_DATASOURCE_USERNAME and SPRING_DATASOURCE_PASSWORD");
		}
		if (!url.startsWith(JDBC)) {
			throw new InvalidSettingException(PROPERTY, withoutPassword(url), JDBC + "//host:port/database");
		}
	}

	static String withoutPassword(String url) {
		return url.replaceAll("//([^/@:]*):.*@", "//$1:***@").replaceAll("(?i)(password=)[^&]*", "$1***");
	}

}
