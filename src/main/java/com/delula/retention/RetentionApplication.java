package com.delula.retention;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the retention service. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class RetentionApplication {

	public static void main(String[] args) {
		SpringApplication.run(RetentionApplication.class, args);
	}

}
