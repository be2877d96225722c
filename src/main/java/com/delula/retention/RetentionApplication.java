package com.delula.retention;

import java.time.Clock;

import com.delula.retention.cli.Cli;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/** Starts the retention service, or does what a command says. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class RetentionApplication {

	/** The time for schedules; what is removed goes by the database's clock. */
	@Bean
	Clock clock() {
		return Clock.systemUTC();
	}

	public static void main(String[] args) {
		if (Cli.isAsked(args)) {
			Cli.main(args);
			return;
		}
		SecondCompiler.leaveOut();
		SpringApplication.run(RetentionApplication.class, args);
	}

}
