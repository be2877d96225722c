package com.delula.retention.dashboard;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.delula.retention.rule.Keep;
import com.delula.retention.rule.Rule;
import com.delula.retention.rule.RuleTable;
import com.delula.retention.run.Mode;
import com.delula.retention.run.RunRequest;

/**
 * A button: a rule and how far a run of it goes.
 *
 * @param rule the rule
 * @param mode how far a run goes
 */
record RuleAction(Rule rule, Mode mode) {

	/** The actions that a rule offers. */
	static List<RuleAction> of(Rule rule) {
		RuleAction regular = new RuleAction(rule, Mode.REGULAR);
		return rule.emergency() ? List.of(regular, new RuleAction(rule, Mode.EMERGENCY)) : List.of(regular);
	}

	/** Whether a user's role allows it. */
	boolean isFor(CurrentUser user) {
		return emergency() ? user.admin() : user.operator();
	}

	/** Whether it removes rows whatever their age and rank. */
	public boolean emergency() {
		return this.mode == Mode.EMERGENCY;
	}

	/** The address of its page. */
	public String path() {
		return "/actions/" + this.rule.name() + "/" + this.mode.label();
	}

	/** The id of its button. */
	public String id() {
		return "act-" + this.rule.name() + "-" + this.mode.label();
	}

	/** What stands on its button. */
	public String button() {
		return emergency() ? "Emergency…" : "Run…";
	}

	/** What its page is called. */
	public String title() {
		String title = this.rule.title();
		return emergency() ? "Emergency " + Character.toLowerCase(title.charAt(0)) + title.substring(1) : title;
	}

	/** What it removes, in a sentence. */
	public String description() {
		if (!emergency()) {
			return this.rule.description();
		}
		String nouns = this.rule.tables().stream().map(RuleTable::noun).collect(Collectors.joining(" and "));
		return "Removes all " + nouns + " regardless of age, at full speed.";
	}

	/**
	 * Whether neither age nor rank keeps any row, so that the number of rows has to be
	 * typed.
	 */
	boolean removesAll(RunRequest request) {
		Keep keep = this.rule.keep();
		return emergency() || (age(request).isZero() && (keep == null || keep.newest() == 0));
	}

	private Duration age(RunRequest request) {
		String hours = request.options().get(Rule.HOURS);
		return (hours != null) ? Duration.ofHours(Long.parseLong(hours)) : this.rule.maxAge();
	}

	/** The options that its form has, in order. */
	public List<Field> fields() {
		Stream<Field> age = (this.rule.ageOption() && !emergency()) ? Stream.of(new Field(Rule.HOURS, null))
				: Stream.empty();
		return Stream
			.concat(age, this.rule.narrowBy().stream().map((column) -> new Field(Rule.optionName(column), column)))
			.toList();
	}

	/** Whether its form has a field of that name. */
	boolean hasField(String name) {
		return fields().stream().anyMatch((field) -> field.name().equals(name));
	}

}
