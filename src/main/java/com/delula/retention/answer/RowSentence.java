package com.delula.retention.answer;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

import com.delula.retention.rule.Policy;
import com.delula.retention.rule.Quantity;
import com.delula.retention.rule.Rule;
import com.delula.retention.run.RowVerdict;
import com.delula.retention.run.RowVerdict.Removal;
import com.delula.retention.run.RowVerdict.Row;
import com.delula.retention.run.RowVerdict.Unmet;
import org.jspecify.annotations.Nullable;

/** Says why a verdict is what it is. */
final class RowSentence {

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	private final Rule rule;

	private final String table;

	private final String members;

	private final @Nullable Instant left;

	/**
	 * For one row.
	 * @param members what the rows of its group are called, such as "failures of recipe
	 * 16"
	 * @param left when the last run started, if it went past the row although its age was
	 * up; else null
	 */
	RowSentence(Rule rule, String table, String members, @Nullable Instant left) {
		this.rule = rule;
		this.table = table;
		this.members = members;
		this.left = left;
	}

	String of(RowVerdict found) {
		Row row = found.row();
		if (row == null) {
			Removal removal = found.removal();
			return (removal != null) ? removed(removal) : unknown();
		}
		return switch (found.verdict()) {
			case NOT_COVERED -> notCovered(row.unmet());
			case HELD -> held(Objects.requireNonNull(row.policy()));
			case KEPT_NEWEST -> keptNewest(row);
			case TOO_YOUNG -> tooYoung(row, found.dueAt());
			case REFERENCED -> due(row) + " But a row of " + row.referencedBy() + " refers to it and stays.";
			default -> due(row) + left() + " The next run removes it.";
		};
	}

	private String left() {
		return (this.left != null) ? " The run of " + TIME.format(this.left)
				+ " left it: it was kept then (among the newest, by a policy, a setting or a lock), or became a candidate only later."
				: "";
	}

	private static String notCovered(List<Unmet> unmet) {
		return unmet.stream().map(RowSentence::notCovered).collect(Collectors.joining(" "))
				+ " No run of this rule removes it as it is.";
	}

	private static String notCovered(Unmet unmet) {
		String column = unmet.condition().column();
		List<String> values = unmet.condition()
			.values()
			.stream()
			.map((value) -> (value != null) ? value : "no " + column)
			.toList();
		String value = unmet.value();
		return ((value != null) ? "Its " + column + " is " + value : "It has no " + column) + "; the rule covers only "
				+ String.join(" or ", values) + ".";
	}

	private static String held(Policy policy) {
		String note = policy.note();
		return "The policy " + policy.id() + " holds it" + ((note != null) ? ": " + note : "") + ".";
	}

	private String keptNewest(Row row) {
		String stays = (row.keepNewest() == 1) ? "the newest of the " + this.members
				: "number " + row.position() + " of the " + row.keepNewest() + " newest " + this.members;
		return "It is " + stays + under(row) + ".";
	}

	private static String tooYoung(Row row, @Nullable Instant dueAt) {
		if (dueAt == null) {
			return "It has no time, so it counts as new and is never removed by age.";
		}
		return "It is not older than " + Quantity.of(row.maxAge()) + under(row) + ". It is due from "
				+ TIME.format(dueAt) + " on.";
	}

	private String due(Row row) {
		List<String> reasons = new ArrayList<>();
		if (!row.maxAge().isZero()) {
			reasons.add("older than " + Quantity.of(row.maxAge()));
		}
		if (row.keepNewest() > 0) {
			Long position = row.position();
			reasons.add(((position != null) ? "number " + position + ", " : "") + "not "
					+ ((row.keepNewest() == 1) ? "the newest of the " : "among the " + row.keepNewest() + " newest ")
					+ this.members);
		}
		if (reasons.isEmpty()) {
			return "It goes whatever its age" + under(row) + ".";
		}
		return "It is " + String.join(" and ", reasons) + under(row) + ".";
	}

	private static String under(Row row) {
		Policy policy = row.policy();
		return (policy != null) ? ", under the policy " + policy.id() : "";
	}

	private static String removed(Removal removal) {
		return "The run " + removal.run() + " removed it at " + TIME.format(removal.at())
				+ ". It can be restored until " + TIME.format(removal.until()) + ".";
	}

	private String unknown() {
		return "There is no row with this key in " + this.table
				+ ((this.rule.safeguards().undo() != null) ? ", nor among the removed rows that are kept."
						: ". The rule has no undo window, so removed rows are not kept.");
	}

}
