package com.delula.retention.dashboard;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.delula.retention.rule.GroupNames;
import com.delula.retention.rule.Rule;
import com.delula.retention.run.Run;
import com.delula.retention.run.RunObserver;
import com.delula.retention.statement.ArrivalCounts;
import com.delula.retention.status.Counts;
import org.jspecify.annotations.Nullable;

/**
 * The values that fields of a rule can have, with counts, so that nobody has to know
 * them. Where a count takes longer than a page may, the field is an empty one to type
 * into.
 */
class Choices implements RunObserver {

	/** Values that are listed; more make a page slow, and nobody reads them. */
	private static final int MOST = 1_000;

	/** How old a list may be: a list does not decide what is removed. */
	private static final Duration MAX_AGE = Duration.ofSeconds(30);

	/** How long a page waits. A count of 600,000 rows takes 0.4 s. */
	private static final Duration PATIENCE = Duration.ofMillis(2_500);

	private final ArrivalCounts rows;

	private final Counts counts;

	private final List<GroupNames> names;

	private final Executor executor;

	private final Map<String, Listing> listings = new ConcurrentHashMap<>();

	Choices(ArrivalCounts rows, Counts counts, List<GroupNames> names, Executor executor) {
		this.rows = rows;
		this.counts = counts;
		this.names = List.copyOf(names);
		this.executor = executor;
	}

	/**
	 * The values of a column, most rows first.
	 * @return empty if they cannot be counted soon enough
	 */
	Optional<List<Choice>> of(Rule rule, String column) {
		String key = rule.name() + ":" + column;
		Listing listing = this.listings.compute(key,
				(name, known) -> (known != null && !known.isOld()) ? known : begin(rule, column));
		try {
			return Optional.of(listing.values().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
		}
		catch (TimeoutException | ExecutionException ex) {
			return Optional.empty();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return Optional.empty();
		}
	}

	/**
	 * The values of the columns that narrow a rule, by option; those that cannot be
	 * counted soon enough are left out.
	 */
	Map<String, ChoiceList> byOption(Rule rule) {
		Map<String, ChoiceList> choices = new HashMap<>();
		rule.narrowBy()
			.forEach((column) -> of(rule, column)
				.ifPresent((values) -> choices.put(Rule.optionName(column), new ChoiceList(values))));
		return choices;
	}

	/**
	 * Those of the values that no row of the rule has at present, in words. Where a list
	 * is too long to be whole, or cannot be counted soon enough, nothing is said.
	 */
	List<String> absent(Rule rule, Map<String, @Nullable String> values) {
		List<String> absent = new ArrayList<>();
		values.forEach((column, value) -> {
			boolean missing = value != null && of(rule, column).map(ChoiceList::new)
				.filter((list) -> list.all().size() < MOST && !list.has(value))
				.isPresent();
			if (missing) {
				absent.add("No row that this rule covers has the " + column.replace('_', ' ') + " " + value
						+ " at present.");
			}
		});
		return absent;
	}

	/** Counts have changed. */
	@Override
	public void closed(Run run) {
		if (!run.dryRun()) {
			forget();
		}
	}

	void forget() {
		this.listings.clear();
	}

	private Listing begin(Rule rule, String column) {
		return new Listing(System.nanoTime(),
				CompletableFuture.supplyAsync(() -> this.counts.once(() -> count(rule, column)), this.executor));
	}

	private List<Choice> count(Rule rule, String column) {
		Map<@Nullable String, Long> counted = this.rows.values(rule, column, MOST);
		List<@Nullable String> values = new ArrayList<>(counted.keySet());
		Map<@Nullable String, String> found = new HashMap<>();
		if (column.equals(rule.groupColumn())) {
			names(rule).ifPresent((names) -> found.putAll(names.names(values)));
		}
		return values.stream()
			.map((value) -> new Choice(value, found.get(value), counted.getOrDefault(value, 0L)))
			.toList();
	}

	/** What a value of a column is called, such as "Ada (16)". */
	String text(Rule rule, String column, @Nullable String value) {
		return new Choice(value, name(rule, column, value), 0).text();
	}

	/** What a group is called; null where nobody knows. */
	@Nullable String name(Rule rule, String column, @Nullable String value) {
		if (!column.equals(rule.groupColumn())) {
			return null;
		}
		List<@Nullable String> keys = new ArrayList<>();
		keys.add(value);
		return names(rule).map((names) -> names.names(keys).get(value)).orElse(null);
	}

	/** What a group of a rule is, such as "recipe"; its column where nobody says. */
	String groupNoun(Rule rule) {
		return names(rule).map(GroupNames::noun).orElseGet(() -> String.valueOf(rule.groupColumn()).replace('_', ' '));
	}

	/** What the rows of a group are called, such as "failures". */
	String rowsNoun(Rule rule) {
		return names(rule).map(GroupNames::rows).orElse("rows");
	}

	private Optional<GroupNames> names(Rule rule) {
		return this.names.stream().filter((names) -> names.rule().equals(rule.name())).findFirst();
	}

	/** A list, or the count that makes it. One that failed is begun anew. */
	private record Listing(long begun, CompletableFuture<List<Choice>> values) {

		boolean isOld() {
			return this.values.isCompletedExceptionally()
					|| (this.values.isDone() && System.nanoTime() - this.begun > MAX_AGE.toNanos());
		}

	}

}
