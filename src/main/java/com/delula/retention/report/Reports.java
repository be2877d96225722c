package com.delula.retention.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.delula.retention.report.Report.Day;
import com.delula.retention.report.Report.Group;
import com.delula.retention.report.Report.Reason;
import com.delula.retention.report.RunDays.Runs;
import com.delula.retention.rule.GroupNames;
import com.delula.retention.rule.Rule;
import com.delula.retention.statement.ArrivalCounts;
import com.delula.retention.status.ArrivalLog;
import com.delula.retention.status.Counts;
import org.jspecify.annotations.Nullable;

/** Puts reports together: what is there, what is remembered and what runs removed. */
public class Reports {

	/** Groups and reasons that are listed; the others fail less. */
	private static final int MOST = 100;

	private static final long SECONDS = 3600;

	private final ArrivalCounts rows;

	private final ArrivalLog arrivals;

	private final RunDays runs;

	private final Counts counts;

	private final List<GroupNames> names;

	Reports(ArrivalCounts rows, ArrivalLog arrivals, RunDays runs, Counts counts, List<GroupNames> names) {
		this.rows = rows;
		this.arrivals = arrivals;
		this.runs = runs;
		this.counts = counts;
		this.names = List.copyOf(names);
	}

	/**
	 * The report of a rule.
	 * @param days how many days, 1 to 366, as a caller wrote it; null for 30
	 * @throws com.delula.retention.option.OptionException if it is invalid
	 */
	public Report of(Rule rule, @Nullable String days) {
		int wanted = Period.days(days);
		Report report = this.counts.once(() -> count(rule, new Period(wanted, this.runs.now())));
		return new Report(true, report.rule(), report.days(), named(rule, report.groups()), report.reasons());
	}

	/**
	 * Looks at the number of days without the database.
	 * @throws com.delula.retention.option.OptionException if it is invalid
	 */
	public static void checkDays(@Nullable String days) {
		Period.days(days);
	}

	private Report count(Rule rule, Period period) {
		return new Report(true, rule.name(), days(rule, period), groups(rule, period), reasons(rule, period));
	}

	private List<Day> days(Rule rule, Period period) {
		Map<LocalDate, Long> arrived = new HashMap<>();
		ArrivalLog
			.greatest(this.arrivals.byHour(rule.name(), period.since()),
					this.rows.byHour(rule, period.since(), period.until()))
			.forEach((hour, count) -> arrived.merge(day(hour), count, Long::sum));
		Map<LocalDate, Runs> runs = this.runs.byDay(rule.name(), period.since());
		return period.each()
			.stream()
			.map((day) -> day(day, arrived.getOrDefault(day, 0L), runs.getOrDefault(day, Runs.NONE)))
			.toList();
	}

	private static LocalDate day(long hour) {
		return Instant.ofEpochSecond(hour * SECONDS).atOffset(ZoneOffset.UTC).toLocalDate();
	}

	private static Day day(LocalDate day, long arrived, Runs runs) {
		Double share = (arrived > 0) ? BigDecimal.valueOf(runs.removed())
			.divide(BigDecimal.valueOf(arrived), 4, RoundingMode.HALF_UP)
			.doubleValue() : null;
		return new Day(day, arrived, runs.removed(), runs.runs(), runs.succeeded(), share);
	}

	private List<Group> groups(Rule rule, Period period) {
		String column = rule.groupColumn();
		if (column == null) {
			return List.of();
		}
		Map<@Nullable String, Long> removed = this.runs.byGroup(rule.name(), period.since(), MOST);
		Map<@Nullable String, Long> there = this.rows.byValue(rule, column, period.since(), period.until(), MOST,
				removed.keySet());
		Set<@Nullable String> keys = new HashSet<>(removed.keySet());
		keys.addAll(there.keySet());
		return keys.stream()
			.map((key) -> group(key, there.getOrDefault(key, 0L), removed.getOrDefault(key, 0L)))
			.sorted(Comparator.comparingLong((Group group) -> -group.failed())
				.thenComparing((group) -> String.valueOf(group.group())))
			.limit(MOST)
			.toList();
	}

	private static Group group(@Nullable String key, long there, long removed) {
		return new Group(key, null, there + removed, removed);
	}

	private List<Reason> reasons(Rule rule, Period period) {
		String column = rule.reasonColumn();
		if (column == null) {
			return List.of();
		}
		Map<@Nullable String, Long> removed = this.runs.byReason(rule.name(), period.since(), MOST).orElse(null);
		Map<@Nullable String, Long> counted = (removed != null) ? removed : new HashMap<>();
		Map<@Nullable String, Long> there = this.rows.byValue(rule, column, period.since(), period.until(), MOST,
				counted.keySet());
		Set<@Nullable String> keys = new HashSet<>(counted.keySet());
		keys.addAll(there.keySet());
		return keys.stream()
			.map((key) -> new Reason(key, there.getOrDefault(key, 0L) + counted.getOrDefault(key, 0L),
					(removed != null) ? counted.getOrDefault(key, 0L) : null))
			.sorted(Comparator.comparingLong((Reason reason) -> -reason.failed())
				.thenComparing((reason) -> String.valueOf(reason.reason())))
			.limit(MOST)
			.toList();
	}

	private List<Group> named(Rule rule, List<Group> groups) {
		Optional<GroupNames> known = this.names.stream()
			.filter((names) -> names.rule().equals(rule.name()))
			.findFirst();
		if (known.isEmpty() || groups.isEmpty()) {
			return groups;
		}
		List<@Nullable String> keys = new ArrayList<>();
		groups.forEach((group) -> keys.add(group.group()));
		Map<@Nullable String, String> names = known.get().names(keys);
		return groups.stream()
			.map((group) -> new Group(group.group(), names.get(group.group()), group.failed(), group.removed()))
			.toList();
	}

	/**
	 * What a group of a rule is called, such as "recipe"; its column where nobody says.
	 */
	public String groupNoun(Rule rule) {
		return this.names.stream()
			.filter((names) -> names.rule().equals(rule.name()))
			.findFirst()
			.map(GroupNames::noun)
			.orElseGet(() -> String.valueOf(rule.groupColumn()));
	}

	/** What a reason of a rule is called: its column, such as {@code failure_reason}. */
	public String reasonNoun(Rule rule) {
		String column = rule.reasonColumn();
		return (column != null) ? column : "reason";
	}

}
