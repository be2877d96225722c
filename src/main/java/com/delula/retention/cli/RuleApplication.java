package com.delula.retention.cli;

import java.util.List;

import com.delula.retention.request.RuleCommand;
import com.delula.retention.rule.Rule;
import com.delula.retention.rule.RuleFeature;
import com.delula.retention.rule.Rules;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Lazy;

/**
 * The rules alone, as the configuration describes them: all that help and the check of
 * options need. Its context is lazy, so that no part that needs the database is made;
 * this class is not, so that a wrong setting stops the start.
 */
@Lazy(false)
@ComponentScan(basePackages = CliApplication.BASE + ".rule", resourcePattern = CliApplication.CONFIGURATIONS)
@ComponentScan(basePackages = CliApplication.BASE, resourcePattern = CliApplication.CONFIGURATIONS,
		useDefaultFilters = false, includeFilters = @Filter(RuleFeature.class))
@ImportAutoConfiguration({ ConfigurationPropertiesAutoConfiguration.class, PropertyPlaceholderAutoConfiguration.class })
class RuleApplication {

	private final Rules rules;

	private final List<RuleCommand> commands;

	RuleApplication(Rules rules, ObjectProvider<RuleCommand> commands) {
		this.rules = rules;
		this.commands = commands.orderedStream().toList();
	}

	Description description() {
		return new Description(this.rules, this.commands);
	}

	/**
	 * What there is to run.
	 *
	 * @param rules the rules
	 * @param commands the commands of rules' own
	 */
	record Description(Rules rules, List<RuleCommand> commands) {

		Rule rule(RuleCommand command) {
			return this.rules.get(command.rule());
		}

		List<String> names() {
			return this.rules.all().stream().map(Rule::name).toList();
		}

	}

}
