package com.delula.retention.dashboard;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Objects;
import java.util.stream.IntStream;

import com.delula.retention.backlog.BacklogReader;
import com.delula.retention.run.GroupCount;
import com.delula.retention.run.RetentionTask;
import com.delula.retention.run.RunEngine;
import com.delula.retention.run.RunHistory;
import com.delula.retention.run.RunRequest;
import com.delula.retention.run.Stock;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Looks at what a run would remove, without beginning one. */
@Component
class Previews {

	/** Recipes that a preview names. */
	private static final int NAMED = 10;

	private final RunEngine engine;

	private final RunHistory history;

	private final BacklogReader backlog;

	private final List<RetentionTask> tasks;

	Previews(RunEngine engine, RunHistory history, BacklogReader backlog, List<RetentionTask> tasks) {
		this.engine = engine;
		this.history = history;
		this.backlog = backlog;
		this.tasks = tasks;
	}

	/** The number of rows that would go at this moment. */
	long count(RunRequest request) {
		return this.engine.takeStock(request).stream().mapToLong(Stock::due).sum();
	}

	Preview of(RunRequest request) {
		Instant asOf = this.history.now();
		List<Stock> stocks = this.engine.takeStock(request);
		Map<@Nullable String, GroupCount> groups = new HashMap<>();
		stocks.forEach((stock) -> groups.putAll(stock.groups()));
		List<Entry<@Nullable String, GroupCount>> losing = groups.entrySet()
			.stream()
			.filter((group) -> group.getValue().due() > 0)
			.sorted(Comparator.comparingLong((Entry<@Nullable String, GroupCount> group) -> -group.getValue().due())
				.thenComparing((group) -> String.valueOf(group.getKey())))
			.toList();
		Instant oldest = stocks.stream()
			.map(Stock::oldestDue)
			.filter(Objects::nonNull)
			.min(Instant::compareTo)
			.orElse(null);
		return new Preview(tables(request, stocks), recipes(losing), Math.max(0, losing.size() - NAMED), oldest, asOf);
	}

	private List<Preview.Table> tables(RunRequest request, List<Stock> stocks) {
		List<String> names = this.tasks.stream()
			.filter((task) -> task.name().equals(request.task()))
			.findFirst()
			.orElseThrow()
			.tables();
		return IntStream.range(0, stocks.size())
			.mapToObj((i) -> new Preview.Table(names.get(i), stocks.get(i).considered(), stocks.get(i).due(),
					stocks.get(i).keptReferenced()))
			.toList();
	}

	private List<Preview.Recipe> recipes(List<Entry<@Nullable String, GroupCount>> losing) {
		List<Entry<@Nullable String, GroupCount>> most = losing.stream().limit(NAMED).toList();
		List<@Nullable String> ids = new ArrayList<>();
		most.forEach((group) -> ids.add(group.getKey()));
		Map<@Nullable String, String> names = this.backlog.names(ids);
		return most.stream()
			.map((group) -> new Preview.Recipe(names.getOrDefault(group.getKey(), ""), group.getValue().before(),
					group.getValue().due()))
			.toList();
	}

}
