package com.delula.retention.cli;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import com.delula.retention.rule.Quantity;
import com.delula.retention.status.Forecast;
import org.jspecify.annotations.Nullable;

/** Puts a forecast into words. */
final class ForecastText {

	private static final int MINUTE = 60;

	private static final int HOUR = 3600;

	private ForecastText() {
	}

	static List<String> of(Forecast forecast) {
		List<String> lines = new ArrayList<>();
		lines.add(String.format(Locale.ROOT, "Arriving: %,.1f rows an hour over the last 24 hours.",
				forecast.arrivingPerHour()));
		lines.add(next(forecast) + ((forecast.dueAtNextRun() > 0) ? takes(forecast.secondsForNextRun()) : "") + ".");
		if (forecast.keepsUp() != null) {
			lines.add(forecast.keepsUp() ? "Runs keep up with what arrives."
					: "Runs do not keep up: they cannot remove what arrives in time, or may not.");
		}
		return lines;
	}

	private static String next(Forecast forecast) {
		String due = Quantity.rows(forecast.dueAtNextRun());
		return (forecast.nextRunAt() != null)
				? "Next run: " + forecast.nextRunAt().truncatedTo(ChronoUnit.SECONDS) + ", with " + due + " due"
				: "Next run: not scheduled; " + due + " due now";
	}

	private static String takes(@Nullable Double seconds) {
		if (seconds == null) {
			return "";
		}
		if (seconds < 1) {
			return ", less than a second at the pace of the last runs";
		}
		if (Math.round(seconds) < MINUTE) {
			return ", about " + Math.round(seconds) + " s at the pace of the last runs";
		}
		return (seconds < HOUR)
				? String.format(Locale.ROOT, ", about %.0f min at the pace of the last runs", seconds / MINUTE)
				: String.format(Locale.ROOT, ", about %.1f h at the pace of the last runs", seconds / HOUR);
	}

}
