package com.delula.retention.doctor;

import java.time.Clock;
import java.util.List;

import com.delula.retention.backlog.BacklogProperties;
import com.delula.retention.installation.Requirements;
import com.delula.retention.installation.RuleStatements;
import com.delula.retention.run.ReadOnlySession;
import com.delula.retention.run.RetentionTask;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** Wires the doctor. */
@Configuration(proxyBeanMethods = false)
class DoctorConfiguration {

	@Bean
	Doctor doctor(JdbcClient jdbc, PlatformTransactionManager transactionManager, List<RetentionTask> tasks,
			List<Requirements> requirements, List<RuleStatements> rules, ReadOnlySession session, Clock clock,
			BacklogProperties backlog, DoctorProperties properties) {
		Sight sight = new Sight(jdbc, transactionManager);
		PurgedTables tables = new PurgedTables(tasks);
		return new Doctor(List.of(new WritableCheck(sight), new BacklogUserCheck(sight, backlog),
				new PrivilegeCheck(sight, requirements), new CascadeCheck(sight, tables),
				new TriggerCheck(sight, tables), new RuleIndexCheck(sight, requirements),
				new PlanCheck(jdbc, session, rules, properties), new ForeignKeyCheck(sight, tables),
				new AutovacuumCheck(sight, tables, properties), new VacuumHorizonCheck(sight, properties),
				new ReplicaCheck(sight, properties), new ScheduleCheck(sight, backlog),
				new ClockCheck(sight, clock, properties)));
	}

}
