package com.delula.retention.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The command line's way in and out. Arguments that are only {@code --property=value}
 * start the service instead.
 */
public final class Cli {

	private static final String PROPERTY = "--[^=]+=.*";

	/**
	 * A setting before the command is named in full, so that a misspelt option of the
	 * command cannot pass for one.
	 */
	private static final String SETTING = "--([A-Za-z][A-Za-z0-9-]*(\\.[A-Za-z0-9_\\[\\]-]+)+|[A-Z][A-Z0-9]*(_[A-Z0-9]+)+)=.*";

	/**
	 * Keeps Spring Boot from loading Jackson and the validator, which commands do not
	 * use.
	 */
	private static final String EAGER_PARTS_OFF = "spring.backgroundpreinitializer.ignore";

	/** How long a stopped run's result may take to be written after the run has ended. */
	static final long LAST_WORDS_SECONDS = 5;

	private Cli() {
	}

	/** Whether the arguments ask for a command and not for the service. */
	public static boolean isAsked(String... args) {
		return !Arrays.stream(args).allMatch((arg) -> arg.matches(PROPERTY));
	}

	/** Does what the arguments say, and ends the process. */
	public static void main(String... args) {
		Optional<ClassCache> cache = ClassCache.ofProcess(args);
		System.exit(cache.map((known) -> cached(known, args)).orElseGet(() -> here(args)));
	}

	/** Hands the command to a JVM that starts faster, or has one be there next time. */
	private static int cached(ClassCache cache, String... args) {
		try {
			if (ClassCacheBuild.isAsked()) {
				new ClassCacheBuild(cache).run();
				return ExitCode.DONE;
			}
			if (cache.isReady()) {
				return cache.run();
			}
		}
		catch (IOException ex) {
			return here(args);
		}
		catch (InterruptedException ex) {
			return ExitCode.INTERRUPTED;
		}
		int code = here(args);
		if (code == ExitCode.DONE) {
			new ClassCacheBuild(cache).start();
		}
		return code;
	}

	private static int here(String... args) {
		System.setProperty(EAGER_PARTS_OFF, "true");
		Session session = new Session(settings(args), Terminal.ofProcess(), CliLogging.install());
		CompletableFuture<Integer> result = new CompletableFuture<>();
		Runtime.getRuntime().addShutdownHook(new Thread(() -> stopped(session, result), "cli-stop"));
		int code = run(session, command(args));
		result.complete(code);
		return code;
	}

	static int run(Session session, List<String> command) {
		try (session) {
			return new Commands(session).execute(command);
		}
	}

	/**
	 * Runs when the process ends. After a signal it waits for the batch to end and the
	 * result to be told, and then gives the process the run's exit code.
	 */
	private static void stopped(Session session, CompletableFuture<Integer> result) {
		if (result.isDone()) {
			return;
		}
		session.interruption().give();
		session.terminal().clearLine();
		boolean stopped = session.isRunning() && session.stop();
		int code = stopped ? result.completeOnTimeout(ExitCode.INTERRUPTED, LAST_WORDS_SECONDS, TimeUnit.SECONDS).join()
				: ExitCode.INTERRUPTED;
		Runtime.getRuntime().halt(code);
	}

	static List<String> settings(String... args) {
		return Arrays.stream(args).takeWhile((arg) -> arg.matches(SETTING)).toList();
	}

	static List<String> command(String... args) {
		List<String> all = new ArrayList<>(List.of(args));
		return all.subList(settings(args).size(), all.size());
	}

}
