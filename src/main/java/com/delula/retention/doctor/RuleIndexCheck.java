package com.delula.retention.doctor;

import java.util.List;

import com.delula.retention.installation.Catalog;
import com.delula.retention.installation.RequiredIndex;
import com.delula.retention.installation.Requirements;

/** Indexes that the rules need and that are missing or were left invalid. */
final class RuleIndexCheck implements Check {

	private final Sight sight;

	private final List<Requirements> requirements;

	RuleIndexCheck(Sight sight, List<Requirements> requirements) {
		this.sight = sight;
		this.requirements = requirements;
	}

	@Override
	public String id() {
		return "rule-index";
	}

	@Override
	public String inOrder() {
		return "The indexes of the rules are there and valid";
	}

	@Override
	public List<Finding> look() {
		return this.sight.look((jdbc) -> {
			Catalog catalog = new Catalog(jdbc);
			return this.requirements.stream()
				.flatMap((feature) -> feature.indexes(catalog).stream())
				.filter((index) -> !catalog.isServed(index))
				.map((index) -> finding(index, catalog.isValidIndex(index.table(), index.name()).isPresent()))
				.toList();
		});
	}

	private Finding finding(RequiredIndex index, boolean invalid) {
		String meaning = "The rule removes the right rows without it, but walks over all of " + index.table()
				+ " again and again to find them. The service builds the index at its start if its role may.";
		if (invalid) {
			return Finding.warning(id(),
					"The index " + index.name() + " of " + index.table() + " is invalid: its building was cut off",
					meaning + " An invalid index is kept up to date but never used.",
					"DROP INDEX CONCURRENTLY " + index.qualifiedName() + "; " + index.statement() + ";");
		}
		return Finding.warning(id(), "The index " + index.name() + " of " + index.table() + " is missing", meaning,
				index.statement() + ";");
	}

}
