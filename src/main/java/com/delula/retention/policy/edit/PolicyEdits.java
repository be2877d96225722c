package com.delula.retention.policy.edit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

import com.delula.retention.option.OptionException;
import com.delula.retention.policy.PolicyChange;
import com.delula.retention.policy.PolicyStore;
import com.delula.retention.policy.StoredPolicy;
import com.delula.retention.rule.Policy;
import com.delula.retention.rule.Rule;
import com.delula.retention.run.Mode;
import com.delula.retention.run.RunRequest;
import com.delula.retention.run.StockChange;
import com.delula.retention.run.Trigger;
import com.delula.retention.run.engine.StockReader;
import com.delula.retention.status.Counts;
import com.delula.retention.status.DueObserver;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Lists and edits the policies of a rule. What is saved is in force from the next run on,
 * on every instance.
 */
public class PolicyEdits {

	/** Each one costs a comparison for every row that a run looks at. */
	private static final int MOST = 200;

	private static final int CHANGES = 100;

	private final PolicyStore store;

	private final PolicyReader reader;

	private final StockReader stocks;

	private final Counts counts;

	private final TransactionTemplate transaction;

	private final Supplier<Stream<DueObserver>> observers;

	PolicyEdits(PolicyStore store, PolicyReader reader, StockReader stocks, Counts counts,
			TransactionTemplate transaction, Supplier<Stream<DueObserver>> observers) {
		this.store = store;
		this.reader = reader;
		this.stocks = stocks;
		this.counts = counts;
		this.transaction = transaction;
		this.observers = observers;
	}

	/**
	 * The values to which a run's options narrow it, by column, as the database writes
	 * them.
	 * @throws OptionException if a value is none of its column's type
	 */
	public Map<String, @Nullable String> narrowed(Rule rule, Map<String, String> options) {
		return this.reader.narrowed(rule, options);
	}

	/** A rule's policies that rows with some values may fall under. */
	public List<Policy> matching(Rule rule, Map<String, @Nullable String> values) {
		return list(rule).stream().map(StoredPolicy::policy).filter((policy) -> policy.canMatch(values)).toList();
	}

	/** A rule's policies in the order in which they are tried on a row. */
	public List<StoredPolicy> list(Rule rule) {
		return this.store.list(rule.name())
			.stream()
			.sorted((some, other) -> Policy.precedence(rule.narrowBy()).compare(some.policy(), other.policy()))
			.toList();
	}

	/** The last changes, newest first. */
	public List<PolicyChange> changes(Rule rule) {
		return this.store.changes(rule.name(), CHANGES);
	}

	/**
	 * A policy.
	 * @throws PolicyException if there is none of that id
	 */
	public StoredPolicy get(Rule rule, String id) {
		return this.store.find(rule.name(), id).orElseThrow(() -> PolicyException.missing(rule, id));
	}

	/**
	 * Reads a policy; nothing is saved.
	 * @throws PolicyException if it cannot be saved as it is
	 * @throws com.delula.retention.option.OptionException if something in it cannot be
	 * understood
	 */
	public Policy read(Rule rule, String id, PolicyInput input) {
		Policy policy = this.reader.read(rule, id, input);
		List<Policy> others = without(rule, id);
		others.stream().filter((other) -> other.match().equals(policy.match())).findFirst().ifPresent((other) -> {
			throw PolicyException.sameMatch(other.id());
		});
		if (others.size() >= MOST) {
			throw PolicyException.tooMany(rule, MOST);
		}
		return policy;
	}

	/** Counts what saving a policy would change. */
	public StockChange preview(Rule rule, Policy policy) {
		List<Policy> then = new ArrayList<>(without(rule, policy.id()));
		then.add(policy);
		return compare(rule, then);
	}

	/**
	 * Counts what deleting a policy would change.
	 * @throws PolicyException if there is none of that id
	 */
	public StockChange previewDeletion(Rule rule, String id) {
		get(rule, id);
		return compare(rule, without(rule, id));
	}

	private List<Policy> without(Rule rule, String id) {
		return this.store.policies(rule.name()).stream().filter((other) -> !other.id().equals(id)).toList();
	}

	private StockChange compare(Rule rule, List<Policy> then) {
		RunRequest request = new RunRequest(rule.name(), Mode.REGULAR, Trigger.API, "preview", true, Map.of());
		return this.counts.once(() -> this.stocks.compare(request, then));
	}

	/**
	 * Saves a policy.
	 * @param door the door through which the actor came
	 * @throws PolicyException if another one matches the same rows
	 */
	public StoredPolicy save(Rule rule, Policy policy, String actor, Trigger door) {
		try {
			this.transaction.executeWithoutResult((tx) -> this.store.save(rule.name(), policy, actor, door.label()));
		}
		catch (DuplicateKeyException ex) {
			throw PolicyException.sameMatch(without(rule, policy.id()).stream()
				.filter((other) -> other.match().equals(policy.match()))
				.map(Policy::id)
				.findFirst()
				.orElse("another"));
		}
		tell(rule);
		return get(rule, policy.id());
	}

	/**
	 * Deletes a policy.
	 * @return what it said
	 * @throws PolicyException if there is none of that id
	 */
	public StoredPolicy delete(Rule rule, String id, String actor, Trigger door) {
		StoredPolicy found = get(rule, id);
		Boolean deleted = this.transaction.execute((tx) -> this.store.delete(rule.name(), id, actor, door.label()));
		if (!Boolean.TRUE.equals(deleted)) {
			throw PolicyException.missing(rule, id);
		}
		tell(rule);
		return found;
	}

	private void tell(Rule rule) {
		this.observers.get().forEach((observer) -> observer.dueChanged(rule.name()));
	}

}
