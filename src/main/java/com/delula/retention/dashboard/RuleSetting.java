package com.delula.retention.dashboard;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.delula.retention.rule.Keep;
import com.delula.retention.rule.Quantity;
import com.delula.retention.rule.Rule;
import com.delula.retention.rule.Safeguards;
import org.jspecify.annotations.Nullable;

/**
 * A setting that is in force.
 *
 * @param label what it decides
 * @param value what it is
 */
record RuleSetting(String label, String value) {

	private static final String OFF = "off";

	private static final int PERCENT = 100;

	/** The settings of a rule, those that decide on rows first. */
	static List<RuleSetting> of(Rule rule, String groupNoun) {
		Safeguards guards = rule.safeguards();
		Duration undo = guards.undo();
		List<RuleSetting> settings = new ArrayList<>();
		settings.add(new RuleSetting("Removes rows older than",
				rule.maxAge().isZero() ? "any age" : Quantity.of(rule.maxAge())));
		settings.add(new RuleSetting("Keeps", keep(rule.keep(), groupNoun)));
		settings.add(new RuleSetting("Schedule", rule.schedule().isOn() ? rule.schedule().words() : OFF));
		settings
			.add(new RuleSetting("Removes only at", guards.windows().isEmpty() ? "any time" : guards.windowsText()));
		settings.add(new RuleSetting("Most rows per scheduled run", most(guards)));
		settings.add(new RuleSetting("Removed rows can be restored for", (undo != null) ? Quantity.of(undo) : OFF));
		Long due = guards.runWhenDue();
		settings.add(new RuleSetting("Also runs when due rows reach", (due != null) ? Quantity.of(due, "row") : OFF));
		settings.add(new RuleSetting("Type in the ledger", rule.ledgerType()));
		return settings;
	}

	private static String keep(@Nullable Keep keep, String groupNoun) {
		if (keep == null || keep.newest() == 0) {
			return "none of the newest rows";
		}
		return "the " + Quantity.of(keep.newest(), "newest row")
				+ ((keep.per() != null) ? " of each " + groupNoun : "");
	}

	private static String most(Safeguards guards) {
		List<String> limits = new ArrayList<>();
		if (guards.maxRows() != null) {
			limits.add(Quantity.of(guards.maxRows(), "row"));
		}
		if (guards.maxShare() != null) {
			limits.add(Math.round(guards.maxShare() * PERCENT) + "% of the rows");
		}
		return limits.isEmpty() ? "no limit" : String.join(", ", limits);
	}

}
