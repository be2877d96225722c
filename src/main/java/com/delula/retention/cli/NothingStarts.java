package com.delula.retention.cli;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.LifecycleProcessor;
import org.springframework.context.support.AbstractApplicationContext;

/**
 * For a command that starts partly: no part that runs by itself is started. Spring would
 * make them even where all else is made when it is asked for, and the engine alone is a
 * fifth of such a command.
 */
final class NothingStarts implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		context.getBeanFactory()
			.registerSingleton(AbstractApplicationContext.LIFECYCLE_PROCESSOR_BEAN_NAME, new Idle());
	}

	private static final class Idle implements LifecycleProcessor {

		@Override
		public void onRefresh() {
			// Nothing to start
		}

		@Override
		public void onClose() {
			// Nothing was started
		}

		@Override
		public void start() {
			// As onRefresh
		}

		@Override
		public void stop() {
			// As onClose
		}

		@Override
		public boolean isRunning() {
			return false;
		}

	}

}
