package com.delula.retention.admin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

import com.delula.retention.option.Option;
import com.delula.retention.request.RuleRequests;
import com.delula.retention.rule.Rule;
import com.delula.retention.rule.Rules;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;

/**
 * Writes into the description of the API what the rules are called and what they take.
 */
final class RuleDescription {

	private final Rules rules;

	private final RuleRequests requests;

	RuleDescription(Rules rules, RuleRequests requests) {
		this.rules = rules;
		this.requests = requests;
	}

	/** Fills the marked places of a text. */
	String fill(String text) {
		Rule first = this.rules.all().get(0);
		List<String> emergencies = names(Rule::emergency);
		return text.replace("${rules}", names((rule) -> true).toString())
			.replace("${emergencies}", emergencies.toString())
			.replace("${emergency}", emergencies.isEmpty() ? first.name() : emergencies.get(0))
			.replace("${rule}", first.name())
			.replace("${title}", first.title())
			.replace("${description}", first.description())
			.replace("${table}", first.tableNames().get(0));
	}

	private List<String> names(Predicate<Rule> which) {
		return this.rules.all().stream().filter(which).map(Rule::name).toList();
	}

	/** Adds the rules' own options to the calls that run them. */
	void addOptions(OpenAPI api) {
		addOptions(post(api, "run"), (rule) -> true);
		addOptions(post(api, "emergency"), Rule::emergency);
	}

	private static Operation post(OpenAPI api, String last) {
		return Objects.requireNonNull(api.getPaths().get("/api/admin/rules/{rule}/" + last)).getPost();
	}

	private void addOptions(Operation post, Predicate<Rule> which) {
		Map<String, List<String>> takenBy = new LinkedHashMap<>();
		Map<String, Schema<?>> schemas = new LinkedHashMap<>();
		for (Rule rule : this.rules.all()) {
			if (which.test(rule)) {
				this.requests.narrowing(rule).forEach((option) -> {
					takenBy.computeIfAbsent(option.name(), (name) -> new ArrayList<>()).add(rule.name());
					schemas.computeIfAbsent(option.name(), (name) -> new JsonSchema()).addType(type(option));
				});
			}
		}
		MediaType json = Objects.requireNonNull(post.getRequestBody().getContent().get("application/json"));
		schemas.forEach((name, schema) -> {
			String rules = String.join(", ", Objects.requireNonNull(takenBy.get(name)));
			post.getParameters().add(parameter(name, schema, rules));
			json.getSchema().addProperty(name, schema);
		});
	}

	private static String type(Option<String> option) {
		return option.type().numeric() ? "integer" : "string";
	}

	private static Parameter parameter(String name, Schema<?> schema, String rules) {
		Object example = schema.getTypes().contains("integer") ? Integer.valueOf(16) : "timeout";
		return new Parameter().name(name)
			.in("query")
			.description("Remove rows with this value only. Option of " + rules)
			.schema(schema)
			.example(example);
	}

}
