package com.delula.retention.notify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A receiver of notifications that fails, hangs or sends elsewhere when a test wants it.
 */
public final class Receiver implements AutoCloseable {

	/** The path is as good as a password at many chat systems. */
	public static final String PATH = "/services/TOPSECRETPATH";

	private final HttpServer server;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final byte[] key;

	private final List<Message> messages = new CopyOnWriteArrayList<>();

	private volatile int status = 204;

	private volatile CountDownLatch open = new CountDownLatch(0);

	private Receiver(byte[] key) {
		this.key = key;
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.createContext(PATH, this::receive);
		this.server.setExecutor(this.threads);
		this.server.start();
	}

	public static Receiver start(String key) {
		return new Receiver(key.getBytes(StandardCharsets.US_ASCII));
	}

	public String url() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort() + PATH;
	}

	public String secret() {
		return "whsec_" + Base64.getEncoder().encodeToString(this.key);
	}

	/** From now on it answers that. */
	public void answer(int status) {
		this.status = status;
	}

	/** From now on it accepts and says nothing. */
	public void hang() {
		this.open = new CountDownLatch(1);
	}

	public void comeBack() {
		this.open.countDown();
	}

	/** What has arrived of a type, whatever was answered. */
	public List<Message> of(String type) {
		return this.messages.stream().filter((message) -> message.type().equals(type)).toList();
	}

	public void clear() {
		this.messages.clear();
	}

	private void receive(HttpExchange exchange) throws IOException {
		String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
		int answer = this.status;
		this.messages.add(new Message(exchange.getRequestHeaders().getFirst("webhook-id"),
				exchange.getRequestHeaders().getFirst("webhook-timestamp"),
				exchange.getRequestHeaders().getFirst("webhook-signature"), body, answer, this.key));
		try {
			this.open.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		exchange.sendResponseHeaders(answer, -1);
		exchange.close();
	}

	@Override
	public void close() {
		comeBack();
		this.server.stop(0);
		this.threads.shutdownNow();
	}

	/** A message as it came. */
	public record Message(String id, String timestamp, String signature, String body, int answered, byte[] key) {

		public JsonNode json() {
			return new JsonMapper().readTree(this.body);
		}

		public String type() {
			return json().get("type").stringValue();
		}

		/** The signature, computed as the documentation tells receivers to. */
		public String expectedSignature() {
			try {
				Mac mac = Mac.getInstance("HmacSHA256");
				mac.init(new SecretKeySpec(this.key, "HmacSHA256"));
				mac.update((this.id + "." + this.timestamp + ".").getBytes(StandardCharsets.UTF_8));
				return "v1,"
						+ Base64.getEncoder().encodeToString(mac.doFinal(this.body.getBytes(StandardCharsets.UTF_8)));
			}
			catch (GeneralSecurityException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}
