package com.delula.retention.dashboard;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import com.delula.retention.rule.Rule;
import com.delula.retention.rule.RuleTable;
import com.delula.retention.statement.StateCounts;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a rule's tables.
 *
 * @param rule the rule
 * @param tables its tables, parents first, as people think of them
 * @param panel what a feature adds; null if none does
 */
record RuleStock(Rule rule, List<Table> tables, @Nullable Panel panel) {

	/** Colours of states that have none of their own. */
	private static final int COLOURS = 8;

	/** In the order in which rows usually pass through them. */
	private static final List<String> LIFE = List.of("pending", "queued", "processing", "completed", "failed");

	static RuleStock of(Rule rule, Map<String, Map<String, Long>> states, @Nullable Panel panel) {
		List<Table> tables = new ArrayList<>();
		for (RuleTable table : rule.tables()) {
			tables.add(0, new Table(table.name(), RuleView.conditions(StateCounts.others(table)),
					parts(table, states.getOrDefault(table.name(), Map.of()))));
		}
		return new RuleStock(rule, tables, panel);
	}

	private static List<Part> parts(RuleTable table, Map<String, Long> rows) {
		long total = rows.values().stream().mapToLong(Long::longValue).sum();
		Set<String> states = new TreeSet<>(rows.keySet());
		states.addAll(StateCounts.covered(table));
		List<String> ordered = Stream
			.concat(LIFE.stream().filter(states::contains), states.stream().filter((state) -> !LIFE.contains(state)))
			.toList();
		List<Part> parts = new ArrayList<>();
		double from = 0;
		for (String state : ordered) {
			long count = rows.getOrDefault(state, 0L);
			double width = Bars.width(count, total);
			parts.add(new Part(state, tone(state, parts.size()), count, from, width));
			from += width;
		}
		return parts;
	}

	private static String tone(String state, int index) {
		return LIFE.contains(state) ? state : "series-" + index % COLOURS;
	}

	/**
	 * A table.
	 *
	 * @param name its name
	 * @param whose which of its rows are counted, in words; empty for all
	 * @param parts its rows by state
	 */
	record Table(String name, String whose, List<Part> parts) {

		/** All its rows that are counted. */
		public long rows() {
			return this.parts.stream().mapToLong(Part::rows).sum();
		}

	}

	/**
	 * The rows in one state.
	 *
	 * @param state the state
	 * @param tone its colour
	 * @param rows rows in it
	 * @param from where it begins in the bar
	 * @param width its share of the bar
	 */
	record Part(String state, String tone, long rows, double from, double width) {

	}

	/**
	 * What a feature adds.
	 *
	 * @param view the template that shows it
	 * @param content what there is to show
	 */
	record Panel(String view, Object content) {

		static Panel of(RulePanel panel) {
			return new Panel(panel.view(), panel.content());
		}

	}

}
