package com.delula.retention.dashboard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

import com.delula.retention.report.CsvText;
import com.delula.retention.run.DueRow;
import com.delula.retention.run.RunRequest;
import com.delula.retention.run.TaskRows;
import com.delula.retention.run.engine.RowReader;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * Writes the rows that a run would remove as CSV, while they are read: their keys and
 * what tells them apart, nothing else of them. One at a time, because each keeps a
 * snapshot open.
 */
@Component
class DueRowsCsv {

	/** Rows in a file: 100,000 take some 6 MB and less than a second. */
	private static final int MOST = 100_000;

	/** After which a reader who is too slow gets no more, so that no snapshot lasts. */
	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private final RowReader rows;

	private final Semaphore free = new Semaphore(1);

	DueRowsCsv(RowReader rows) {
		this.rows = rows;
	}

	/**
	 * Writes the rows.
	 * @throws BusyException if another file is being written
	 */
	void write(RunRequest request, HttpServletResponse response) throws IOException {
		if (!this.free.tryAcquire()) {
			throw new BusyException();
		}
		try {
			this.rows.look(request, TIMEOUT, (rows) -> write(rows, new Lines(request, response)));
		}
		catch (UncheckedIOException ex) {
			throw ex.getCause();
		}
		finally {
			this.free.release();
		}
	}

	private static long write(TaskRows rows, Lines lines) {
		List<String> header = new ArrayList<>(List.of("table", "key", "time"));
		header.addAll(rows.columns());
		lines.begin(header);
		rows.eachDue(MOST + 1, lines::add);
		return lines.end();
	}

	/** Another file is being written. */
	static final class BusyException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		private BusyException() {
			super("Another download is in progress");
		}

	}

	/** The lines of one file. What has not begun can still become an error page. */
	private static final class Lines {

		private final RunRequest request;

		private final HttpServletResponse response;

		private final long begun = System.nanoTime();

		private List<String> header = List.of();

		private @Nullable ServletOutputStream out;

		private long rows;

		private boolean cut;

		private Lines(RunRequest request, HttpServletResponse response) {
			this.request = request;
			this.response = response;
		}

		void begin(List<String> columns) {
			this.header = columns;
		}

		void add(DueRow row) {
			this.cut = this.cut || this.rows == MOST || System.nanoTime() - this.begun > TIMEOUT.toNanos();
			if (!this.cut) {
				List<@Nullable Object> cells = new ArrayList<>();
				cells.add(row.table());
				cells.add(row.key());
				cells.add(row.time());
				cells.addAll(row.values());
				write(cells);
				this.rows++;
			}
		}

		long end() {
			if (this.cut) {
				write(List.of("(incomplete)", "more rows are due than the " + this.rows + " listed here", ""));
			}
			if (this.out == null) {
				open();
			}
			return this.rows;
		}

		private void write(List<? extends @Nullable Object> cells) {
			ServletOutputStream open = (this.out != null) ? this.out : open();
			try {
				open.write(CsvText.line(cells).getBytes(StandardCharsets.UTF_8));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		private ServletOutputStream open() {
			try {
				this.response.setContentType("text/csv;charset=UTF-8");
				this.response.setHeader(HttpHeaders.CONTENT_DISPOSITION,
						"attachment; filename=\"due-" + this.request.task() + ".csv\"");
				ServletOutputStream opened = this.response.getOutputStream();
				opened.write(CsvText.line(this.header).getBytes(StandardCharsets.UTF_8));
				this.out = opened;
				return opened;
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
