package com.delula.retention.dashboard;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import com.delula.retention.option.Option;
import com.delula.retention.option.OptionException;
import com.delula.retention.option.OptionType;
import com.delula.retention.option.OptionValues;
import com.delula.retention.option.RawOptions;
import com.delula.retention.option.RawValue;
import com.delula.retention.request.RuleRequests;
import com.delula.retention.run.RunRequest;
import com.delula.retention.run.Trigger;
import com.delula.retention.session.SigningKey;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Turns forms into requests to the engine, as strictly as the API does. */
@Component
class ActionForms {

	/** The number of rows, typed to confirm. */
	static final String TYPED = "typed";

	/** Says which options were previewed, signed by whoever showed the preview. */
	static final String PREVIEWED = "previewed";

	/** Fields of the form that are not options of the call. */
	private static final Set<String> OWN = Set.of("_csrf", TYPED, PREVIEWED);

	private static final OptionType<Long> ROWS = OptionType.rowCount();

	private final RuleRequests requests;

	private final SigningKey key;

	ActionForms(RuleRequests requests, SigningKey key) {
		this.requests = requests;
		this.key = key;
	}

	/**
	 * The request for a preview. An empty field counts as absent.
	 * @throws OptionException if a field cannot be understood
	 */
	RunRequest preview(RuleAction action, Map<String, String[]> parameters, String actor) {
		RawOptions raw = new RawOptions();
		parameters.forEach((name, sent) -> Arrays.stream(sent)
			.filter((text) -> !text.isEmpty())
			.forEach((text) -> raw.add(name, RawValue.plain(text))));
		return request(action, parse(action, raw), actor);
	}

	/**
	 * The request for a run. The form has to say whether it is a dry run.
	 * @throws OptionException if a field cannot be understood
	 */
	RunRequest run(RuleAction action, Map<String, String[]> parameters, String actor) {
		RawOptions raw = new RawOptions();
		parameters.forEach((name, sent) -> {
			if (OWN.contains(name) && sent.length > 1) {
				throw OptionException.repeated(name);
			}
			if (!OWN.contains(name)) {
				Arrays.stream(sent).forEach((text) -> raw.add(name, RawValue.plain(text)));
			}
		});
		OptionValues options = parse(action, raw);
		if (options.get(Option.DRY_RUN) == null) {
			throw Option.DRY_RUN.invalid("");
		}
		return request(action, options, actor);
	}

	/** The number of rows that was typed; null if it is none. */
	@Nullable Long typed(@Nullable String text) {
		return (text != null) ? ROWS.parse(text).orElse(null) : null;
	}

	/**
	 * What a form has to send back to remove what was previewed, and nothing else.
	 * @param request the request, with the rows that were counted
	 */
	String previewed(RunRequest request) {
		return this.key.sign(PREVIEWED, parts(request));
	}

	/** Whether exactly this was previewed by whoever asks for it. */
	boolean wasPreviewed(RunRequest request, @Nullable String previewed) {
		return previewed != null && this.key.verify(previewed, PREVIEWED, parts(request));
	}

	private static String[] parts(RunRequest request) {
		List<String> parts = new ArrayList<>(List.of(request.task(), request.mode().label(), request.actor(),
				String.valueOf(request.expectedRows())));
		new TreeMap<>(request.options()).forEach((name, value) -> parts.addAll(List.of(name, value)));
		return parts.toArray(String[]::new);
	}

	private OptionValues parse(RuleAction action, RawOptions raw) {
		return this.requests.options(action.rule(), action.mode()).parse(raw);
	}

	private RunRequest request(RuleAction action, OptionValues options, String actor) {
		return this.requests.request(action.rule(), action.mode(), Trigger.PAGE, actor, options);
	}

}
