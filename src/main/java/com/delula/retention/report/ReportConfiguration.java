package com.delula.retention.report;

import com.delula.retention.rule.GroupNames;
import com.delula.retention.rule.Rules;
import com.delula.retention.statement.ArrivalCounts;
import com.delula.retention.status.ArrivalLog;
import com.delula.retention.status.Counts;
import com.delula.retention.status.RunPatience;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wires reports. */
@Configuration(proxyBeanMethods = false)
class ReportConfiguration {

	@Bean
	RunDays runDays(JdbcClient jdbc) {
		return new RunDays(jdbc);
	}

	@Bean
	Reports reports(ArrivalCounts rows, ArrivalLog arrivals, RunDays runs, Counts counts,
			ObjectProvider<GroupNames> names) {
		return new Reports(rows, arrivals, runs, counts, names.orderedStream().toList());
	}

	@Bean
	@ConditionalOnWebApplication
	ArrivalWatch arrivalWatch(Rules rules, ArrivalCounts rows, ArrivalLog arrivals, RunDays runs, Counts counts,
			JdbcClient jdbc) {
		return new ArrivalWatch(rules, rows, arrivals, runs, counts, new RunPatience(jdbc));
	}

}
