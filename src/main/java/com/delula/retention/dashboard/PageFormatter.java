package com.delula.retention.dashboard;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

import com.delula.retention.answer.SentencePart;
import com.delula.retention.rule.Quantity;
import com.delula.retention.rule.Rule;
import com.delula.retention.rule.Rules;
import org.springframework.stereotype.Component;

/** Formats numbers, times and names for pages. */
@Component
class PageFormatter {

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("MMM d", Locale.ENGLISH)
		.withZone(ZoneOffset.UTC);

	private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	private static final DateTimeFormatter EXACT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	private final Rules rules;

	PageFormatter(Rules rules) {
		this.rules = rules;
	}

	/** {@code 12,345}. */
	public String count(long number) {
		return Quantity.of(number);
	}

	/** {@code 1 row}, {@code 12,345 rows}. */
	public String rows(long number) {
		return Quantity.of(number, "row");
	}

	/** {@code 1 recipe}, {@code 12,345 recipes}. */
	public String count(long number, String noun) {
		return Quantity.of(number, noun);
	}

	/** What a change of policies does to the rows that are due. */
	public String dueChange(long more, long fewer) {
		if (more == 0 && fewer == 0) {
			return "The same rows would be due";
		}
		String becoming = Quantity.of(more, "more row") + " would be due";
		if (fewer == 0) {
			return becoming;
		}
		return (more == 0) ? Quantity.of(fewer, "fewer row") + " would be due"
				: becoming + ", and " + Quantity.of(fewer, "other") + " no longer";
	}

	/** What a rule is called; a rule that is no longer configured by its name. */
	public String title(String rule) {
		return this.rules.find(rule).map(Rule::title).orElseGet(() -> name(rule));
	}

	/** A sentence whose times are shown as on all pages. */
	public List<SentencePart> sentence(String sentence) {
		return SentencePart.of(sentence);
	}

	/** {@code app.upscale_jobs} as {@code Upscale jobs}. */
	public String table(String table) {
		return name(table.substring(table.lastIndexOf('.') + 1));
	}

	/** {@code backlog-cleanup} as {@code Backlog cleanup}. */
	public String name(String label) {
		return spaced(label);
	}

	static String spaced(String label) {
		String spaced = label.replace('-', ' ').replace('_', ' ');
		return spaced.substring(0, 1).toUpperCase(Locale.ROOT) + spaced.substring(1);
	}

	/** A time for users without scripts; the script puts it into their zone. */
	public String time(Instant time) {
		return TIME.format(time);
	}

	/** The same for scripts. */
	public String iso(Instant time) {
		return time.truncatedTo(ChronoUnit.SECONDS).toString();
	}

	/** The two largest units of a duration: {@code 2 d 4 h}, {@code 1 min 5 s}. */
	public String span(Duration span) {
		if (span.toMillis() < 1000) {
			return Math.max(0, span.toMillis()) + " ms";
		}
		if (span.toMinutes() < 1) {
			return span.toSeconds() + " s";
		}
		if (span.toHours() < 1) {
			return two(span.toMinutes(), "min", span.toSecondsPart(), "s");
		}
		return (span.toDays() < 1) ? two(span.toHours(), "h", span.toMinutesPart(), "min")
				: two(span.toDays(), "d", span.toHoursPart(), "h");
	}

	/** {@code about 4 min}: an estimate, without the unit that nobody can rely on. */
	public String about(Duration span) {
		if (span.toSeconds() < 2) {
			return "about a second";
		}
		if (span.toMinutes() < 2) {
			return "about " + span.toSeconds() + " s";
		}
		return "about " + ((span.toHours() < 2) ? Math.round(span.toSeconds() / 60.0) + " min"
				: span(span.truncatedTo(ChronoUnit.MINUTES)));
	}

	/** {@code 48 hours}, {@code 7 days}. */
	public String hours(Duration span) {
		return Quantity.of(span);
	}

	/** The same to the second. */
	public String exact(Instant time) {
		return EXACT.format(time);
	}

	/** How long something is ago, in its largest unit: {@code 3 h ago}. */
	public static String age(Instant time, Instant now) {
		return rough(Duration.between(time, now)) + " ago";
	}

	/** How long until something comes: {@code in 3 h}, {@code now}. */
	public String until(Instant time, Instant now) {
		Duration left = Duration.between(now, time);
		return (left.toSeconds() < 1) ? "now" : "in " + rough(left);
	}

	/**
	 * The largest unit of a duration of which there are two: {@code 2 d}, {@code 29 h}.
	 */
	public static String rough(Duration span) {
		if (span.toDays() > 1) {
			return span.toDays() + " d";
		}
		if (span.toHours() > 0) {
			return span.toHours() + " h";
		}
		return (span.toMinutes() > 0) ? span.toMinutes() + " min" : Math.max(0, span.toSeconds()) + " s";
	}

	/**
	 * A time beside a chart, UTC.
	 * @param kind {@code days} or {@code hours}; with seconds otherwise
	 */
	public String mark(Instant time, String kind) {
		return switch (kind) {
			case "days" -> DAY.format(time);
			case "hours" -> DAY.format(time) + " " + HOUR.format(time);
			default -> SECOND.format(time);
		};
	}

	/** What becomes of a row, for a person: {@code kept (newest)}. */
	public String fate(String verdict) {
		return switch (verdict) {
			case "kept-newest" -> "kept (newest)";
			case "referenced" -> "kept (still referenced)";
			case "held" -> "held by a policy";
			default -> verdict.replace('-', ' ');
		};
	}

	private static String two(long large, String unit, long small, String smaller) {
		return large + " " + unit + ((small > 0) ? " " + small + " " + smaller : "");
	}

}
