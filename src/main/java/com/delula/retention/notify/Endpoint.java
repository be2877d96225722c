package com.delula.retention.notify;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

import com.delula.retention.notify.NotifyProperties.Webhook;
import com.delula.retention.validation.InvalidSettingException;
import com.delula.retention.validation.Setting;
import org.jspecify.annotations.Nullable;

/**
 * A webhook that notifications are sent to.
 *
 * @param name its name
 * @param url where to; many services put a secret into the path
 * @param signer signs what is sent
 * @param events the events that it gets
 */
record Endpoint(String name, URI url, Signer signer, Set<EventType> events) {

	private static final String NAME = "[A-Za-z0-9][A-Za-z0-9_.-]{0,63}";

	Endpoint {
		events = Collections.unmodifiableSet(events);
	}

	/**
	 * All webhooks of the settings.
	 * @throws InvalidSettingException if one is invalid
	 */
	static List<Endpoint> all(List<Webhook> webhooks) {
		List<Endpoint> all = new ArrayList<>();
		Set<String> names = new HashSet<>();
		for (int i = 0; i < webhooks.size(); i++) {
			String property = NotifyProperties.PREFIX + "webhooks[" + i + "].";
			Endpoint endpoint = of(webhooks.get(i), property, "webhook-" + i);
			Setting.require(names.add(endpoint.name()), property + "name", endpoint.name(),
					"different for each webhook");
			all.add(endpoint);
		}
		return List.copyOf(all);
	}

	private static Endpoint of(Webhook webhook, String property, String fallback) {
		String given = text(webhook.name());
		String name = given.isEmpty() ? fallback : given;
		Setting.require(name.matches(NAME), property + "name", name,
				"up to 64 letters, digits, hyphens, underscores and dots");
		String url = text(webhook.url());
		Setting.require(isAddress(url), property + "url", withoutPath(url),
				"an address such as https://hooks.example.org/path, without user, password and fragment");
		return new Endpoint(name, URI.create(url), Signer.of(property + "secret", name, webhook.secret()),
				events(property + "events", webhook.events()));
	}

	private static String text(@Nullable String given) {
		return (given != null) ? given.trim() : "";
	}

	private static Set<EventType> events(String property, List<String> labels) {
		Set<EventType> events = EnumSet.noneOf(EventType.class);
		for (String label : labels) {
			if (!label.isBlank()) {
				events.add(EventType.of(label.trim())
					.orElseThrow(() -> new InvalidSettingException(property, label, "some of " + EventType.labels())));
			}
		}
		return events.isEmpty() ? EnumSet.allOf(EventType.class) : events;
	}

	private static boolean isAddress(String text) {
		try {
			URI uri = new URI(text);
			return ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()))
					&& uri.getHost() != null && uri.getRawUserInfo() == null && uri.getRawFragment() == null;
		}
		catch (URISyntaxException ex) {
			return false;
		}
	}

	/** Scheme and host, which is all of an address that may be shown. */
	private static String withoutPath(String url) {
		return url.replaceFirst("^([A-Za-z][A-Za-z0-9+.-]*:/*)?(?:[^/?#@]*@)?([^/?#@]*).+$", "$1$2/…");
	}

	/** Its scheme and host, for people; the path may be a secret. */
	String origin() {
		return this.url.getScheme() + "://" + this.url.getRawAuthority();
	}

	/** Tells one address from another without giving it away. */
	String fingerprint() {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256")
				.digest(this.url.toString().getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(digest);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

	@Override
	public String toString() {
		return "Endpoint[" + this.name + "]";
	}

}
