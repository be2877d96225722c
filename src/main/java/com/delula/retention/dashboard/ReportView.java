package com.delula.retention.dashboard;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import com.delula.retention.report.Report;
import com.delula.retention.report.Report.Day;
import org.jspecify.annotations.Nullable;

/**
 * A report as charts and bars.
 *
 * @param report the report
 * @param arrived rows that arrived and rows that went, by day
 * @param share percent of what arrived that went, by day, each over the days before it:
 * what arrives on one day goes on others
 * @param groups bars of the groups
 * @param reasons bars of the reasons
 */
record ReportView(Report report, Series arrived, Series share, List<Bar> groups, List<Bar> reasons) {

	/** Bars that somebody reads; the CSV has the others. */
	private static final int SHOWN = 15;

	private static final int PERCENT = 100;

	/** Days that a share is taken over. */
	private static final int SHARE_DAYS = 7;

	static ReportView of(Report report) {
		Series arrived = new Series(List.of("Arrived", "Removed"),
				report.days().stream().map((day) -> point(day, day.arrived(), day.removed())).toList());
		Series share = new Series(List.of("Percent removed"),
				IntStream.range(0, report.days().size())
					.mapToObj((at) -> point(report.days().get(at),
							percent(report.days().subList(Math.max(0, at + 1 - SHARE_DAYS), at + 1))))
					.toList());
		return new ReportView(report, nothing(arrived) ? new Series(arrived.names(), List.of()) : arrived,
				nothing(share) ? new Series(share.names(), List.of()) : share, groups(report), reasons(report));
	}

	private static boolean nothing(Series series) {
		return series.names().stream().mapToLong((name) -> series.sum(series.names().indexOf(name))).sum() == 0;
	}

	private static Series.Point point(Day day, @Nullable Long... values) {
		List<@Nullable Long> list = new ArrayList<>(Arrays.asList(values));
		return new Series.Point(start(day.day()), list);
	}

	private static Instant start(LocalDate day) {
		return day.atStartOfDay().toInstant(ZoneOffset.UTC);
	}

	private static @Nullable Long percent(List<Day> days) {
		long arrived = days.stream().mapToLong(Day::arrived).sum();
		long removed = days.stream().mapToLong(Day::removed).sum();
		return (arrived > 0) ? Math.round((double) removed * PERCENT / arrived) : null;
	}

	private static List<Bar> groups(Report report) {
		long most = report.groups().stream().mapToLong(Report.Group::failed).max().orElse(1);
		return report.groups()
			.stream()
			.limit(SHOWN)
			.map((group) -> new Bar(group.group(), group.name(), group.failed(), group.removed(),
					Bars.width(group.failed(), most), Bars.width(group.removed(), most)))
			.toList();
	}

	private static List<Bar> reasons(Report report) {
		long most = report.reasons().stream().mapToLong(Report.Reason::failed).max().orElse(1);
		return report.reasons()
			.stream()
			.limit(SHOWN)
			.map((reason) -> new Bar(reason.reason(), null, reason.failed(), removed(reason),
					Bars.width(reason.failed(), most), Bars.width(removed(reason), most)))
			.toList();
	}

	private static long removed(Report.Reason reason) {
		return (reason.removed() != null) ? reason.removed() : 0;
	}

	/** Whether runs count what they remove by reason. */
	public boolean countsReasons() {
		return this.report.reasons().stream().anyMatch((reason) -> reason.removed() != null);
	}

	/**
	 * A bar.
	 *
	 * @param key what it stands for; null for rows without a value
	 * @param name what people call that; null where nobody knows
	 * @param failed rows that failed
	 * @param removed rows of them that were removed
	 * @param width how wide the bar is
	 * @param gone how wide the part of the removed rows is
	 */
	record Bar(@Nullable String key, @Nullable String name, long failed, long removed, double width, double gone) {

		/** What stands beside the bar. */
		public String label() {
			if (this.key == null) {
				return (this.name != null) ? this.name : "none";
			}
			return (this.name != null) ? this.name + " (" + this.key + ")" : this.key;
		}

	}

}
