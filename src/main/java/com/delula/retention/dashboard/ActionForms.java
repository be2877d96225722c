package com.delula.retention.dashboard;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import com.delula.retention.backlog.BacklogCleanup;
import com.delula.retention.jobs.JobPurge;
import com.delula.retention.option.Option;
import com.delula.retention.option.OptionException;
import com.delula.retention.option.OptionSet;
import com.delula.retention.option.OptionType;
import com.delula.retention.option.OptionValues;
import com.delula.retention.option.RawOptions;
import com.delula.retention.option.RawValue;
import com.delula.retention.request.RuleRequests;
import com.delula.retention.rule.Rule;
import com.delula.retention.rule.Rules;
import com.delula.retention.run.Mode;
import com.delula.retention.run.RunRequest;
import com.delula.retention.run.Trigger;
import com.delula.retention.session.SigningKey;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** Turns forms into what the engine is asked for, as strictly as the API does. */
@Component
class ActionForms {

	/** The number of rows, typed to confirm. */
	static final String TYPED = "typed";

	/** Says which options were previewed, signed by whoever showed the preview. */
	static final String PREVIEWED = "previewed";

	/** Fields of the form that are no options of the call. */
	private static final Set<String> OWN = Set.of("_csrf", TYPED, PREVIEWED);

	private static final OptionType<Long> ROWS = OptionType.rowCount();

	private final Rules rules;

	private final RuleRequests requests;

	private final SigningKey key;

	ActionForms(Rules rules, RuleRequests requests, SigningKey key) {
		this.rules = rules;
		this.requests = requests;
		this.key = key;
	}

	/**
	 * A look at what would go. A box that was not filled in is as good as absent.
	 * @throws OptionException if a field cannot be understood
	 */
	RunRequest look(Action action, Map<String, String[]> parameters, String actor) {
		RawOptions raw = new RawOptions();
		parameters.forEach((name, sent) -> Arrays.stream(sent)
			.filter((text) -> !text.isEmpty())
			.forEach((text) -> raw.add(name, RawValue.plain(text))));
		return request(action, set(action).parse(raw), actor, true);
	}

	/**
	 * A run. It has to be said whether it is a dry run.
	 * @throws OptionException if a field cannot be understood
	 */
	RunRequest run(Action action, Map<String, String[]> parameters, String actor) {
		RawOptions raw = new RawOptions();
		parameters.forEach((name, sent) -> {
			if (OWN.contains(name) && sent.length > 1) {
				throw OptionException.repeated(name);
			}
			if (!OWN.contains(name)) {
				Arrays.stream(sent).forEach((text) -> raw.add(name, RawValue.plain(text)));
			}
		});
		OptionValues options = set(action).parse(raw);
		if (options.get(Option.DRY_RUN) == null) {
			throw Option.DRY_RUN.invalid("");
		}
		return request(action, options, actor, options.is(Option.DRY_RUN));
	}

	/** The number of rows that was typed; null if it is none. */
	@Nullable Long typed(@Nullable String text) {
		return (text != null) ? ROWS.parse(text).orElse(null) : null;
	}

	/** What a form has to send back to remove what was previewed, and nothing else. */
	String previewed(RunRequest request) {
		return this.key.sign(PREVIEWED, parts(request));
	}

	/** Whether exactly this was previewed by whoever asks for it. */
	boolean wasPreviewed(RunRequest request, @Nullable String previewed) {
		return previewed != null && this.key.verify(previewed, PREVIEWED, parts(request));
	}

	private static String[] parts(RunRequest request) {
		List<String> parts = new ArrayList<>(List.of(request.task(), request.mode().label(), request.actor()));
		new TreeMap<>(request.options()).forEach((name, value) -> parts.addAll(List.of(name, value)));
		return parts.toArray(String[]::new);
	}

	private OptionSet set(Action action) {
		return this.requests.options(rule(action), mode(action));
	}

	private RunRequest request(Action action, OptionValues options, String actor, boolean dryRun) {
		RunRequest read = this.requests.request(rule(action), mode(action), Trigger.API, actor, options);
		return new RunRequest(read.task(), read.mode(), read.trigger(), actor, dryRun, read.options());
	}

	private Rule rule(Action action) {
		return this.rules.get((action == Action.PURGE) ? JobPurge.NAME : BacklogCleanup.NAME);
	}

	private static Mode mode(Action action) {
		return (action == Action.EMERGENCY) ? Mode.EMERGENCY : Mode.REGULAR;
	}

}
