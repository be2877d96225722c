package com.delula.retention.dashboard;

import java.util.List;
import java.util.UUID;

import com.delula.retention.answer.RunOptionTexts;
import com.delula.retention.rule.Rule;
import com.delula.retention.rule.Rules;
import com.delula.retention.run.Ledger;
import com.delula.retention.run.LedgerEntry;
import com.delula.retention.run.Mode;
import com.delula.retention.run.Run;
import com.delula.retention.run.RunRequest;
import com.delula.retention.run.Trigger;
import com.delula.retention.run.history.RunHistory;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds what the page of a run tells besides the run itself. */
@Component
class RunDetailsReader {

	/** Groups that are listed, those that lost most. */
	private static final int LISTED = 10;

	private static final String GROUPS = """
			SELECT g.pair ->> 0 AS grp, CAST(g.pair ->> 1 AS bigint) AS rows
			FROM retention_run r
			CROSS JOIN jsonb_array_elements(r.removed_by_group) AS g (pair)
			WHERE r.id = :id
			ORDER BY 2 DESC, 1
			""";

	private final JdbcClient jdbc;

	private final Rules rules;

	private final RunHistory history;

	private final RuleActions actions;

	private final RunSpeeds speeds;

	private final Choices choices;

	private final Ledger ledger;

	RunDetailsReader(JdbcClient jdbc, Rules rules, RunHistory history, RuleActions actions, RunSpeeds speeds,
			Choices choices, Ledger ledger) {
		this.jdbc = jdbc;
		this.rules = rules;
		this.history = history;
		this.actions = actions;
		this.speeds = speeds;
		this.choices = choices;
		this.ledger = ledger;
	}

	RunDetails of(Run run, CurrentUser user) {
		Rule rule = this.rules.find(run.task()).orElse(null);
		List<Choice> groups = (rule != null && rule.groupColumn() != null && run.ended() && !run.restores())
				? groups(run.id()) : List.of();
		return new RunDetails(RunOptionTexts.of(run, rule, (column, value) -> named(rule, column, value)),
				this.speeds.of(run).orElse(null), (rule != null) ? this.choices.groupNoun(rule) : "group",
				groups.stream().limit(LISTED).map((group) -> named(rule, group)).toList(),
				Math.max(0, groups.size() - LISTED), entry(rule, run), again(rule, run, user));
	}

	private List<Choice> groups(UUID run) {
		return this.jdbc.sql(GROUPS)
			.param("id", run)
			.query((row, index) -> new Choice(row.getString("grp"), null, row.getLong("rows")))
			.list();
	}

	private Choice named(@Nullable Rule rule, Choice group) {
		String column = (rule != null) ? rule.groupColumn() : null;
		return (rule != null && column != null)
				? new Choice(group.value(), this.choices.name(rule, column, group.value()), group.rows()) : group;
	}

	/** The ledger's row is written with the end of the run, from what the run tells. */
	private @Nullable LedgerEntry entry(@Nullable Rule rule, Run run) {
		return (rule != null && run.ended() && !run.dryRun()) ? this.ledger.entry(run, rule.ledgerType()) : null;
	}

	private String named(@Nullable Rule rule, String column, String value) {
		if (rule == null) {
			return value;
		}
		String noun = column.equals(rule.groupColumn()) ? this.choices.groupNoun(rule) : column.replace('_', ' ');
		return noun + " " + this.choices.text(rule, column, value);
	}

	/** Leads to a form: nothing is removed without a preview. */
	private @Nullable String again(@Nullable Rule rule, Run run, CurrentUser user) {
		if (rule == null || !run.ended() || run.restores() || this.history.running(run.task()).isPresent()) {
			return null;
		}
		return this.actions.offered(rule, user)
			.stream()
			.filter((action) -> action.mode() == run.mode())
			.findFirst()
			.map((action) -> ActionForm.of(action, request(run), null).pageAddress())
			.orElse(null);
	}

	private static RunRequest request(Run run) {
		return new RunRequest(run.task(), Mode.REGULAR, Trigger.PAGE, run.actor(), true, run.options());
	}

}
