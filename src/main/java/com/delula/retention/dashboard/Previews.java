package com.delula.retention.dashboard;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

import com.delula.retention.rule.GroupNames;
import com.delula.retention.policy.edit.PolicyEdits;
import com.delula.retention.rule.Policy;
import com.delula.retention.rule.Rule;
import com.delula.retention.run.GroupCount;
import com.delula.retention.run.Mode;
import com.delula.retention.run.RunRequest;
import com.delula.retention.run.Stock;
import com.delula.retention.run.engine.StockReader;
import com.delula.retention.run.history.RunHistory;
import com.delula.retention.status.Counts;
import com.delula.retention.status.RuleStatuses;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Counts what a run would remove, without starting one. */
@Component
class Previews {

	/** Groups that a preview lists. */
	private static final int LISTED = 10;

	private final StockReader stocks;

	private final Counts counts;

	private final RunHistory history;

	private final ObjectProvider<GroupNames> names;

	private final RuleStatuses statuses;

	private final PolicyEdits policies;

	private final Choices choices;

	private final PageFormatter formatter;

	Previews(StockReader stocks, Counts counts, RunHistory history, ObjectProvider<GroupNames> names,
			RuleStatuses statuses, PolicyEdits policies, Choices choices, PageFormatter formatter) {
		this.statuses = statuses;
		this.policies = policies;
		this.choices = choices;
		this.stocks = stocks;
		this.counts = counts;
		this.history = history;
		this.names = names;
		this.formatter = formatter;
	}

	Preview of(Rule rule, RunRequest request) {
		Instant asOf = this.history.now();
		Map<String, @Nullable String> narrowed = this.policies.narrowed(rule, request.options());
		List<Policy> policies = this.policies.matching(rule, narrowed);
		List<Stock> stocks = takeStock(request);
		List<Entry<@Nullable String, GroupCount>> losing = losing(stocks);
		Instant oldest = stocks.stream()
			.map(Stock::oldestDue)
			.filter(Objects::nonNull)
			.min(Instant::compareTo)
			.orElse(null);
		long due = stocks.stream().mapToLong(Stock::due).sum();
		return new Preview(tables(rule, stocks), noun(rule), groups(rule, losing), Math.max(0, losing.size() - LISTED),
				oldest, asOf, (due > 0) ? this.statuses.durationFor(rule, request.mode(), due) : null,
				this.history.running(rule.name()).map((run) -> new RunView(run, asOf, rule.title())).orElse(null),
				!narrowed.isEmpty(), holds(policies), exceptions(policies, request.mode()),
				this.choices.absent(rule, narrowed));
	}

	private static List<Policy> holds(List<Policy> policies) {
		return policies.stream().filter(Policy::hold).toList();
	}

	/** An emergency heeds none. */
	private static List<Policy> exceptions(List<Policy> policies, Mode mode) {
		return (mode == Mode.EMERGENCY) ? List.of() : policies.stream().filter((policy) -> !policy.hold()).toList();
	}

	private List<Stock> takeStock(RunRequest request) {
		return this.counts.once(() -> this.stocks.takeStock(request));
	}

	private static List<Entry<@Nullable String, GroupCount>> losing(List<Stock> stocks) {
		Map<@Nullable String, GroupCount> groups = new HashMap<>();
		stocks.forEach((stock) -> groups.putAll(stock.groups()));
		return groups.entrySet()
			.stream()
			.filter((group) -> group.getValue().due() > 0)
			.sorted(Comparator.comparingLong((Entry<@Nullable String, GroupCount> group) -> -group.getValue().due())
				.thenComparing((group) -> String.valueOf(group.getKey())))
			.toList();
	}

	private static List<Preview.Table> tables(Rule rule, List<Stock> stocks) {
		return IntStream.range(0, stocks.size())
			.mapToObj((i) -> new Preview.Table(rule.tableNames().get(i), stocks.get(i).considered(),
					stocks.get(i).due(), stocks.get(i).keptReferenced()))
			.toList();
	}

	private String noun(Rule rule) {
		String column = rule.groupColumn();
		return (column == null) ? "" : this.formatter.name(names(rule).map(GroupNames::noun).orElse(column));
	}

	private List<Preview.Group> groups(Rule rule, List<Entry<@Nullable String, GroupCount>> losing) {
		if (rule.groupColumn() == null) {
			return List.of();
		}
		List<Entry<@Nullable String, GroupCount>> most = losing.stream().limit(LISTED).toList();
		List<@Nullable String> keys = new ArrayList<>();
		most.forEach((group) -> keys.add(group.getKey()));
		Map<@Nullable String, String> found = new HashMap<>();
		names(rule).ifPresent((names) -> found.putAll(names.names(keys)));
		return most.stream()
			.map((group) -> new Preview.Group(group.getKey(), found.getOrDefault(group.getKey(), name(group.getKey())),
					group.getValue().before(), group.getValue().due()))
			.toList();
	}

	private Optional<GroupNames> names(Rule rule) {
		return this.names.orderedStream().filter((names) -> names.rule().equals(rule.name())).findFirst();
	}

	private static String name(@Nullable String key) {
		return (key != null) ? key : "none";
	}

}
