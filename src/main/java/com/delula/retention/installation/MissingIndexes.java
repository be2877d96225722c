package com.delula.retention.installation;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

import com.delula.retention.run.Run;
import com.delula.retention.run.RunObserver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells which indexes of the rules are not there yet, and says so when a run starts. */
public class MissingIndexes implements RunObserver {

	private static final Logger log = LoggerFactory.getLogger(MissingIndexes.class);

	private final List<Requirements> requirements;

	private final Catalog catalog;

	MissingIndexes(List<Requirements> requirements, Catalog catalog) {
		this.requirements = requirements;
		this.catalog = catalog;
	}

	/** All that are missing or invalid. */
	List<RequiredIndex> all() {
		return missing().toList();
	}

	/** The names of those of some tables. */
	public List<String> of(Collection<String> tables) {
		return missing().filter((index) -> tables.contains(index.table())).map(RequiredIndex::name).toList();
	}

	private Stream<RequiredIndex> missing() {
		return this.requirements.stream()
			.flatMap((feature) -> feature.indexes(this.catalog).stream())
			.filter((index) -> !this.catalog.isServed(index));
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
