package com.delula.retention.report;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Writes a report as CSV (RFC 4180): one table, whose first column says what a line is
 * of. A text that a spreadsheet would take for a formula gets an apostrophe before it.
 */
public final class ReportCsv {

	/** Its media type. */
	public static final String TYPE = "text/csv";

	private static final String HEADER = "kind,key,name,arrived,failed,removed,runs,succeeded,share";

	/** What begins a formula, also behind white space. */
	private static final String FORMULA = "(?s)[\\s\\p{Cntrl}]*[=+\\-@\uFF1D\uFF0B\uFF0D\uFF20].*|[\t\r\n].*";

	private static final String NUMBER = "-?[0-9]{1,19}";

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
			.map((line) -> line + "\r\n")
			.collect(Collectors.joining());
	}

	private static String line(@Nullable Object... values) {
		return Arrays.stream(values).map(ReportCsv::cell).collect(Collectors.joining(","));
	}

	private static String cell(@Nullable Object value) {
		String text = Objects.toString(value, "");
		if (value instanceof String && text.matches(FORMULA) && !text.matches(NUMBER)) {
			text = "'" + text;
		}
		boolean plain = List.of(",", "\"", "\r", "\n").stream().noneMatch(text::contains);
		return plain ? text : "\"" + text.replace("\"", "\"\"") + "\"";
	}

}
