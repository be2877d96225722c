package com.delula.retention.notify;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import com.delula.retention.monitor.DueRowsReader;
import com.delula.retention.monitor.TaskHealthReader;
import com.delula.retention.rule.Rule;
import com.delula.retention.rule.Rules;
import com.delula.retention.run.history.RunHistory;
import com.delula.retention.validation.Setting;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires what looks for events and delivers them, in the service only. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class NotifierConfiguration {

	private final NotifyProperties properties;

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	NotifierConfiguration(NotifyProperties properties, JdbcClient jdbc, PlatformTransactionManager transactionManager) {
		this.properties = properties;
		this.jdbc = jdbc;
		this.transaction = new TransactionTemplate(transactionManager);
	}

	@Bean
	RunEndings runEndings() {
		return new RunEndings();
	}

	@Bean
	Outbox notificationOutbox() {
		return new Outbox(this.jdbc, this.transaction, this.properties);
	}

	@Bean
	TaskEvents taskEvents(Rules rules, TaskHealthReader health, RunHistory history, DueRowsReader due, Outbox outbox) {
		this.properties.dueRowsOf().keySet().forEach((task) -> known(task, rules));
		return new TaskEvents(rules, health, history, due, new Alarms(this.jdbc, this.transaction, outbox),
				this.properties);
	}

	private static void known(String task, Rules rules) {
		Setting.require(rules.find(task).isPresent(), NotifyProperties.PREFIX + "due-rows-of", task,
				"a rule: " + rules.all().stream().map(Rule::name).collect(Collectors.joining(", ")));
	}

	@Bean
	Notifier notifier(Rules rules, RunHistory history, TaskEvents tasks, Outbox outbox, WebhookRegister register,
			Sender sender, MeterRegistry registry, RunEndings endings, Clock clock) {
		List<Endpoint> endpoints = Endpoint.all(this.properties.webhooks());
		NotifyMetrics metrics = new NotifyMetrics(registry, endpoints);
		Map<Endpoint, Courier> couriers = new LinkedHashMap<>();
		endpoints.forEach((endpoint) -> couriers.put(endpoint, new Courier(endpoint, outbox, register, sender, metrics,
				this.transaction, this.properties.retryDelay())));
		RunEvents runs = new RunEvents(this.jdbc, history, new RunTexts(rules), outbox, this.transaction,
				this.properties.retryFor());
		Notifier notifier = new Notifier(new NotifyParts(couriers, register, runs, tasks, outbox, metrics),
				this.properties.checkInterval(), clock);
		endings.listen(notifier::wake);
		return notifier;
	}

}
