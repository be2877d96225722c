package com.delula.retention.password;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;

import com.delula.retention.support.Answer;
import com.delula.retention.support.Api;
import com.delula.retention.support.OnEmptyTables;
import com.delula.retention.support.Pages;
import com.delula.retention.support.Service;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Passwords are guessed over HTTP, and the right one is let in all the same. */
class GuessingTests extends OnEmptyTables {

	@Test
	void whoeverGuessesSlowsDownOnlyHimself() throws IOException {
		Api guesser = this.api.as("operator", "wrong");
		for (int guess = 0; guess < 12; guess++) {
			guesser.get(Api.STATUS).problem(401);
		}
		assertThat(statusFrom("127.0.0.2", "operator:" + Service.PASSWORD)).isEqualTo(200);
		this.api.as("operator", Service.PASSWORD).get(Api.STATUS).ok();
	}

	@Test
	void guessesAtTheSameTimeAreRefusedByTheApiAndByTheForm() {
		Api guesser = this.api.as("mallory", "wrong");
		for (int guess = 0; guess < 10; guess++) {
			guesser.get(Api.STATUS).problem(401);
		}
		Pages pages = new Pages(this.api.port());
		String form = pages.get("/login").text().replaceAll("(?s).*name=\"_csrf\"[^>]*value=\"([^\"]+)\".*", "$1");
		Api browser = this.api.anonymous().with("Cookie", "RETENTION_FORM=" + pages.cookie("RETENTION_FORM"));
		List<Answer> calls = answers(40, () -> guesser.begin(Api.RUN));
		List<Answer> forms = answers(40, () -> browser.begin("/login?username=mallory&password=x&_csrf=" + form));
		assertThat(calls).extracting(Answer::status).containsOnly(401, 429);
		assertThat(forms).extracting(Answer::status).containsOnly(302, 429);
		Answer refused = calls.stream().filter((answer) -> answer.status() == 429).findFirst().orElseThrow();
		assertThat(refused.problem(429).get("detail").asString()).startsWith("Too many wrong passwords");
		assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 10);
		assertThat(refused.headers("WWW-Authenticate")).isEmpty();
		assertThat(runs()).isZero();
	}

	private static List<Answer> answers(int calls, Supplier<CompletableFuture<Answer>> call) {
		return Stream.generate(call).limit(calls).toList().stream().map(CompletableFuture::join).toList();
	}

	private int statusFrom(String source, String credentials) throws IOException {
		try (Socket socket = new Socket()) {
			socket.bind(new InetSocketAddress(source, 0));
			socket.connect(new InetSocketAddress("127.0.0.1", this.api.port()));
			String basic = Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
			socket.getOutputStream()
				.write(("GET " + Api.STATUS
						+ " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Basic " + basic
						+ "\r\n\r\n")
					.getBytes(StandardCharsets.US_ASCII));
			String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			return Integer.parseInt(answer.split(" ")[1]);
		}
	}

}
