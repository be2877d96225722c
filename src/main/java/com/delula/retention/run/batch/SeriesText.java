package com.delula.retention.run.batch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.delula.retention.database.SqlLiteral;
import com.delula.retention.database.SqlTemplate;
import com.delula.retention.run.SeriesSql;
import com.delula.retention.run.Slice;
import com.delula.retention.run.Watermark;

import org.springframework.core.io.ClassPathResource;

/**
 * Writes the block that the server carries out for a series of batches. It is an
 * anonymous block, so that nothing has to be installed and no right is needed but those
 * of a batch. Its statements are planned once for the series.
 */
final class SeriesText {

	private static final String FRAME = frame();

	private final SeriesSql step;

	private final String settings;

	private final String count;

	private final String run;

	/**
	 * For one step of a run.
	 * @param settings the settings of each transaction, as calls of {@code set_config}
	 * @param count counts and fences a batch
	 * @param run the run's id as a literal
	 */
	SeriesText(SeriesSql step, String settings, String count, String run) {
		this.step = step;
		this.settings = settings;
		this.count = count;
		this.run = run;
	}

	private static String frame() {
		try {
			return new ClassPathResource("series.sql", SeriesText.class).getContentAsString(StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The block.
	 * @param series the number of the call
	 * @param number the number of the first batch
	 * @param pause how long to pause after a batch, as a multiple of its time
	 * @param budget after this no further batch begins
	 */
	String of(List<Slice> slices, long series, long number, double pause, Duration budget) {
		String removal = statement(this.step.removal()
				+ (this.step.grouped() ? " INTO slice_groups, slice_group_rows, slice_reasons" : ""));
		String removed = this.step.grouped()
				? "slice_removed := (SELECT coalesce(sum(s.rows), 0) FROM unnest(slice_group_rows) AS s (rows));"
				: "GET DIAGNOSTICS slice_removed = ROW_COUNT;";
		String first = this.step.first();
		String held = this.step.held();
		SqlTemplate frame = new SqlTemplate()
			.with("slices", slices.stream().map(this::ends).collect(Collectors.joining(",\n", "ARRAY[", "]")))
			.with("series", Long.toString(series))
			.with("number", Long.toString(number))
			.with("places", places())
			.with("settings", this.settings)
			.with("assignments", assignments())
			.with("removal",
					((first != null) ? statement("PERFORM " + first.strip().substring("SELECT ".length())) : "")
							+ removal + "\n\t\t" + removed)
			.with("held", (held != null) ? "slice_kept := (" + held.strip() + ");" : "")
			.with("count", this.count.strip())
			.with("run", this.run)
			.with("pause", String.format(Locale.ROOT, "%.4f", pause))
			.with("budget", "interval '" + budget.toMillis() + " milliseconds'");
		return "DO " + SqlLiteral.dollarQuoted(frame.fill(FRAME));
	}

	private static String statement(String sql) {
		return sql.strip() + ";\n\t\t";
	}

	private String ends(Slice slice) {
		List<String> ends = new ArrayList<>();
		add(slice.first(), ends);
		add(slice.last(), ends);
		ends.add(Integer.toString((slice.rows() == Slice.UNKNOWN) ? 1 : Math.max(1, slice.rows())));
		return ends.stream().map(SqlLiteral::of).collect(Collectors.joining(", ", "ARRAY[", "]"));
	}

	private static void add(Watermark place, List<String> ends) {
		ends.add(place.time());
		ends.addAll(place.key());
	}

	private String places() {
		return each("first", (name, position) -> name + " " + type(position) + ";")
				+ each("last", (name, position) -> name + " " + type(position) + ";");
	}

	private String assignments() {
		int size = this.step.keyTypes().size() + 1;
		return each("first", (name, position) -> name + " := slice_places[" + (position + 1) + "];")
				+ each("last", (name, position) -> name + " := slice_places[" + (size + position + 1) + "];");
	}

	private String type(int position) {
		return (position == 0) ? this.step.timeType() : this.step.keyTypes().get(position - 1);
	}

	private String each(String end, Place place) {
		return IntStream.rangeClosed(0, this.step.keyTypes().size())
			.mapToObj((i) -> place.text("slice_" + end + ((i == 0) ? "_time" : "_key" + (i - 1)), i))
			.collect(Collectors.joining(" ", "", " "));
	}

	/** A value of a place: its time, and behind it its key. */
	private interface Place {

		String text(String name, int position);

	}

}
