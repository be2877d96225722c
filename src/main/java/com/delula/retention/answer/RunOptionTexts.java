package com.delula.retention.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;

import com.delula.retention.rule.Quantity;
import com.delula.retention.rule.Rule;
import com.delula.retention.run.Run;
import org.jspecify.annotations.Nullable;

/** Puts the options of a run into words. */
public final class RunOptionTexts {

	private RunOptionTexts() {
	}

	/**
	 * One text for each option.
	 * @param rule the run's rule; null if it is no longer configured
	 * @param named what a value of a column is called, such as "recipe 16"
	 */
	public static List<String> of(Run run, @Nullable Rule rule, BinaryOperator<String> named) {
		return (rule != null) ? texts(run, rule, named) : raw(run);
	}

	private static List<String> raw(Run run) {
		return run.options().entrySet().stream().map((option) -> option.getKey() + " " + option.getValue()).toList();
	}

	private static List<String> texts(Run run, Rule rule, BinaryOperator<String> named) {
		List<String> texts = new ArrayList<>();
		String hours = run.options().get(Rule.HOURS);
		if (hours != null) {
			texts.add(hours.equals("0") ? "rows of any age" : "rows older than "
					+ Quantity.of(Long.parseLong(hours), "hour") + " instead of " + Quantity.of(rule.maxAge()));
		}
		for (String column : rule.narrowBy()) {
			String value = run.options().get(Rule.optionName(column));
			if (value != null) {
				texts.add("only " + named.apply(column, value));
			}
		}
		return texts;
	}

}
