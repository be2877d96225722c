package com.delula.retention.report;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Writes a report as CSV, in the form of {@link CsvText}: one table, whose first column
 * says what a line is of.
 */
public final class ReportCsv {

	/** Its media type. */
	public static final String TYPE = "text/csv";

	private static final String HEADER = "kind,key,name,arrived,failed,removed,runs,succeeded,share\r\n";

	private ReportCsv() {
	}

	/** The report's lines, each ended by CR LF. */
	public static String of(Report report) {
		Stream<String> days = report.days()
			.stream()
			.map((day) -> line("day", day.day(), null, day.arrived(), null, day.removed(), day.runs(), day.succeeded(),
					day.share()));
		Stream<String> groups = report.groups()
			.stream()
			.map((group) -> line("group", group.group(), group.name(), null, group.failed(), group.removed(), null,
					null, null));
		Stream<String> reasons = report.reasons()
			.stream()
			.map((reason) -> line("reason", reason.reason(), null, null, reason.failed(), reason.removed(), null, null,
					null));
		return Stream.of(Stream.of(HEADER), days, groups, reasons)
			.flatMap((lines) -> lines)
			.collect(Collectors.joining());
	}

	private static String line(@Nullable Object... values) {
		return CsvText.line(Arrays.asList(values));
	}

}
