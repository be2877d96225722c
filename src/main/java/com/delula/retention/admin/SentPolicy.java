package com.delula.retention.admin;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import com.delula.retention.option.Option;
import com.delula.retention.option.OptionException;
import com.delula.retention.option.OptionSet;
import com.delula.retention.option.RawOptions;
import com.delula.retention.policy.edit.PolicyInput;
import jakarta.servlet.http.HttpServletRequest;
import tools.jackson.databind.JsonNode;

/**
 * A policy as a call sent it: the policy is the body, {@code dryRun} an option of the
 * query or the body.
 *
 * @param policy the policy
 * @param dryRun whether nothing is to be saved
 */
record SentPolicy(PolicyInput policy, boolean dryRun) {

	private static final OptionSet OPTIONS = new OptionSet(List.of(Option.DRY_RUN));

	private static final String MATCH = "match";

	/** Fields that may be null, as the list of policies shows them. */
	private static final Set<String> NULLABLE = Set.of("maxAgeHours", "keepNewest", "note");

	/**
	 * Reads a call.
	 * @throws BadRequestException if the query or the body cannot be read at all
	 * @throws OptionException if an option or the match cannot be understood
	 */
	static SentPolicy of(HttpServletRequest http) throws IOException {
		RawOptions options = SentOptions.ofQuery(http);
		RawOptions fields = new RawOptions();
		RawOptions match = new RawOptions();
		List<String> withoutValue = new ArrayList<>();
		SentOptions.body(http).forEach((name, node) -> {
			if (name.equals(MATCH)) {
				match(node, match, withoutValue);
			}
			else if (name.equals(Option.DRY_RUN.name())) {
				options.add(name, SentOptions.value(node));
			}
			else if (!node.isNull() || !NULLABLE.contains(name)) {
				fields.add(name, SentOptions.value(node));
			}
		});
		return new SentPolicy(new PolicyInput(fields, match, withoutValue), OPTIONS.parse(options).is(Option.DRY_RUN));
	}

	/**
	 * Whether a call that sends no policy is a dry run.
	 * @throws BadRequestException if the query or the body cannot be read at all
	 * @throws OptionException if an option cannot be understood
	 */
	static boolean isDryRun(HttpServletRequest http) throws IOException {
		return OPTIONS.parse(SentOptions.of(http)).is(Option.DRY_RUN);
	}

	private static void match(JsonNode node, RawOptions match, List<String> withoutValue) {
		if (!node.isObject()) {
			throw OptionException.invalid(MATCH, node.toString(), "an object with a value for each column");
		}
		node.properties().forEach((field) -> {
			if (field.getValue().isNull()) {
				withoutValue.add(field.getKey());
			}
			else {
				match.add(field.getKey(), SentOptions.value(field.getValue()));
			}
		});
	}

}
