package com.delula.retention.policy;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wires the policies. */
@Configuration(proxyBeanMethods = false)
class PolicyConfiguration {

	@Bean
	PolicyStore policyStore(JdbcClient jdbc) {
		return new PolicyStore(jdbc);
	}

}
