package com.delula.retention.cli;

import java.util.List;

import com.delula.retention.option.Option;
import com.delula.retention.option.OptionSet;
import com.delula.retention.option.OptionValues;
import com.delula.retention.option.RawOptions;
import com.delula.retention.request.RuleCommand;
import com.delula.retention.request.RuleRequests;
import com.delula.retention.rule.Rule;
import com.delula.retention.run.Mode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** A rule's options as arguments of a command. */
final class RuleOptions {

	private static final String EMERGENCY = "--emergency";

	private static final String YES = "--yes";

	private static final String JSON = "--json";

	private final Rule rule;

	private final @Nullable RuleCommand own;

	private final CommandSpec spec;

	RuleOptions(RuleRun command, Rule rule, @Nullable RuleCommand own) {
		this.rule = rule;
		this.own = own;
		this.spec = CommandSpec.wrapWithoutInspection(command)
			.name((own != null) ? own.name() : rule.name())
			.mixinStandardHelpOptions(true);
		this.spec.usageMessage().description((own != null) ? own.description() : rule.description());
		described(offersRegular() ? Mode.REGULAR : Mode.EMERGENCY).names().forEach(this::add);
		addOthers();
	}

	private boolean offersRegular() {
		return this.own == null || this.own.mode() == Mode.REGULAR;
	}

	private boolean offersEmergency() {
		return (this.own != null) ? this.own.mode() == Mode.EMERGENCY : this.rule.emergency();
	}

	private void add(String name) {
		if (name.equals(Option.DRY_RUN.name())) {
			flag("Only count what would go.", Spelling.argument(name));
			return;
		}
		OptionSpec.Builder option = OptionSpec.builder(Spelling.argument(name)).type(String.class);
		if (name.equals(Option.EXPECTED_ROWS.name())) {
			option.paramLabel("N")
				.description("Refuse to run if more rows than this are due; --dry-run tells the number.");
		}
		else if (name.equals(Rule.HOURS)) {
			option.paramLabel("N").description("The age for this run only, 0 to " + RuleRequests.MAX_HOURS + ".");
		}
		else {
			option.paramLabel("VALUE").description("Only rows with this value of " + column(name) + ".");
		}
		this.spec.addOption(option.build());
	}

	private String column(String name) {
		return this.rule.narrowBy()
			.stream()
			.filter((column) -> Rule.optionName(column).equals(name))
			.findFirst()
			.orElse(name);
	}

	private void addOthers() {
		if (this.own == null && offersEmergency()) {
			flag("Remove ALL rows that the rule covers, whatever their age.", EMERGENCY);
		}
		if (offersEmergency()) {
			flag("Do not ask; needed where there is no terminal.", "-y", YES);
		}
		flag(OtherSettings.DESCRIPTION, OtherSettings.OPTION);
		flag("Answer in JSON, with the API's field names.", JSON);
	}

	private void flag(String description, String... names) {
		this.spec.addOption(OptionSpec.builder(names).type(boolean.class).description(description).build());
	}

	CommandSpec spec() {
		return this.spec;
	}

	Mode mode() {
		if (this.own != null) {
			return this.own.mode();
		}
		return is(EMERGENCY) ? Mode.EMERGENCY : Mode.REGULAR;
	}

	boolean dryRun() {
		return is(Spelling.argument(Option.DRY_RUN.name()));
	}

	boolean yes() {
		return is(YES);
	}

	boolean ownSettings() {
		return is(OtherSettings.OPTION);
	}

	boolean json() {
		return is(JSON);
	}

	private boolean is(String flag) {
		return Boolean.TRUE.equals(value(flag));
	}

	private @Nullable Object value(String argument) {
		OptionSpec option = this.spec.findOption(argument);
		return (option != null) ? option.getValue() : null;
	}

	/**
	 * Looks at the values as far as that goes without the database.
	 * @throws com.delula.retention.option.OptionException if a value is invalid
	 */
	void check() {
		described(mode()).parse(raw());
	}

	/**
	 * Reads the values.
	 * @throws com.delula.retention.option.OptionException if a value is invalid
	 */
	OptionValues read(RuleRequests requests) {
		OptionSet known = (this.own != null) ? requests.options(this.rule, mode())
				: requests.optionsByName(this.rule, mode());
		return known.parse(raw());
	}

	private OptionSet described(Mode mode) {
		return RuleRequests.described(this.rule, mode == Mode.REGULAR && (this.own == null || this.rule.ageOption()));
	}

	private RawOptions raw() {
		RawOptions raw = new RawOptions();
		List<String> names = described(offersRegular() ? Mode.REGULAR : Mode.EMERGENCY).names();
		for (String name : names) {
			Object value = value(Spelling.argument(name));
			raw.add(name, (value != null) ? value.toString() : null);
		}
		return raw;
	}

}
