package com.delula.retention.rule;

import java.util.List;

/** Where rules come from. Beans of this type are collected. */
public interface RuleSource {

	/** Its rules. */
	List<Rule> rules();

}
