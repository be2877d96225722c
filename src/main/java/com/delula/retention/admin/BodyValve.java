package com.delula.retention.admin;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;

import jakarta.servlet.ServletException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.coyote.InputBuffer;
import org.apache.tomcat.util.net.ApplicationBufferHandler;

import org.springframework.http.HttpStatus;

/**
 * Bounds what a body may take, also of callers who have not said who they are. One that
 * is announced as too large is refused before it is read. One that trickles in is given
 * up: Tomcat only bounds the silence between two bytes, so that a byte now and then would
 * hold a thread for hours.
 */
final class BodyValve extends ValveBase {

	/** For the whole body. */
	private static final Duration PATIENCE = Duration.ofSeconds(10);

	/** For what is left of a body when the answer is out. */
	private static final Duration PATIENCE_AFTERWARDS = Duration.ofSeconds(2);

	/** Bytes that are read after the answer, so that the caller gets to see it. */
	private static final int MOST_AFTERWARDS = 4 * SentOptions.MAX_BODY;

	private final Problems problems;

	BodyValve(Problems problems) {
		super(true);
		this.problems = problems;
	}

	@Override
	public void invoke(Request request, Response response) throws IOException, ServletException {
		if (response.getStatus() >= HttpStatus.BAD_REQUEST.value() || !announcesBody(request)) {
			getNext().invoke(request, response);
			return;
		}
		InputBuffer body = request.getCoyoteRequest().getInputBuffer();
		request.getCoyoteRequest().setInputBuffer(new Timely(body, PATIENCE));
		try {
			answer(request, response);
			if (!request.isAsync()) {
				request.getCoyoteRequest().setInputBuffer(new Timely(body, PATIENCE_AFTERWARDS));
				passOver(request, response);
			}
		}
		finally {
			request.getCoyoteRequest().setInputBuffer(body);
		}
	}

	/** Throws where there are two lengths, which Tomcat has refused before. */
	private static boolean announcesBody(Request request) {
		return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
	}

	private void answer(Request request, Response response) throws IOException, ServletException {
		if (request.getContentLengthLong() <= SentOptions.MAX_BODY) {
			getNext().invoke(request, response);
			return;
		}
		BadRequestException tooLarge = BadRequestException.tooLarge();
		this.problems.write(response, tooLarge.status(),
				tooLarge.getMessage() + ProblemAdvice.nothingDone(request.getMethod(), request.getRequestURI()));
	}

	/**
	 * Reads what is left when the answer is out; else Tomcat would, without a bound of
	 * time. Straight from the connection, since an answer that is out closes its
	 * request's stream.
	 */
	private static void passOver(Request request, Response response) throws IOException {
		response.finishResponse();
		Sink sink = new Sink();
		try {
			int read = 0;
			for (int all = 0; read >= 0 && all <= MOST_AFTERWARDS; all += read) {
				read = request.getCoyoteRequest().doRead(sink);
			}
			if (read < 0) {
				return;
			}
		}
		catch (IOException ex) {
			// The connection is of no use any more, as is one with too much left.
		}
		request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
	}

	/** Takes what nobody wants. */
	private static final class Sink implements ApplicationBufferHandler {

		private ByteBuffer last = ByteBuffer.allocate(0);

		@Override
		public void setByteBuffer(ByteBuffer buffer) {
			this.last = buffer;
		}

		@Override
		public ByteBuffer getByteBuffer() {
			return this.last;
		}

		@Override
		public void expand(int size) {
			// it holds nothing
		}

	}

	/** Reads a body until its time is over. */
	private static final class Timely implements InputBuffer {

		private final InputBuffer body;

		private final long patience;

		private final long begin = System.nanoTime();

		Timely(InputBuffer body, Duration patience) {
			this.body = body;
			this.patience = patience.toNanos();
		}

		@Override
		public int doRead(ApplicationBufferHandler handler) throws IOException {
			if (System.nanoTime() - this.begin > this.patience) {
				throw new SocketTimeoutException("The body did not arrive in time");
			}
			return this.body.doRead(handler);
		}

		@Override
		public int available() {
			return this.body.available();
		}

	}

}
