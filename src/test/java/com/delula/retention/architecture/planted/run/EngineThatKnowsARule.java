package com.delula.retention.architecture.planted.run;

import com.delula.retention.architecture.planted.backlog.SomeRule;

/** A wrong arrow, planted to see it caught. */
public final class EngineThatKnowsARule {

	private EngineThatKnowsARule() {
	}

	static String rule() {
		return SomeRule.name();
	}

}
