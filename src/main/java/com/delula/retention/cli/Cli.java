package com.delula.retention.cli;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import com.delula.retention.launch.Arguments;
import com.delula.retention.launch.ClassCache;

/**
 * The command line's way in and out. Arguments that are only {@code --property=value}
 * start the service instead.
 */
public final class Cli {

	private static final String PROPERTY = "--[^=]+=.*";

	/**
	 * Keeps Spring Boot from loading Jackson and the validator, which commands do not
	 * use.
	 */
	private static final String EAGER_PARTS_OFF = "spring.backgroundpreinitializer.ignore";

	private Cli() {
	}

	/** Whether the arguments ask for a command and not for the service. */
	public static boolean isAsked(String... args) {
		return !Arrays.stream(args).allMatch((arg) -> arg.matches(PROPERTY));
	}

	/** Does what the arguments say, and ends the process. */
	public static void main(String... args) {
		Optional<ClassCache> cache = isNested() ? ClassCache.ofProcess(args) : Optional.empty();
		if (cache.isPresent() && ClassCache.isBuilding()) {
			System.exit(build(cache.get()));
		}
		int code = here(args);
		if (cache.isPresent() && code == ExitCode.DONE) {
			new ClassCacheBuild(cache.get()).start();
		}
		System.exit(code);
	}

	/** Whether this is the plain jar, not what has been taken out of it. */
	private static boolean isNested() {
		return Cli.class.getClassLoader() != ClassLoader.getSystemClassLoader();
	}

	private static int build(ClassCache cache) {
		try {
			new ClassCacheBuild(cache).run();
			return ExitCode.DONE;
		}
		catch (IOException ex) {
			return ExitCode.FAILED;
		}
		catch (InterruptedException ex) {
			return ExitCode.INTERRUPTED;
		}
	}

	private static int here(String... args) {
		System.setProperty(EAGER_PARTS_OFF, "true");
		Session session = new Session(Arguments.settings(args), Terminal.ofProcess(), CliLogging.install());
		CompletableFuture<Integer> result = new CompletableFuture<>();
		Runtime.getRuntime().addShutdownHook(new Thread(() -> stopped(session, result), "cli-stop"));
		int code = run(session, Arguments.command(args));
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
		int code = stopped
				? result.completeOnTimeout(ExitCode.INTERRUPTED, ClassCache.LAST_WORDS_SECONDS, TimeUnit.SECONDS).join()
				: ExitCode.INTERRUPTED;
		Runtime.getRuntime().halt(code);
	}

}
