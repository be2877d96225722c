package com.delula.retention.dashboard;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;

import com.delula.retention.rule.Rule;
import com.delula.retention.status.NextRuns;
import com.delula.retention.status.NextRuns.NextRun;
import org.jspecify.annotations.Nullable;

import org.springframework.scheduling.support.CronExpression;
import org.springframework.stereotype.Component;

/** Tells when a rule runs next by itself, and from when on such a run removes rows. */
@Component
class Firings {

	/** A week of a rule that runs daily. */
	private static final int LISTED = 7;

	private final NextRuns next;

	Firings(NextRuns next) {
		this.next = next;
	}

	/** The next firings; none where the rule never runs by itself. */
	List<Firing> of(Rule rule) {
		return this.next.find(rule).map((first) -> list(rule, first)).orElse(List.of());
	}

	private static List<Firing> list(Rule rule, NextRun first) {
		String cron = rule.schedule().cron();
		CronExpression expression = (cron != null) ? CronExpression.parse(cron) : null;
		List<Firing> firings = new ArrayList<>();
		Instant at = first.at();
		while (at != null && firings.size() < LISTED) {
			firings.add(new Firing(at, rule.safeguards().opensAfter(at)));
			at = (expression != null) ? following(expression, at) : at.plus(first.interval());
		}
		return firings;
	}

	private static @Nullable Instant following(CronExpression expression, Instant at) {
		ZonedDateTime following = expression.next(at.atZone(ZoneOffset.UTC));
		return (following != null) ? following.toInstant() : null;
	}

	/**
	 * A run that starts by itself.
	 *
	 * @param at when it starts
	 * @param opens from when on it removes rows, because it starts outside of its rule's
	 * windows; null where it does so at once
	 */
	record Firing(Instant at, @Nullable Instant opens) {

	}

}
