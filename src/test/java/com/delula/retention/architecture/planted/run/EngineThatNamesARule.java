package com.delula.retention.architecture.planted.run;

/** Names a rule without using its package, planted to see it caught. */
public final class EngineThatNamesARule {

	static final String RULE = "job-purge";

	private EngineThatNamesARule() {
	}

}
