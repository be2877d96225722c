package com.delula.retention.notify;

import java.time.Clock;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires what the command line uses, too. Lazy, because most commands need none of it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(NotifyProperties.class)
@Lazy
class NotifyConfiguration {

	@Bean
	Sender notificationSender(NotifyProperties properties, Clock clock) {
		return new Sender(properties.timeout(), clock);
	}

	@Bean
	WebhookRegister webhookRegister(JdbcClient jdbc, PlatformTransactionManager transactionManager) {
		return new WebhookRegister(jdbc, new TransactionTemplate(transactionManager));
	}

	@Bean
	TestMessages testMessages(NotifyProperties properties, Sender sender, WebhookRegister register, Clock clock) {
		return new TestMessages(Endpoint.all(properties.webhooks()), sender, register, clock);
	}

}
