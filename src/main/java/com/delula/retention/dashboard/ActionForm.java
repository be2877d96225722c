package com.delula.retention.dashboard;

import java.util.HashMap;
import java.util.Map;

import com.delula.retention.option.OptionException;
import com.delula.retention.run.RunRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.web.util.UriComponentsBuilder;

/**
 * The form of an action, as shown.
 *
 * @param action what it is for
 * @param options what its fields hold, as typed
 * @param error what is wrong with a field; null if nothing is, and only then there is a
 * preview
 * @param field the field that the error is about; empty if it is not one that is shown
 * @param objection why nothing was removed; null if nobody asked for that
 */
record ActionForm(RuleAction action, Map<String, String> options, @Nullable String error, String field,
		@Nullable String objection) {

	static ActionForm of(RuleAction action, RunRequest request, @Nullable String objection) {
		return new ActionForm(action, request.options(), null, "", objection);
	}

	/** What was typed stays, and nothing can be removed by it. */
	static ActionForm rejected(RuleAction action, Map<String, String[]> parameters, OptionException ex) {
		Map<String, String> typed = new HashMap<>();
		action.fields().forEach((field) -> {
			String[] sent = parameters.get(field.name());
			if (sent != null && sent.length > 0) {
				typed.put(field.name(), sent[0]);
			}
		});
		return new ActionForm(action, typed, ex.getMessage() + OptionException.NOTHING_DELETED,
				action.hasField(ex.name()) ? ex.name() : "", null);
	}

	/** What stands above the form. */
	public @Nullable String notice() {
		return (this.error != null && this.field.isEmpty()) ? this.error : this.objection;
	}

	/** What stands at a field; null if nothing is wrong with it. */
	public @Nullable String errorOf(String name) {
		return this.field.equals(name) ? this.error : null;
	}

	/** Where the preview of these options is. */
	public String previewAddress() {
		return address("/preview");
	}

	/** Where the rows are that would go by these options. */
	public String rowsAddress() {
		return address("/preview/rows");
	}

	/** The same to download. */
	public String csvAddress() {
		return address("/rows.csv");
	}

	/** Where these options are chosen. */
	String pageAddress() {
		return address("");
	}

	private String address(String part) {
		UriComponentsBuilder address = UriComponentsBuilder.fromPath(this.action.path() + part);
		this.options.keySet().forEach((name) -> address.queryParam(name, "{" + name + "}"));
		return address.encode().buildAndExpand(this.options).toUriString();
	}

}
