package com.delula.retention.doctor;

import java.time.Clock;
import java.util.List;

import com.delula.retention.installation.Requirements;
import com.delula.retention.installation.RuleStatements;
import com.delula.retention.ledger.LedgerAccount;
import com.delula.retention.rule.Rules;
import com.delula.retention.run.ForeignSchedule;
import com.delula.retention.run.batch.ReadOnlySession;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** Wires the doctor. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DoctorProperties.class)
class DoctorConfiguration {

	@Bean
	Doctor doctor(JdbcClient jdbc, PlatformTransactionManager transactionManager, Rules rules,
			List<Requirements> requirements, List<RuleStatements> statements, ReadOnlySession session, Clock clock,
			LedgerAccount account, DoctorProperties properties, List<ForeignSchedule> foreign) {
		ReadOnlyDatabase database = new ReadOnlyDatabase(jdbc, transactionManager);
		RuleTables tables = new RuleTables(rules);
		return new Doctor(List.of(new WritableCheck(database), new LedgerAccountCheck(database, account),
				new PrivilegeCheck(database, requirements), new CascadeCheck(database, tables),
				new UndoCheck(database, rules), new TriggerCheck(database, tables),
				new RuleIndexCheck(database, requirements), new PlanCheck(jdbc, session, statements, properties),
				new ForeignKeyCheck(database, tables), new AutovacuumCheck(database, tables, properties),
				new VacuumHorizonCheck(database, properties), new ReplicaCheck(database, properties),
				new ScheduleCheck(database, rules, foreign), new ClockCheck(database, clock, properties),
				new NotificationCheck(database)));
	}

}
