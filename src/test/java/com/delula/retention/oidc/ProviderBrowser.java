package com.delula.retention.oidc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A browser without scripts, which logs in at the provider when it is asked to. */
final class ProviderBrowser {

	private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

	private final CookieManager cookies = new CookieManager();

	private final HttpClient client = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.cookieHandler(this.cookies)
		.connectTimeout(Duration.ofSeconds(5))
		.build();

	private final String user;

	ProviderBrowser(String user) {
		this.user = user;
	}

	/** Begins at that address and logs in at the provider, up to the way back from it. */
	URI comeBackFrom(String address) {
		URI here = URI.create(address);
		for (int hops = 0; hops < 12; hops++) {
			HttpResponse<String> answer = here.getPath().equals("/login") ? submit(here) : get(here);
			here = here.resolve(answer.headers().firstValue("Location").orElseThrow());
			if (here.getPath().equals("/login/openid/callback")) {
				return here;
			}
		}
		throw new AssertionError("Never came back: " + here);
	}

	private HttpResponse<String> submit(URI form) {
		Matcher token = TOKEN.matcher(get(form).body());
		if (!token.find()) {
			throw new AssertionError("No form at " + form);
		}
		return send(HttpRequest.newBuilder(form)
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(BodyPublishers.ofString("username=" + this.user + "&password=" + encode(OpenIdProvider.PASSWORD)
					+ "&_csrf=" + encode(token.group(1)))));
	}

	HttpResponse<String> get(URI address) {
		return send(HttpRequest.newBuilder(address).header("Accept", "text/html"));
	}

	/** A cookie that the browser has; empty if it has none. */
	String cookie(String name) {
		return this.cookies.getCookieStore()
			.getCookies()
			.stream()
			.filter((cookie) -> cookie.getName().equals(name))
			.map(HttpCookie::getValue)
			.findFirst()
			.orElse("");
	}

	private HttpResponse<String> send(HttpRequest.Builder request) {
		try {
			return this.client.send(request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

}
