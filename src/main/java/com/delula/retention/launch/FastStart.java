package com.delula.retention.launch;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Carries a command out in a second JVM that has its classes ready. The first call of a
 * jar works without one and leaves behind what later calls need. Only commands that read
 * are handed over: those that remove rows stay in the process that was asked.
 */
public final class FastStart {

	private static final Set<String> READING = Set.of("status", "runs", "rules", "doctor", "explain", "report", "help",
			"completion", "--help", "-h", "--version", "-V");

	/** After these the classes are worth keeping. */
	private static final Set<String> LEARNED = Set.of("status", "runs");

	private static final int INTERRUPTED = 130;

	private static final int PATIENCE_SECONDS = 5;

	private static final String SETTING = "--[^=]+=.*";

	private FastStart() {
	}

	/**
	 * Carries a command out if it is one that reads and its classes are ready.
	 * @return its exit code; empty if it is for the caller to carry out
	 */
	public static OptionalInt carryOut(String... args) {
		Optional<PackagedCall> call = reads(args) ? PackagedCall.ofProcess() : Optional.empty();
		Optional<ClassCache> cache = call.flatMap(ClassCache::of);
		if (call.isEmpty() || cache.isEmpty()) {
			return OptionalInt.empty();
		}
		if (Boolean.getBoolean(ClassCache.BUILD)) {
			return OptionalInt.of(cache.get().build(call.get()) ? 0 : 1);
		}
		if (cache.get().isReady()) {
			return handOver(cache.get(), call.get(), args);
		}
		if (command(args).filter(LEARNED::contains).isPresent() && !cache.get().isBeingBuilt()) {
			Runtime.getRuntime().addShutdownHook(new Thread(() -> cache.get().buildInBackground(call.get())));
		}
		return OptionalInt.empty();
	}

	private static boolean reads(String... args) {
		return command(args).filter(READING::contains).isPresent();
	}

	private static Optional<String> command(String... args) {
		return Arrays.stream(args).filter((arg) -> !arg.matches(SETTING)).findFirst();
	}

	/** A signal to this process ends the other too, which may say its last words. */
	private static void stop(Process process) {
		if (!process.isAlive()) {
			return;
		}
		process.destroy();
		try {
			process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		Runtime.getRuntime().halt(INTERRUPTED);
	}

	private static OptionalInt handOver(ClassCache cache, PackagedCall call, String... args) {
		try {
			Process process = new ProcessBuilder(cache.command(call, args)).inheritIO().start();
			Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process)));
			return OptionalInt.of(process.waitFor());
		}
		catch (IOException ex) {
			return OptionalInt.empty();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return OptionalInt.of(1);
		}
	}

}
