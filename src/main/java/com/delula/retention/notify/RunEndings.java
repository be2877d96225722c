package com.delula.retention.notify;

import com.delula.retention.run.Run;
import com.delula.retention.run.RunObserver;

/**
 * Passes on that a run has ended, so that nobody waits for the next look. Holds the
 * listener because the engine, which the notifier depends on, needs its observers first.
 */
final class RunEndings implements RunObserver {

	private volatile Runnable listener = () -> {
	};

	void listen(Runnable listener) {
		this.listener = listener;
	}

	@Override
	public void closed(Run run) {
		if (!run.dryRun()) {
			this.listener.run();
		}
	}

}
