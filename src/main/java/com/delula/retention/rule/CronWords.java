package com.delula.retention.rule;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Says usual cron expressions in words: {@code every day at 02:00 UTC}. */
final class CronWords {

	private static final int FIELDS = 6;

	private static final Pattern NUMBERS = Pattern.compile("\\d{1,2}(,\\d{1,2})*");

	private static final Pattern STEP = Pattern.compile("(\\*|0)/\\d{1,2}");

	/** As Spring counts them: 0 and 7 are Sundays. */
	private static final Map<String, String> DAYS = Map.of("MON", "Monday", "TUE", "Tuesday", "WED", "Wednesday", "THU",
			"Thursday", "FRI", "Friday", "SAT", "Saturday", "SUN", "Sunday");

	private static final List<String> ORDER = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN");

	private CronWords() {
	}

	/**
	 * Words for an expression.
	 * @param cron six fields, UTC
	 * @return empty for one that is told better by itself
	 */
	static Optional<String> of(String cron) {
		String[] fields = cron.trim().toUpperCase(Locale.ROOT).split("\\s+");
		if (fields.length != FIELDS || !fields[0].equals("0") || !isAny(fields[4])) {
			return Optional.empty();
		}
		return days(fields[3], fields[5]).flatMap((days) -> times(fields[1], fields[2], days));
	}

	private static Optional<String> days(String ofMonth, String ofWeek) {
		if (!isAny(ofMonth)) {
			return (isAny(ofWeek) && ofMonth.matches("\\d{1,2}"))
					? Optional.of("on day " + Integer.parseInt(ofMonth) + " of every month") : Optional.empty();
		}
		return isAny(ofWeek) ? Optional.of("every day") : ofWeek(ofWeek);
	}

	private static Optional<String> ofWeek(String field) {
		String[] range = field.split("-");
		if (range.length == 2) {
			return day(range[0]).flatMap((first) -> day(range[1]).map((last) -> first + " to " + last));
		}
		List<Optional<String>> days = Arrays.stream(field.split(",")).map(CronWords::day).toList();
		return days.stream().allMatch(Optional::isPresent)
				? Optional.of("every " + list(days.stream().flatMap(Optional::stream).toList())) : Optional.empty();
	}

	private static Optional<String> day(String name) {
		String key = name.matches("[0-7]") ? ORDER.get(Integer.parseInt(name)) : name;
		return Optional.ofNullable(DAYS.get(key));
	}

	private static Optional<String> times(String minute, String hour, String days) {
		if (NUMBERS.matcher(minute).matches() && NUMBERS.matcher(hour).matches() && !minute.contains(",")) {
			return Optional.of(days + " at " + clock(minute, hour) + " UTC");
		}
		if (!days.equals("every day")) {
			return Optional.empty();
		}
		if (hour.equals("*")) {
			return hourly(minute);
		}
		return (STEP.matcher(hour).matches() && minute.equals("0"))
				? Optional.of(every(hour.substring(2), "hour") + " from 00:00 UTC") : Optional.empty();
	}

	private static Optional<String> hourly(String minute) {
		if (minute.equals("*")) {
			return Optional.of("every minute");
		}
		if (STEP.matcher(minute).matches()) {
			return Optional.of(every(minute.substring(2), "minute"));
		}
		return minute.matches("\\d{1,2}") ? Optional.of("every hour at minute " + Integer.parseInt(minute))
				: Optional.empty();
	}

	private static String every(String step, String unit) {
		int number = Integer.parseInt(step);
		return (number == 1) ? "every " + unit : "every " + number + " " + unit + "s";
	}

	private static String clock(String minute, String hours) {
		return list(Arrays.stream(hours.split(","))
			.map((hour) -> String.format(Locale.ROOT, "%02d:%02d", Integer.parseInt(hour), Integer.parseInt(minute)))
			.toList());
	}

	private static String list(List<String> parts) {
		if (parts.size() == 1) {
			return parts.get(0);
		}
		return parts.stream().limit(parts.size() - 1L).collect(Collectors.joining(", ")) + " and "
				+ parts.get(parts.size() - 1);
	}

	private static boolean isAny(String field) {
		return field.equals("*") || field.equals("?");
	}

}
