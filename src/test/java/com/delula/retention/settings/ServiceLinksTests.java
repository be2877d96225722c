package com.delula.retention.settings;

import java.util.Map;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.SpringApplication;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/** What Kubernetes says of its services is no setting. */
class ServiceLinksTests {

	private static boolean stays(String name, String value) {
		String source = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.replace(source, new SystemEnvironmentPropertySource(source, Map.of(name, value, "OTHER", "1")));
		new ServiceLinks().postProcessEnvironment(environment, new SpringApplication());
		assertThat(environment.getProperty("OTHER")).isEqualTo("1");
		return environment.containsProperty(name);
	}

	@ParameterizedTest
	@CsvSource({ "RETENTION_SERVICE_HOST,10.96.0.17", "RETENTION_RUN_SERVICE_HOST,10.96.0.17",
			"RETENTION_RULES_SERVICE_HOST,fd00:10:96::1f", "RETENTION_SERVICE_PORT,8080",
			"RETENTION_SERVICE_PORT_HTTP,8080", "RETENTION_PORT,tcp://10.96.0.17:8080",
			"RETENTION_RUN_PORT,'tcp://[fd00:10:96::1f]:8080'", "RETENTION_PORT_8080_TCP,tcp://10.96.0.17:8080",
			"RETENTION_PORT_8080_TCP_PROTO,tcp", "RETENTION_PORT_8080_TCP_PORT,8080",
			"RETENTION_RULES_X_PORT_53_UDP_ADDR,10.96.0.17" })
	void areTakenAway(String name, String value) {
		assertThat(stays(name, value)).isFalse();
	}

	/** By its name or by its value no link. */
	@ParameterizedTest
	@CsvSource({ "RETENTION_RUN_SERVICE_HOST,often", "RETENTION_PORT,8080", "RETENTION_RUN_WORKER,5",
			"RETENTION_SERVICE_PORTS,8080", "DATABASE_SERVICE_HOST,10.96.0.17", "RETENTION_PORT_X_TCP,tcp://a:1" })
	void othersStay(String name, String value) {
		assertThat(stays(name, value)).isTrue();
	}

}
