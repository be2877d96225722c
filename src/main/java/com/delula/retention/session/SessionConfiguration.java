package com.delula.retention.session;

import java.time.Clock;
import java.time.Duration;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires the sessions of the pages. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = Type.SERVLET)
class SessionConfiguration {

	@Bean
	SigningKey signingKey(JdbcClient jdbc, PlatformTransactionManager transactionManager) {
		return new SigningKey(jdbc, new TransactionTemplate(transactionManager));
	}

	@Bean
	PageSessions pageSessions(SigningKey key, JdbcClient jdbc, PlatformTransactionManager transactionManager,
			UserDetailsService users, ObjectProvider<Vouching> vouching, Clock clock,
			@Value("${server.servlet.session.timeout:8h}") Duration timeout) {
		return new PageSessions(key, new EndedSessions(jdbc, new TransactionTemplate(transactionManager)), users,
				vouching.getIfAvailable(), clock, timeout);
	}

	/** The database is there at the start, and may not be at the first login. */
	@Bean
	ApplicationListener<ApplicationReadyEvent> readSigningKey(SigningKey key) {
		return (ready) -> key.warmUp();
	}

}
