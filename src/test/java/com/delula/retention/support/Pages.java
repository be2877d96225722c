package com.delula.retention.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The dashboard over HTTP, as a browser without scripts that keeps its cookies. */
public final class Pages {

	private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

	private static final Pattern PREVIEWED = Pattern.compile("name=\"previewed\" value=\"([^\"]+)\"");

	private static final Pattern EXPECTED = Pattern.compile("name=\"expectedRows\" value=\"(\\d+)\"");

	private final CookieManager cookies = new CookieManager();

	private final HttpClient client = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.cookieHandler(this.cookies)
		.connectTimeout(Duration.ofSeconds(5))
		.build();

	private int port;

	private String token = "";

	public Pages(int port) {
		this.port = port;
	}

	/** Logs in. */
	public Answer login(String user, String password) {
		get("/login");
		Answer answer = post("/login", "username=" + encode(user) + "&password=" + encode(password));
		get("/recipes");
		return answer;
	}

	/** Gets a page and keeps the token of its forms. */
	public Answer get(String path, String... headers) {
		HttpRequest.Builder request = request(path).GET();
		if (headers.length > 0) {
			request.headers(headers);
		}
		Answer answer = send(request);
		Matcher matcher = TOKEN.matcher(answer.text());
		if (matcher.find()) {
			this.token = matcher.group(1);
		}
		return answer;
	}

	/** Posts a form with the token of the last page. */
	public Answer post(String path, String form, String... headers) {
		return postWithoutToken(path, form + (form.isEmpty() ? "" : "&") + "_csrf=" + encode(this.token), headers);
	}

	/**
	 * Confirms what a preview shows, by its own form.
	 * @param options what the preview is narrowed to, as in an address
	 * @param more what is typed into the form
	 */
	public Answer confirm(String action, String options, String more) {
		String preview = get("/actions/" + action + "/preview?" + options).text();
		Matcher matcher = PREVIEWED.matcher(preview);
		String previewed = matcher.find() ? "&previewed=" + encode(matcher.group(1)) : "";
		Matcher rows = EXPECTED.matcher(preview);
		String expected = rows.find() ? "&expectedRows=" + rows.group(1) : "";
		return post("/actions/" + action,
				"dryRun=false" + (options.isEmpty() ? "" : "&" + options) + previewed + expected + more);
	}

	/** The same browser at another instance; cookies know no ports. */
	public void moveTo(int port) {
		this.port = port;
	}

	/** A cookie that the browser has; empty if it has none. */
	public String cookie(String name) {
		return this.cookies.getCookieStore()
			.getCookies()
			.stream()
			.filter((cookie) -> cookie.getName().equals(name))
			.map(HttpCookie::getValue)
			.findFirst()
			.orElse("");
	}

	/** Posts what another site could have a browser send. */
	public Answer postWithoutToken(String path, String form, String... headers) {
		HttpRequest.Builder request = request(path).header("Content-Type", "application/x-www-form-urlencoded");
		if (headers.length > 0) {
			request.headers(headers);
		}
		return send(request.POST(BodyPublishers.ofString(form)));
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path))
			.timeout(Duration.ofSeconds(30));
	}

	private Answer send(HttpRequest.Builder request) {
		try {
			return new Answer(this.client.send(request.build(), BodyHandlers.ofString()));
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
