package com.delula.retention.request;

import com.delula.retention.installation.Catalog;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the reading of requests. */
@Configuration(proxyBeanMethods = false)
class RequestConfiguration {

	@Bean
	RuleRequests ruleRequests(Catalog catalog, ObjectProvider<ValueCheck> checks) {
		return new RuleRequests(catalog, checks.orderedStream().toList());
	}

}
