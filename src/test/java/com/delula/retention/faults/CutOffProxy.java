package com.delula.retention.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import com.delula.retention.support.TestDatabase;

/**
 * Stands between the service and its database, and can lose the answer to a commit: the
 * server has committed, the service is cut off.
 */
final class CutOffProxy implements AutoCloseable {

	/** What only the transaction of a batch says. */
	private static final String BATCH = "SET rows_removed = rows_removed";

	private final ServerSocket listener;

	private final int serverPort;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final AtomicInteger batchesUntilCut = new AtomicInteger(-1);

	private final AtomicInteger cuts = new AtomicInteger();

	private volatile boolean silent;

	private String jdbcUrl = "";

	private CutOffProxy(ServerSocket listener, int serverPort) {
		this.listener = listener;
		this.serverPort = serverPort;
	}

	/** Stands before the server of a database. */
	static CutOffProxy before(TestDatabase database) {
		URI direct = URI.create(database.jdbcUrl().substring("jdbc:".length()));
		try {
			CutOffProxy proxy = new CutOffProxy(new ServerSocket(0), direct.getPort());
			String url = database.jdbcUrl().replace(":" + direct.getPort(), ":" + proxy.listener.getLocalPort());
			// Without prepared statements, so that the proxy can read what passes.
			proxy.jdbcUrl = url + (url.contains("?") ? "&" : "?") + "prepareThreshold=0";
			proxy.threads.execute(proxy::accept);
			return proxy;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The database by way of here. */
	String jdbcUrl() {
		return this.jdbcUrl;
	}

	/** Lets the commits of some batches pass and loses the answer to the next. */
	void cutAfterBatches(int batches) {
		this.batchesUntilCut.set(batches);
	}

	/**
	 * Lets the commits of some batches pass; the next connection to commit hears nothing
	 * any more, and is not told that it is over.
	 */
	void fallSilentAfterBatches(int batches) {
		this.silent = true;
		cutAfterBatches(batches);
	}

	/** How many answers were lost. */
	int cuts() {
		return this.cuts.get();
	}

	private void accept() {
		while (!this.listener.isClosed()) {
			try {
				Socket client = this.listener.accept();
				Socket server = new Socket("localhost", this.serverPort);
				Link link = new Link(client, server);
				this.threads.execute(link::forwardRequests);
				this.threads.execute(link::forwardAnswers);
			}
			catch (IOException ex) {
				return;
			}
		}
	}

	@Override
	public void close() {
		try {
			this.listener.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.threads.shutdownNow();
	}

	private final class Link {

		private final Socket client;

		private final Socket server;

		/** Whether a batch has been counted that is not committed yet. */
		private boolean counted;

		/** Set before the commit goes to the server, so that its answer does not pass. */
		private volatile boolean cut;

		Link(Socket client, Socket server) {
			this.client = client;
			this.server = server;
		}

		void forwardRequests() {
			byte[] buffer = new byte[65_536];
			try (InputStream from = this.client.getInputStream(); OutputStream to = this.server.getOutputStream()) {
				for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
					String text = new String(buffer, 0, read, StandardCharsets.ISO_8859_1);
					this.counted |= text.contains(BATCH);
					if (this.counted && text.contains("COMMIT")) {
						this.counted = false;
						this.cut = CutOffProxy.this.batchesUntilCut.getAndDecrement() == 0;
					}
					to.write(buffer, 0, read);
					to.flush();
				}
			}
			catch (IOException ex) {
				// one side has hung up
			}
		}

		void forwardAnswers() {
			byte[] buffer = new byte[65_536];
			try (InputStream from = this.server.getInputStream(); OutputStream to = this.client.getOutputStream()) {
				for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
					if (this.cut && CutOffProxy.this.silent) {
						cuts.incrementAndGet();
						continue;
					}
					if (this.cut) {
						cuts.incrementAndGet();
						this.client.close();
						return;
					}
					to.write(buffer, 0, read);
					to.flush();
				}
			}
			catch (IOException ex) {
				// one side has hung up
			}
		}

	}

}
