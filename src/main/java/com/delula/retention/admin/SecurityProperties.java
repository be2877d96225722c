package com.delula.retention.admin;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import com.delula.retention.validation.Setting;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may call.
 *
 * @param users More users besides ADMIN_USERNAME: name, encoded password and role of
 * each.
 * @param tokens API tokens: name, sha256 and role of each.
 * @param allowedOrigins Other sites whose pages may call, such as
 * https://dashboard.example.org, separated by commas.
 */
@ConfigurationProperties("retention.security")
public record SecurityProperties(@DefaultValue List<User> users, @DefaultValue List<Token> tokens,
		@DefaultValue List<String> allowedOrigins) {

	private static final String PREFIX = "retention.security.";

	public SecurityProperties {
		users = List.copyOf(users);
		tokens = List.copyOf(tokens);
		allowedOrigins = allowedOrigins.stream().map(String::trim).filter((origin) -> !origin.isEmpty()).toList();
		distinct("users", users.stream().map(User::name).toList());
		distinct("tokens", tokens.stream().map(Token::name).toList());
		for (String origin : allowedOrigins) {
			Setting.require(isOrigin(origin), PREFIX + "allowed-origins", origin,
					"origins as browsers send them: https://host or https://host:port");
		}
	}

	private static void distinct(String list, List<String> names) {
		Set<String> seen = new HashSet<>();
		for (String name : names) {
			Setting.require(seen.add(name), PREFIX + list, name, "each name once");
		}
	}

	private static boolean isOrigin(String text) {
		try {
			URI uri = new URI(text);
			return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null
					&& uri.getRawPath().isEmpty() && uri.getRawQuery() == null && uri.getRawFragment() == null
					&& uri.getRawUserInfo() == null;
		}
		catch (URISyntaxException ex) {
			return false;
		}
	}

	/**
	 * A person.
	 *
	 * @param name what they log in with
	 * @param password encoded, as <code>{bcrypt}…</code> or <code>{noop}…</code>
	 * @param role what they may do
	 */
	public record User(@Nullable String name, @Nullable String password, @Nullable Role role) {

		public User {
			named(PREFIX + "users[].name", name);
			Setting.require(password != null && password.matches("(?s)\\{[A-Za-z0-9@_-]+}.+"),
					PREFIX + "users[].password", "(of " + name + ")", "an encoded password: {bcrypt}… or {noop}…");
			Setting.require(role != null, PREFIX + "users[].role", "(of " + name + ")", "VIEWER, OPERATOR or ADMIN");
		}

	}

	/**
	 * A program.
	 *
	 * @param name what the history calls it
	 * @param sha256 the SHA-256 of its token, in hex
	 * @param role what it may do
	 */
	public record Token(@Nullable String name, @Nullable String sha256, @Nullable Role role) {

		public Token {
			named(PREFIX + "tokens[].name", name);
			Setting.require(sha256 != null && sha256.matches("[0-9a-fA-F]{64}"), PREFIX + "tokens[].sha256",
					"(of " + name + ")", "the SHA-256 of the token as 64 hexadecimal digits");
			Setting.require(role != null, PREFIX + "tokens[].role", "(of " + name + ")", "VIEWER, OPERATOR or ADMIN");
		}

	}

	private static void named(String property, @Nullable String name) {
		Setting.require(name != null && !name.isBlank() && name.indexOf(':') < 0, property, String.valueOf(name),
				"a name without a colon");
	}

}
