package com.delula.retention.admin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.delula.retention.support.Api;
import com.delula.retention.support.OnEmptyTables;
import com.delula.retention.support.RawHttp;
import com.delula.retention.support.RawHttp.Reply;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What is larger or slower than it could rightly be is given up early. */
class LimitTests extends OnEmptyTables {

	private static final String TOKEN = "Authorization: Bearer admin-token\r\n";

	private Reply send(String request) {
		return RawHttp.send(this.api.port(), request.getBytes(StandardCharsets.ISO_8859_1), false);
	}

	private static String post(String path, String headers) {
		return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
				+ "Content-Type: application/json\r\n" + headers + "\r\n";
	}

	/** Not a byte of the body is sent. */
	@ParameterizedTest
	@ValueSource(strings = { "65537", "100000000", "9223372036854775807" })
	void aBodyThatIsAnnouncedAsTooLargeIsNotWaitedFor(String length) {
		long begin = System.nanoTime();
		Reply reply = send(post(Api.RUN, TOKEN + "Content-Length: " + length + "\r\n"));
		assertThat(reply.status()).as(reply.text()).isEqualTo(413);
		assertThat(reply.text()).contains("application/problem+json", "The body is too large. Nothing was deleted.");
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(9));
		assertThat(runs()).isZero();
	}

	@Test
	void aBodyThatGrowsTooLargeIsNotReadToItsEnd() {
		String chunk = "2000\r\n" + "x".repeat(8192) + "\r\n";
		Reply reply = send(post(Api.RUN, TOKEN + "Transfer-Encoding: chunked\r\n") + chunk.repeat(10) + "0\r\n\r\n");
		assertThat(reply.status()).as(reply.text()).isEqualTo(413);
		assertThat(runs()).isZero();
	}

	/** Also where nobody has read the body. */
	@Test
	void aConnectionIsUsedAgainAfterABody() throws IOException {
		String refused = "POST " + Api.RUN + "?x=1 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000\r\n";
		try (Socket socket = RawHttp.open(this.api.port())) {
			for (String headers : List.of("", TOKEN, "", TOKEN)) {
				socket.getOutputStream()
					.write((refused + headers + "\r\n" + "x".repeat(5000)).getBytes(StandardCharsets.ISO_8859_1));
				assertThat(new String(socket.getInputStream().readNBytes(12))).startsWith("HTTP/1.1 4");
				readAnswer(socket);
			}
		}
	}

	private static void readAnswer(Socket socket) throws IOException {
		StringBuilder head = new StringBuilder();
		while (head.indexOf("\r\n\r\n") < 0) {
			head.append((char) socket.getInputStream().read());
		}
		assertThat(head.toString()).doesNotContainIgnoringCase("connection: close");
		String length = head.toString().replaceFirst("(?is).*content-length: (\\d+).*", "$1");
		socket.getInputStream().readNBytes(Integer.parseInt(length));
	}

	@Test
	void headersHaveALimit() {
		Reply reply = send("GET " + Api.RUNS + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX: "
				+ "x".repeat(20_000) + "\r\n\r\n");
		assertThat(reply.status()).isBetween(400, 431);
		reply = send("GET /" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
		assertThat(reply.status()).isBetween(400, 431);
	}

	/** Ten seconds for a body, whatever the distance of its bytes. */
	@Test
	@Tag("slow")
	void aBodyThatTricklesInIsGivenUp() throws IOException {
		long begin = System.nanoTime();
		try (Socket socket = RawHttp.open(this.api.port())) {
			socket.getOutputStream().write(post(Api.RUN, TOKEN + "Content-Length: 1000\r\n").getBytes());
			Awaitility.await().pollInterval(Duration.ofMillis(500)).atMost(Duration.ofSeconds(30)).until(() -> {
				socket.getOutputStream().write(' ');
				return socket.getInputStream().available() > 0;
			});
			String reply = new String(socket.getInputStream().readNBytes(socket.getInputStream().available()));
			assertThat(reply).contains(" 408 ", "The body did not arrive in time.");
		}
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(Duration.ofSeconds(9),
				Duration.ofSeconds(20));
		assertThat(runs()).isZero();
	}

	/** More than there are threads, in each state that a request can be left in. */
	@Test
	@Tag("slow")
	void slowClientsDoNotShutOutOthers() throws IOException {
		List<Socket> slow = new ArrayList<>();
		try {
			for (int i = 0; i < 150; i++) {
				slow.add(begin("GET " + Api.RUNS + " HTTP/1.1\r\nHo"));
				slow.add(begin(post("/login", "Content-Length: 100\r\n") + "username=x"));
				slow.add(begin(post(Api.RUN, "Content-Length: 60000\r\n") + "{"));
				slow.add(begin(post(Api.RUN, TOKEN + "Content-Length: 60000\r\n") + "{"));
			}
			long begin = System.nanoTime();
			assertThat(this.api.get(Api.RUNS).status()).isEqualTo(200);
			assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15));
			Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> slow.stream().allMatch(LimitTests::isClosed));
		}
		finally {
			for (Socket socket : slow) {
				socket.close();
			}
		}
		assertThat(runs()).isZero();
	}

	private Socket begin(String request) throws IOException {
		Socket socket = RawHttp.open(this.api.port());
		socket.setSoTimeout(1);
		socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
		return socket;
	}

	private static boolean isClosed(Socket socket) {
		try {
			byte[] buffer = new byte[4096];
			int read = socket.getInputStream().read(buffer);
			while (read >= 0) {
				read = socket.getInputStream().read(buffer);
			}
			return true;
		}
		catch (SocketTimeoutException ex) {
			return false;
		}
		catch (SocketException ex) {
			return true;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
