package com.delula.retention.admin;

import java.time.Duration;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/** Logs where the service listens, and that it stops. */
class ServiceLog implements DisposableBean {

	private static final Logger log = LoggerFactory.getLogger(ServiceLog.class);

	private final String version;

	private final Environment environment;

	private volatile boolean ready;

	ServiceLog(String version, Environment environment) {
		this.version = version;
		this.environment = environment;
	}

	@EventListener
	@Order(-1)
	void ready(ApplicationReadyEvent event) {
		this.ready = true;
		log.info("Retention service {} is ready after {} s and listens on {} (Java {})", this.version,
				seconds(event.getTimeTaken()), address(), Runtime.version().feature());
	}

	private static String seconds(@Nullable Duration taken) {
		return (taken != null) ? String.format(Locale.ROOT, "%.1f", taken.toMillis() / 1000.0) : "?";
	}

	private String address() {
		String scheme = this.environment.getProperty("server.ssl.enabled", Boolean.class, false) ? "https" : "http";
		return scheme + "://" + this.environment.getProperty("server.address", "localhost") + ":"
				+ this.environment.getProperty("local.server.port", "?")
				+ this.environment.getProperty("server.servlet.context-path", "");
	}

	@EventListener
	void stopping(ContextClosedEvent event) {
		if (this.ready) {
			log.info("Stopping: no new runs or requests; runs under way end after their current batch");
		}
	}

	@Override
	public void destroy() {
		if (this.ready) {
			log.info("Stopped");
		}
	}

}
