package com.delula.retention.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/** The service over HTTP, as one caller; the helpers return another caller. */
public final class Api {

	public static final String RUN = "/api/admin/backlog-cleanup/run";

	public static final String EMERGENCY = "/api/admin/backlog-cleanup/emergency";

	public static final String STATUS = "/api/admin/backlog-cleanup/status";

	public static final String PURGE = "/api/admin/purge";

	public static final String PURGE_STATUS = "/api/admin/purge/status";

	public static final String RUNS = "/api/admin/runs";

	private static final HttpClient CLIENT = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(Duration.ofSeconds(5))
		.build();

	private final int port;

	private final Map<String, String> headers;

	Api(int port, Map<String, String> headers) {
		this.port = port;
		this.headers = headers;
	}

	public int port() {
		return this.port;
	}

	/** The same caller, who also sends that header. */
	public Api with(String header, String value) {
		Map<String, String> more = new LinkedHashMap<>(this.headers);
		more.put(header, value);
		return new Api(this.port, more);
	}

	public Api anonymous() {
		return new Api(this.port, Map.of());
	}

	/** Somebody else, by user and password. */
	public Api as(String user, String password) {
		String credentials = user + ":" + password;
		return with("Authorization",
				"Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
	}

	/** Somebody else, by token. */
	public Api bearer(String token) {
		return with("Authorization", "Bearer " + token);
	}

	public Answer get(String path) {
		return send("GET", path, null);
	}

	public Answer post(String path) {
		return send("POST", path, null);
	}

	/** Posts a JSON body. */
	public Answer post(String path, String json) {
		return with("Content-Type", "application/json").send("POST", path, json);
	}

	/** Posts and does not wait. */
	public CompletableFuture<Answer> begin(String path) {
		return CLIENT.sendAsync(request("POST", path, null), BodyHandlers.ofString()).thenApply(Answer::new);
	}

	public Answer send(String method, String path, @Nullable String body) {
		try {
			return new Answer(CLIENT.send(request(method, path, body), BodyHandlers.ofString()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private HttpRequest request(String method, String path, @Nullable String body) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path))
			.timeout(Duration.ofSeconds(60))
			.method(method, (body != null) ? BodyPublishers.ofString(body) : BodyPublishers.noBody());
		this.headers.forEach(request::header);
		return request.build();
	}

}
