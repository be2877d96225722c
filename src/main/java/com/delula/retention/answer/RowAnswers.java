package com.delula.retention.answer;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.delula.retention.option.OptionException;
import com.delula.retention.rule.GroupNames;
import com.delula.retention.rule.Rule;
import com.delula.retention.run.InvalidKeyException;
import com.delula.retention.run.Mode;
import com.delula.retention.run.RowVerdict;
import com.delula.retention.run.Run;
import com.delula.retention.run.RunRequest;
import com.delula.retention.run.Trigger;
import com.delula.retention.run.Verdict;
import com.delula.retention.run.engine.RowReader;
import com.delula.retention.run.history.RunHistory;
import org.jspecify.annotations.Nullable;

/** Tells what becomes of one row, and why. */
public class RowAnswers {

	/** What names the table of the row. */
	public static final String TABLE = "table";

	/** What an unusable key is called. */
	public static final String KEY = "key";

	private final RowReader rows;

	private final RunHistory history;

	private final List<GroupNames> names;

	RowAnswers(RowReader rows, RunHistory history, List<GroupNames> names) {
		this.rows = rows;
		this.history = history;
		this.names = names;
	}

	/**
	 * Looks at a row.
	 * @param table one of the rule's tables; may be null where it has only one
	 * @param key the row's key; of several columns in order, with commas
	 * @param actor who asks
	 * @throws OptionException if that names no table, or is no key of it
	 */
	public RowJson explain(Rule rule, @Nullable String table, String key, String actor) {
		String known = table(rule, table);
		RunRequest request = new RunRequest(rule.name(), Mode.REGULAR, Trigger.API, actor, true, Map.of());
		try {
			// Before the row: a run in between would not have left it
			Optional<Run> last = this.history.lastSuccess(rule.name());
			RowVerdict found = this.rows.explain(request, known, key);
			return RowJson.of(rule, known, key, found,
					new RowSentence(rule, known, members(rule, known, found), left(last, found)).of(found));
		}
		catch (InvalidKeyException ex) {
			throw OptionException.invalid(KEY, key, ex.allowed());
		}
	}

	/** Only a run of the whole rule would have removed the row. */
	private static @Nullable Instant left(Optional<Run> last, RowVerdict found) {
		RowVerdict.Row row = found.row();
		Instant time = (row != null && found.verdict() == Verdict.DUE) ? row.time() : null;
		if (row == null || time == null) {
			return null;
		}
		return last.filter((run) -> run.mode() == Mode.REGULAR && run.options().isEmpty())
			.map(Run::startedAt)
			.filter((started) -> time.plus(row.maxAge()).isBefore(started))
			.orElse(null);
	}

	private static String table(Rule rule, @Nullable String table) {
		List<String> tables = rule.tableNames();
		String valid = "one of " + String.join(", ", tables);
		if (table == null && tables.size() > 1) {
			throw OptionException.required(TABLE, valid);
		}
		if (table != null && !tables.contains(table)) {
			throw OptionException.invalid(TABLE, table, valid);
		}
		return (table != null) ? table : tables.get(0);
	}

	/** What the rows of a row's group are called. */
	private String members(Rule rule, String table, RowVerdict found) {
		String noun = rule.table(table).noun();
		String column = rule.groupColumn();
		RowVerdict.Row row = found.row();
		if (column == null || row == null) {
			return noun;
		}
		String group = row.group();
		Optional<GroupNames> names = this.names.stream()
			.filter((candidate) -> candidate.rule().equals(rule.name()))
			.findFirst();
		String what = names.map(GroupNames::noun).orElse(column);
		String rows = names.map(GroupNames::rows).orElse(noun);
		if (group == null) {
			return rows + " without " + what;
		}
		return names.map((known) -> rows + " of " + what + " " + group + name(known, group))
			.orElse(rows + " with " + what + " " + group);
	}

	private static String name(GroupNames names, String group) {
		List<@Nullable String> keys = new ArrayList<>();
		keys.add(group);
		String name = names.names(keys).get(group);
		return (name != null) ? " (" + name + ")" : "";
	}

}
