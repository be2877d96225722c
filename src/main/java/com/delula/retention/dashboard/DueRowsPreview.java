package com.delula.retention.dashboard;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.delula.retention.rule.Rule;
import com.delula.retention.run.DueRow;
import com.delula.retention.run.RunRequest;
import com.delula.retention.run.TaskRows;
import com.delula.retention.run.engine.RowReader;
import com.delula.retention.status.Counts;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Looks at rows that a run would remove, and why they are there. */
@Component
class DueRowsPreview {

	/** Rows of each table that are shown, the oldest. */
	private static final int SHOWN = 5;

	/** Values that somebody reads. */
	private static final int VALUES = 10;

	private final RowReader rows;

	private final Counts counts;

	DueRowsPreview(RowReader rows, Counts counts) {
		this.rows = rows;
		this.counts = counts;
	}

	Found of(Rule rule, RunRequest request) {
		return this.counts.once(() -> look(rule, this.rows.rows(request)));
	}

	private static Found look(Rule rule, TaskRows rows) {
		List<DueRow> sample = new ArrayList<>();
		rows.eachDue(SHOWN, sample::add);
		List<Breakdown> breakdowns = rule.narrowBy()
			.stream()
			.filter((column) -> !column.equals(rule.groupColumn()))
			.map((column) -> breakdown(column, rows.dueBy(column, VALUES)))
			.filter((breakdown) -> !breakdown.values().isEmpty())
			.toList();
		return new Found(rows.columns(), sample, breakdowns);
	}

	private static Breakdown breakdown(String column, Map<@Nullable String, Long> rows) {
		long most = rows.values().stream().mapToLong(Long::longValue).max().orElse(1);
		List<Breakdown.Part> parts = new ArrayList<>();
		rows.forEach((value, count) -> parts.add(new Breakdown.Part(value, count, Bars.width(count, most))));
		return new Breakdown(column, parts);
	}

	/**
	 * What would go.
	 *
	 * @param columns the columns of which each row has a value
	 * @param sample the oldest rows of each table
	 * @param breakdowns all rows by the values of the columns that narrow the rule
	 */
	record Found(List<String> columns, List<DueRow> sample, List<Breakdown> breakdowns) {

	}

	/**
	 * Rows by the values of a column.
	 *
	 * @param column the column
	 * @param values its values, most rows first
	 */
	record Breakdown(String column, List<Part> values) {

		/**
		 * The rows with one value.
		 *
		 * @param value the value; null for rows without one
		 * @param rows how many they are
		 * @param width how wide the bar is
		 */
		record Part(@Nullable String value, long rows, double width) {

		}

	}

}
