package com.delula.retention.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A load balancer of the simplest kind: each connection goes to the next instance that
 * takes it.
 */
final class Balancer implements AutoCloseable {

	private final ServerSocket listener;

	private final Supplier<List<Integer>> ports;

	private final ExecutorService threads = Executors.newCachedThreadPool((task) -> {
		Thread thread = new Thread(task, "balancer");
		thread.setDaemon(true);
		return thread;
	});

	private final AtomicInteger turn = new AtomicInteger();

	/**
	 * Stands before instances.
	 * @param ports where they listen at the moment
	 */
	Balancer(Supplier<List<Integer>> ports) {
		this.ports = ports;
		try {
			this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.threads.execute(this::accept);
	}

	int port() {
		return this.listener.getLocalPort();
	}

	private void accept() {
		while (!this.listener.isClosed()) {
			try {
				Socket client = this.listener.accept();
				this.threads.execute(() -> serve(client));
			}
			catch (IOException ex) {
				// closed
			}
		}
	}

	private void serve(Socket client) {
		try (client; Socket instance = connect()) {
			this.threads.execute(() -> copy(client, instance));
			copy(instance, client);
		}
		catch (IOException ex) {
			// The client sees a lost connection.
		}
	}

	private Socket connect() throws IOException {
		List<Integer> open = this.ports.get();
		for (int i = 0; i < open.size(); i++) {
			int port = open.get(Math.floorMod(this.turn.getAndIncrement(), open.size()));
			try {
				return new Socket(InetAddress.getLoopbackAddress(), port);
			}
			catch (IOException ex) {
				// the next one
			}
		}
		throw new IOException("No instance answers");
	}

	private static void copy(Socket from, Socket to) {
		try {
			InputStream in = from.getInputStream();
			OutputStream out = to.getOutputStream();
			in.transferTo(out);
			to.shutdownOutput();
		}
		catch (IOException ex) {
			// The other direction notices too.
		}
	}

	@Override
	public void close() {
		this.threads.shutdownNow();
		try {
			this.listener.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
