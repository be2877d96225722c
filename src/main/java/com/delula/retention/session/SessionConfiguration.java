package com.delula.retention.session;

import java.time.Clock;
import java.time.Duration;

import com.delula.retention.database.SelfContainedTransactions;
import jakarta.persistence.EntityManagerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.data.repository.config.BootstrapMode;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires the sessions of the pages. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = Type.SERVLET)
@EnableJpaRepositories(transactionManagerRef = SessionConfiguration.SESSION_TRANSACTIONS,
		bootstrapMode = BootstrapMode.LAZY)
class SessionConfiguration {

	private static final String ENTITIES = "entityManagerFactory";

	static final String SESSION_TRANSACTIONS = "sessionTransactions";

	/** Apart from the engine's, which need no entities. */
	@Bean(name = SESSION_TRANSACTIONS, defaultCandidate = false)
	@Lazy
	PlatformTransactionManager sessionTransactions(EntityManagerFactory entities, JdbcTemplate jdbc) {
		JpaTransactionManager transactions = new JpaTransactionManager(entities);
		transactions.afterPropertiesSet();
		return new SelfContainedTransactions(transactions, jdbc);
	}

	/**
	 * Hibernate starts with the first login: it takes a second of the start, and whoever
	 * uses only the API never needs it.
	 */
	@Bean
	static BeanFactoryPostProcessor entitiesWhenNeeded() {
		return (factory) -> {
			if (factory.containsBeanDefinition(ENTITIES)) {
				factory.getBeanDefinition(ENTITIES).setLazyInit(true);
			}
		};
	}

	@Bean
	SigningKey signingKey(JdbcClient jdbc, PlatformTransactionManager transactionManager) {
		return new SigningKey(jdbc, new TransactionTemplate(transactionManager));
	}

	@Bean
	PageSessions pageSessions(SigningKey key, EndedSessionRepository ended,
			@Qualifier(SESSION_TRANSACTIONS) @Lazy PlatformTransactionManager transactions, UserDetailsService users,
			ObjectProvider<Vouching> vouching, Clock clock,
			@Value("${server.servlet.session.timeout:8h}") Duration timeout) {
		return new PageSessions(key, new EndedSessions(ended, new TransactionTemplate(transactions)), users,
				vouching.getIfAvailable(), clock, timeout);
	}

	/** The database is there at the start, and may not be at the first login. */
	@Bean
	ApplicationListener<ApplicationReadyEvent> readSigningKey(SigningKey key) {
		return (ready) -> key.warmUp();
	}

}
