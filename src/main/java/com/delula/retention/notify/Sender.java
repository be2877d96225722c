package com.delula.retention.notify;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLException;

import com.delula.retention.validation.Setting;

/**
 * Posts signed messages. A receiver that hangs, also in the middle of its answer, is left
 * after the timeout; redirects are not followed.
 */
final class Sender {

	private static final int TOO_MANY_REQUESTS = 429;

	private static final int GONE = 410;

	private static final int UNAVAILABLE = 503;

	/** A receiver that asks for more patience is asked again after this. */
	private static final Duration MOST_PATIENCE = Duration.ofHours(1);

	private final HttpClient client;

	private final Duration timeout;

	private final Clock clock;

	Sender(Duration timeout, Clock clock) {
		this.timeout = timeout;
		this.clock = clock;
		this.client = HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.followRedirects(HttpClient.Redirect.NEVER)
			.connectTimeout(timeout)
			.build();
	}

	/**
	 * Posts a message.
	 * @param id the value of {@code webhook-id}
	 * @throws InterruptedException if the service ends meanwhile
	 */
	Answer post(Endpoint endpoint, String id, String body) throws InterruptedException {
		CompletableFuture<HttpResponse<Void>> sent = this.client.sendAsync(request(endpoint, id, body),
				BodyHandlers.discarding());
		try {
			return answer(sent.get(this.timeout.toMillis(), TimeUnit.MILLISECONDS));
		}
		catch (TimeoutException ex) {
			return Answer.failed("no answer within " + Setting.text(this.timeout));
		}
		catch (ExecutionException ex) {
			return Answer.failed(reason((ex.getCause() != null) ? ex.getCause() : ex));
		}
		finally {
			sent.cancel(true);
		}
	}

	private HttpRequest request(Endpoint endpoint, String id, String body) {
		long seconds = this.clock.instant().getEpochSecond();
		return HttpRequest.newBuilder(endpoint.url())
			.timeout(this.timeout)
			.header("Content-Type", "application/json; charset=utf-8")
			.header("User-Agent", "retention")
			.header("webhook-id", id)
			.header("webhook-timestamp", Long.toString(seconds))
			.header("webhook-signature", endpoint.signer().sign(id, seconds, body))
			.POST(BodyPublishers.ofString(body))
			.build();
	}

	private static Answer answer(HttpResponse<Void> response) {
		int status = response.statusCode();
		String text = "HTTP " + status;
		if (status >= 200 && status < 300) {
			return new Answer(true, false, text, Duration.ZERO);
		}
		if (status >= 300 && status < 400) {
			return Answer.failed(text + " (redirects are not followed)");
		}
		boolean wait = status == TOO_MANY_REQUESTS || status == UNAVAILABLE;
		return new Answer(false, status == GONE, text, wait ? retryAfter(response) : Duration.ZERO);
	}

	private static Duration retryAfter(HttpResponse<Void> response) {
		String seconds = response.headers().firstValue("Retry-After").orElse("");
		if (!seconds.matches("[0-9]{1,9}")) {
			return Duration.ZERO;
		}
		Duration asked = Duration.ofSeconds(Long.parseLong(seconds));
		return (asked.compareTo(MOST_PATIENCE) < 0) ? asked : MOST_PATIENCE;
	}

	/** In words of its own: messages of the platform may repeat the address. */
	private String reason(Throwable thrown) {
		if (thrown instanceof HttpConnectTimeoutException) {
			return "no connection within " + Setting.text(this.timeout);
		}
		if (thrown instanceof HttpTimeoutException) {
			return "no answer within " + Setting.text(this.timeout);
		}
		if (thrown instanceof SSLException) {
			return "no trusted TLS connection";
		}
		if (thrown instanceof UnknownHostException || thrown.getCause() instanceof UnresolvedAddressException) {
			return "unknown host";
		}
		if (thrown instanceof ConnectException) {
			return "connection refused";
		}
		return (thrown instanceof IOException) ? "connection lost before the answer"
				: thrown.getClass().getSimpleName();
	}

	/**
	 * What became of a message.
	 *
	 * @param delivered whether it was taken
	 * @param gone whether the receiver wants no more of them
	 * @param text the answer, or why there was none
	 * @param retryAfter how long the receiver wants to be left alone
	 */
	record Answer(boolean delivered, boolean gone, String text, Duration retryAfter) {

		static Answer failed(String text) {
			return new Answer(false, false, text, Duration.ZERO);
		}

	}

}
