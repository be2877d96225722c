package com.delula.retention.status;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import com.delula.retention.database.Instants;
import com.delula.retention.rule.Rule;
import com.delula.retention.rule.Rules;
import com.delula.retention.run.Mode;
import com.delula.retention.run.Run;
import com.delula.retention.run.RunObserver;
import com.delula.retention.run.RunRequest;
import com.delula.retention.run.Stock;
import com.delula.retention.run.Survey;
import com.delula.retention.run.Trigger;
import com.delula.retention.run.engine.StockReader;
import com.delula.retention.status.NextRuns.NextRun;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Tells how the tables of each rule stand. */
public class RuleStatuses implements RunObserver {

	private static final String NOW = "SELECT extract(epoch FROM now())";

	private final JdbcClient jdbc;

	private final StockReader stocks;

	private final Forecasts forecasts;

	private final Map<String, FreshCount<RuleStatus>> statuses = new LinkedHashMap<>();

	RuleStatuses(JdbcClient jdbc, StockReader stocks, Counts counts, Rules rules, NextRuns next, Forecasts forecasts) {
		this.jdbc = jdbc;
		this.stocks = stocks;
		this.forecasts = forecasts;
		rules.all()
			.forEach((rule) -> this.statuses.put(rule.name(), counts.shared("status-" + rule.name(), rule.name(),
					() -> next.find(rule), (run) -> count(rule, run))));
	}

	/** How a rule's tables stand, at most five seconds ago and after its last run. */
	public RuleStatus of(Rule rule) {
		return Objects.requireNonNull(this.statuses.get(rule.name())).get();
	}

	/**
	 * How long a run takes that removes so many rows, at the pace of the last runs.
	 * @return null before there is such a run
	 */
	public @Nullable Duration durationFor(Rule rule, Mode mode, long rows) {
		Double seconds = this.forecasts.secondsFor(rule, mode, rows);
		return (seconds != null) ? Duration.ofMillis(Math.round(seconds * 1000)) : null;
	}

	@Override
	public void closed(Run run) {
		FreshCount<RuleStatus> status = this.statuses.get(run.task());
		if (status != null) {
			status.invalidate();
		}
	}

	private RuleStatus count(Rule rule, Optional<NextRun> next) {
		Instant asOf = Objects.requireNonNull(Instants.ofEpoch(this.jdbc.sql(NOW).query(BigDecimal.class).single()));
		List<Survey> found = this.stocks.survey(
				new RunRequest(rule.name(), Mode.REGULAR, Trigger.API, "status", true, Map.of()),
				next.map(NextRun::at).orElse(null), Forecasts.LOOK_BACK);
		Map<String, Stock> tables = new LinkedHashMap<>();
		for (int i = 0; i < found.size(); i++) {
			tables.put(rule.tableNames().get(i), found.get(i).stock());
		}
		return new RuleStatus(asOf, tables, this.forecasts.of(rule, found, next));
	}

}
