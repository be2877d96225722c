package com.delula.retention.dashboard;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.delula.retention.option.OptionException;
import com.delula.retention.option.RawOptions;
import com.delula.retention.option.RawValue;
import com.delula.retention.policy.edit.PolicyException;
import com.delula.retention.policy.edit.PolicyInput;
import com.delula.retention.rule.Policy;
import com.delula.retention.rule.Rule;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.web.util.UriComponentsBuilder;

/**
 * The form that edits a policy, as shown. An empty field counts as absent.
 *
 * @param rule the rule
 * @param values what its fields hold, as typed
 * @param error what is wrong with it; null if nothing is
 * @param field the field that the error is about; empty if it is about none
 * @param previewed whether it is right and there is a preview
 */
record PolicyForm(Rule rule, Map<String, String> values, @Nullable String error, String field, boolean previewed) {

	/** Ends the name of the box that asks for rows without a value. */
	private static final String NONE = "-none";

	private static final String ID = "id";

	private static final String HOLD = "hold";

	private static final List<String> FIELDS = List.of("maxAgeHours", "keepNewest", "note");

	/** In every form that was sent, so that one that is all empty is not a new one. */
	private static final String FILLED = "filled";

	static boolean isFilled(HttpServletRequest http) {
		return http.getParameter(FILLED) != null;
	}

	static PolicyForm empty(Rule rule) {
		return new PolicyForm(rule, Map.of(), null, "", false);
	}

	/** The form of a policy that there is. */
	static PolicyForm of(Rule rule, Policy policy) {
		Map<String, String> values = new LinkedHashMap<>();
		values.put(ID, policy.id());
		policy.match().forEach((column, value) -> {
			String option = Rule.optionName(column);
			values.put((value != null) ? option : option + NONE, Objects.requireNonNullElse(value, "true"));
		});
		put(values, "maxAgeHours", policy.maxAgeHours());
		put(values, "keepNewest", policy.keepNewest());
		put(values, "note", policy.note());
		if (policy.hold()) {
			values.put(HOLD, "true");
		}
		return new PolicyForm(rule, values, null, "", false);
	}

	private static void put(Map<String, String> values, String name, @Nullable Object value) {
		if (value != null) {
			values.put(name, value.toString());
		}
	}

	/** The form as it was sent. */
	static PolicyForm of(Rule rule, HttpServletRequest http) {
		Map<String, String> values = new LinkedHashMap<>();
		PolicyForm empty = empty(rule);
		List<String> names = new ArrayList<>(FIELDS);
		names.add(ID);
		names.add(HOLD);
		empty.columns().keySet().forEach((option) -> names.addAll(List.of(option, option + NONE)));
		for (String name : names) {
			String sent = http.getParameter(name);
			if (sent != null && !sent.isEmpty()) {
				values.put(name, sent);
			}
		}
		return new PolicyForm(rule, values, null, "", false);
	}

	/** What was typed, found to be right. */
	PolicyForm checked() {
		return new PolicyForm(this.rule, this.values, null, "", true);
	}

	/** What was typed, and why it cannot be. */
	PolicyForm rejected(RuntimeException ex) {
		String name = (ex instanceof OptionException option) ? option.name() : "";
		return new PolicyForm(this.rule, this.values, ex.getMessage() + PolicyException.NOTHING_CHANGED,
				hasField(name) ? name : "", false);
	}

	private boolean hasField(String name) {
		return name.equals(ID) || FIELDS.contains(name) || columns().containsKey(name);
	}

	/** What stands above the form; null if nothing does. */
	public @Nullable String notice() {
		return this.field.isEmpty() ? this.error : null;
	}

	/** What stands at a field; null if nothing is wrong with it. */
	public @Nullable String errorOf(String name) {
		return this.field.equals(name) ? this.error : null;
	}

	/** The policy's id as typed; empty if none was. */
	public String id() {
		return this.values.getOrDefault(ID, "");
	}

	/** The columns that can be matched, by option. */
	public Map<String, String> columns() {
		Map<String, String> columns = new LinkedHashMap<>();
		this.rule.narrowBy().forEach((column) -> columns.put(Rule.optionName(column), column));
		return columns;
	}

	/** The name of the box that asks for rows without a value. */
	public String none(String option) {
		return option + NONE;
	}

	/** Where the preview of this is. */
	public String previewAddress() {
		UriComponentsBuilder address = UriComponentsBuilder
			.fromPath("/rules/" + this.rule.name() + "/policies/preview");
		this.values.keySet().forEach((name) -> address.queryParam(name, "{" + name + "}"));
		return address.encode().buildAndExpand(this.values).toUriString();
	}

	/** What was typed as a policy. */
	PolicyInput input() {
		RawOptions fields = new RawOptions();
		FIELDS.forEach((name) -> fields.add(name, this.values.get(name)));
		fields.add(HOLD, String.valueOf(this.values.containsKey(HOLD)));
		RawOptions match = new RawOptions();
		columns().keySet()
			.stream()
			.filter(this.values::containsKey)
			.forEach((option) -> match.add(option, RawValue.plain(this.values.getOrDefault(option, ""))));
		return new PolicyInput(fields, match,
				columns().keySet().stream().filter((option) -> this.values.containsKey(option + NONE)).toList());
	}

}
