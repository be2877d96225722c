package com.delula.retention.request;

import com.delula.retention.run.Mode;

/**
 * A command line command of a rule's own, beside {@code run RULE}. Beans of this type are
 * collected.
 *
 * @param name the command's name
 * @param rule the name of the rule that it runs
 * @param mode how far the run goes
 * @param description what the command does, in a sentence for its help
 */
public record RuleCommand(String name, String rule, Mode mode, String description) {

}
