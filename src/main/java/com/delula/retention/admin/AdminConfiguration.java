package com.delula.retention.admin;

import com.delula.retention.request.RuleRequests;
import com.delula.retention.rule.Rules;
import com.delula.retention.run.engine.RunEngine;
import com.delula.retention.run.history.RunHistory;
import org.apache.catalina.core.StandardHost;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Wires the HTTP API. */
@Configuration(proxyBeanMethods = false)
class AdminConfiguration {

	/** Bytes for each open connection, whose number is limited with that in mind. */
	private static final int WRITE_BUFFER = 1 << 15;

	@Bean
	RuleCalls ruleCalls(Rules rules, RuleRequests requests, RunEngine engine) {
		return new RuleCalls(rules, requests, engine);
	}

	@Bean
	ApiPart policyApi() {
		return new ApiPart("openapi-policies.yaml");
	}

	@Bean
	ServiceLog serviceLog(ObjectProvider<BuildProperties> build, Environment environment) {
		BuildProperties known = build.getIfAvailable();
		return new ServiceLog((known != null) ? String.valueOf(known.getVersion()) : "", environment);
	}

	@Bean
	RunFeed runFeed(RunHistory history) {
		return new RunFeed(history);
	}

	@Bean
	ApiDescription apiDescription(ObjectProvider<BuildProperties> build, ObjectProvider<ApiPart> parts, Rules rules,
			RuleRequests requests) {
		BuildProperties known = build.getIfAvailable();
		return new ApiDescription((known != null) ? String.valueOf(known.getVersion()) : "unknown",
				parts.orderedStream().toList(), new RuleDescription(rules, requests));
	}

	/** What Tomcat refuses before Spring sees it is answered like everything else. */
	@Bean
	WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemsOfTomcat() {
		return (factory) -> factory.addContextCustomizers((context) -> {
			if (context.getParent() instanceof StandardHost host) {
				host.setErrorReportValveClass(ProblemValve.class.getName());
			}
		});
	}

	/** Bodies that are too large or too slow take no thread for long. */
	@Bean
	WebServerFactoryCustomizer<TomcatServletWebServerFactory> boundedBodies(Problems problems) {
		return (factory) -> factory.addEngineValves(new BodyValve(problems));
	}

	/** A thousand recipes leave in four writes instead of sixteen. */
	@Bean
	WebServerFactoryCustomizer<TomcatServletWebServerFactory> largerWrites() {
		return (factory) -> factory.addConnectorCustomizers(
				(connector) -> connector.setProperty("socket.appWriteBufSize", String.valueOf(WRITE_BUFFER)));
	}

}
