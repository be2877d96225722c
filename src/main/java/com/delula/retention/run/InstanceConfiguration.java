package com.delula.retention.run;

import java.util.List;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Wires what instances and observers look up. A command may need none of it, so nothing
 * is eager.
 */
@Lazy
@Configuration(proxyBeanMethods = false)
class InstanceConfiguration {

	private final String id;

	InstanceConfiguration(@Value("${retention.instance-id}") String id) {
		this.id = id;
	}

	@Bean(destroyMethod = "leave")
	Instance instance(JdbcClient jdbc) {
		return new Instance(jdbc, this.id);
	}

	@Bean
	StockReader stockReader(List<RetentionTask> tasks, RunLog runLog) {
		return new StockReader(tasks, runLog);
	}

	@Bean
	FiringLog firingLog(JdbcClient jdbc) {
		return new FiringLog(jdbc, this.id);
	}

}
