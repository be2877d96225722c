package com.delula.retention.doctor;

import java.util.List;

import com.delula.retention.installation.Catalog;
import com.delula.retention.installation.RequiredIndex;
import com.delula.retention.installation.Requirements;

/** Indexes of the rules that are missing or invalid. */
final class RuleIndexCheck implements Check {

	private final ReadOnlyDatabase database;

	private final List<Requirements> requirements;

	RuleIndexCheck(ReadOnlyDatabase database, List<Requirements> requirements) {
		this.database = database;
		this.requirements = requirements;
	}

	@Override
	public String id() {
		return "rule-index";
	}

	@Override
	public String passed() {
		return "All indexes of the rules exist and are valid";
	}

	@Override
	public List<Finding> run() {
		return this.database.read((jdbc) -> {
			Catalog catalog = new Catalog(jdbc);
			return this.requirements.stream()
				.flatMap((feature) -> feature.indexes(catalog).stream())
				.filter((index) -> !catalog.isServed(index))
				.map((index) -> finding(index, catalog.isValidIndex(index.table(), index.name()).isPresent()))
				.toList();
		});
	}

	private Finding finding(RequiredIndex index, boolean invalid) {
		String meaning = "The rule removes the right rows without it, but scans all of " + index.table()
				+ " repeatedly to find them. The service builds the index when it starts if its role may.";
		if (invalid) {
			return Finding.warning(id(),
					"The index " + index.name() + " of " + index.table() + " is invalid: its build did not finish",
					meaning + " An invalid index is maintained but never used.",
					"DROP INDEX CONCURRENTLY " + index.qualifiedName() + ";\n" + index.statement() + ";");
		}
		return Finding.warning(id(), "The index " + index.name() + " of " + index.table() + " is missing", meaning,
				index.statement() + ";");
	}

}
