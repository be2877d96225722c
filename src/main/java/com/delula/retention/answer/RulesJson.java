package com.delula.retention.answer;

import java.util.List;

/**
 * All rules.
 *
 * @param success always true
 * @param items the rules, in the order in which they are shown
 */
public record RulesJson(boolean success, List<RuleJson> items) {

}
