package com.delula.retention.rule;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All rules, in the order in which they are shown.
 *
 * @param all the rules
 */
public record Rules(List<Rule> all) {

	public Rules {
		all = List.copyOf(all);
		Set<String> names = new HashSet<>();
		for (Rule rule : all) {
			if (!names.add(rule.name())) {
				throw new DuplicateRuleException(rule.name());
			}
		}
	}

	/** The rule of that name. */
	public Optional<Rule> find(String name) {
		return this.all.stream().filter((rule) -> rule.name().equals(name)).findFirst();
	}

	/**
	 * The rule of that name.
	 * @throws IllegalArgumentException if there is none
	 */
	public Rule get(String name) {
		return find(name).orElseThrow(() -> new IllegalArgumentException("No such rule: " + name));
	}

}
