package com.delula.retention.installation;

import java.util.Collection;
import java.util.List;

import com.delula.retention.run.Run;
import com.delula.retention.run.RunObserver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells which indexes of the rules are not there yet, and says so when a run starts. */
public class MissingIndexes implements RunObserver {

	private static final Logger log = LoggerFactory.getLogger(MissingIndexes.class);

	private final List<RequiredIndex> indexes;

	private final Catalog catalog;

	MissingIndexes(List<Requirements> requirements, Catalog catalog) {
		this.indexes = requirements.stream().flatMap((feature) -> feature.indexes().stream()).toList();
		this.catalog = catalog;
	}

	/** All that are missing or invalid. */
	List<RequiredIndex> all() {
		return this.indexes.stream().filter((index) -> !this.catalog.isServed(index)).toList();
	}

	/** The names of those of some tables. */
	public List<String> of(Collection<String> tables) {
		return this.indexes.stream()
			.filter((index) -> tables.contains(index.table()) && !this.catalog.isServed(index))
			.map(RequiredIndex::name)
			.toList();
	}

	@Override
	public void opened(Run run, List<String> tables) {
		List<String> missing = of(tables);
		if (!missing.isEmpty()) {
			log.warn(
					"Run {} of {} works without {}, and may be slow: {} not built yet, or cannot be built (see doctor)",
					run.id(), run.task(), String.join(", ", missing),
					(missing.size() == 1) ? "this index is" : "these indexes are");
		}
	}

}
