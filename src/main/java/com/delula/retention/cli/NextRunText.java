package com.delula.retention.cli;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

import com.delula.retention.rule.Rule;
import com.delula.retention.status.NextRuns;
import com.delula.retention.status.NextRuns.NextRun;

/** When a rule runs next by itself, for a person. */
final class NextRunText {

	private NextRunText() {
	}

	static String of(Session session, Rule rule) {
		return session.bean(NextRuns.class)
			.find(rule)
			.map(NextRun::at)
			.map((at) -> of(rule, at))
			.orElse("not scheduled");
	}

	static String of(Rule rule, Instant at) {
		Instant opens = rule.safeguards().opensAfter(at);
		return seconds(at) + ((opens != null) ? ", waits until " + seconds(opens) : "");
	}

	private static Instant seconds(Instant at) {
		return at.truncatedTo(ChronoUnit.SECONDS);
	}

}
