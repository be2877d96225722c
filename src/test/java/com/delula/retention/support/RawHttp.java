package com.delula.retention.support;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** HTTP as bytes, for requests that no client of good manners would send. */
public final class RawHttp {

	private static final int PATIENCE_MS = 20_000;

	private RawHttp() {
	}

	/**
	 * Sends bytes on a connection of their own and reads what comes until the other side
	 * closes.
	 * @param half whether to say that nothing more will come
	 */
	public static Reply send(int port, byte[] request, boolean half) {
		try (Socket socket = open(port)) {
			ByteArrayOutputStream all = new ByteArrayOutputStream();
			try {
				OutputStream out = socket.getOutputStream();
				out.write(request);
				out.flush();
				if (half) {
					socket.shutdownOutput();
				}
				read(socket.getInputStream(), all);
			}
			catch (IOException ex) {
				// What came before the other side hung up is the answer.
			}
			return new Reply(
					all.toString(StandardCharsets.ISO_8859_1).replaceFirst("(?s)^HTTP/1.1 100.*?\r\n\r\n", ""));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** A connection that the test closes. */
	public static Socket open(int port) throws IOException {
		Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
		socket.setSoTimeout(PATIENCE_MS);
		return socket;
	}

	private static void read(InputStream in, ByteArrayOutputStream all) throws IOException {
		byte[] buffer = new byte[8192];
		for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
			all.write(buffer, 0, n);
		}
	}

	/**
	 * What came back.
	 *
	 * @param text all of it, a character for each byte
	 */
	public record Reply(String text) {

		/** The status; 0 if nothing came. */
		public int status() {
			return text().startsWith("HTTP/1.1 ") ? Integer.parseInt(text().substring(9, 12)) : 0;
		}

		/** The lines before the body. */
		public String head() {
			return text().substring(0, Math.max(text().indexOf("\r\n\r\n"), 0));
		}

	}

}
