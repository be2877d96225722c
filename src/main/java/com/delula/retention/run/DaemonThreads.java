package com.delula.retention.run;

import java.util.concurrent.ThreadFactory;

import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/** Threads that keep no process alive. */
public final class DaemonThreads {

	private DaemonThreads() {
	}

	/** A factory of threads whose names begin with a prefix. */
	public static ThreadFactory named(String prefix) {
		CustomizableThreadFactory threads = new CustomizableThreadFactory(prefix);
		threads.setDaemon(true);
		return threads;
	}

}
