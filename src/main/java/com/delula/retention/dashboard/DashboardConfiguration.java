package com.delula.retention.dashboard;

import java.time.Clock;
import java.util.concurrent.Executors;

import com.delula.retention.doctor.Doctor;
import com.delula.retention.monitor.DueRowsReader;
import com.delula.retention.policy.edit.PolicyEdits;
import com.delula.retention.rule.GroupNames;
import com.delula.retention.rule.Rules;
import com.delula.retention.run.DaemonThreads;
import com.delula.retention.statement.ArrivalCounts;
import com.delula.retention.statement.StateCounts;
import com.delula.retention.status.Counts;
import com.delula.retention.status.RunPatience;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires the dashboard. */
@Configuration(proxyBeanMethods = false)
class DashboardConfiguration {

	@Bean
	Samples samples(JdbcClient jdbc, PlatformTransactionManager transactionManager) {
		return new Samples(jdbc, new TransactionTemplate(transactionManager));
	}

	@Bean
	TableStates tableStates(Rules rules, StateCounts states, Counts counts) {
		return new TableStates(rules, states, counts);
	}

	@Bean
	@ConditionalOnWebApplication
	Sampler sampler(Samples samples, Rules rules, TableStates states, DueRowsReader due, JdbcClient jdbc) {
		return new Sampler(samples, rules, states, due, new RunPatience(jdbc));
	}

	@Bean
	@ConditionalOnWebApplication
	RunSpeeds runSpeeds(JdbcClient jdbc) {
		return new RunSpeeds(jdbc, System::nanoTime);
	}

	@Bean
	@ConditionalOnWebApplication
	Choices choices(ArrivalCounts rows, Counts counts, ObjectProvider<GroupNames> names) {
		return new Choices(rows, counts, names.orderedStream().toList(),
				Executors.newCachedThreadPool(DaemonThreads.named("choices-")));
	}

	@Bean
	CriticalFindings criticalFindings(Doctor doctor, Clock clock) {
		return new CriticalFindings(doctor, clock);
	}

	@Bean
	Cards cards(Rules rules, DueRowsReader due, PolicyEdits policies, RuleActions actions, CriticalFindings findings) {
		return new Cards(rules, due, policies, actions, findings);
	}

	@Bean
	Charts charts(Samples samples, JdbcClient jdbc, Rules rules) {
		return new Charts(samples, new Removals(jdbc), rules);
	}

}
