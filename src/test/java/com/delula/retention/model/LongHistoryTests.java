package com.delula.retention.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.sessions.JqwikSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/**
 * The random histories of {@link HistoryModelProperties} and
 * {@link PurgeHistoryProperties}, on several databases at a time, each with two
 * instances, until so many things have happened:
 * {@code ./mvnw -Dtest=LongHistoryTests -Dtest.excluded-groups=none -Dhistory.steps=1000000 test}.
 * The service's log would be gigabytes and is left out.
 */
@Tag("slow")
@EnabledIfSystemProperty(named = "history.steps", matches = "\\d+",
		disabledReason = "history.steps does not say how many steps to take")
class LongHistoryTests {

	private static final Path COUNT = Path.of("target/histories.txt");

	/**
	 * A seed is told with the step that it led to, and begins the same histories again.
	 */
	private static final int HISTORIES_PER_SEED = 200;

	/** Longer ones spend less time on their beginning. */
	private static final int LONGEST = 40;

	/** Much of the time is waiting. The last of them purges jobs. */
	private static final int STAGES = 4;

	private final Random seeds = new Random();

	private long wanted = Long.getLong("history.steps", 0);

	private long steps;

	private long histories;

	@Test
	void theModelAgreesAtEveryStep() {
		ExecutorService executor = Executors.newFixedThreadPool(STAGES);
		List<CompletableFuture<Void>> stages = IntStream.rangeClosed(1, STAGES)
			.mapToObj((number) -> CompletableFuture.runAsync((number < STAGES) ? this::clean : this::purge, executor))
			.toList();
		executor.shutdown();
		stages.forEach(CompletableFuture::join);
	}

	private void clean() {
		run(Stage.ofGenerations(2), Happening.histories(LONGEST, 12), HistoryModelProperties::carryOut);
	}

	private void purge() {
		run(Stage.ofJobs(2), PurgeHistoryProperties.histories(LONGEST, 12), PurgeHistoryProperties::carryOut);
	}

	private <T> void run(Stage stage, Arbitrary<List<T>> histories, BiConsumer<Stage, List<T>> performance) {
		LoggingSystem.get(getClass().getClassLoader()).setLogLevel("com.delula.retention", LogLevel.OFF);
		while (!isEnough()) {
			long seed = seed();
			List<List<T>> drawn = draw(histories, seed);
			for (int i = 0; i < drawn.size() && !isEnough(); i++) {
				perform(stage, drawn.get(i), performance, "History %d of the seed %d".formatted(i, seed));
				count(drawn.get(i).size());
			}
		}
	}

	/** One stage at a time, as the session lets no other one in. */
	private static <T> List<List<T>> draw(Arbitrary<List<T>> histories, long seed) {
		List<List<T>> drawn = new ArrayList<>();
		JqwikSession.run(() -> {
			RandomGenerator<List<T>> generator = histories.generator(1_000, true);
			Random random = new Random(seed);
			Stream.generate(() -> generator.next(random).value()).limit(HISTORIES_PER_SEED).forEach(drawn::add);
		});
		return drawn;
	}

	private <T> void perform(Stage stage, List<T> history, BiConsumer<Stage, List<T>> performance, String name) {
		try {
			performance.accept(stage, history);
		}
		catch (RuntimeException | AssertionError ex) {
			enough();
			throw new AssertionError(name + ": " + history, ex);
		}
	}

	private synchronized long seed() {
		return Long.getLong("history.seed", this.seeds.nextLong());
	}

	private synchronized boolean isEnough() {
		return this.steps >= this.wanted;
	}

	/** The others stop too. */
	private synchronized void enough() {
		this.wanted = 0;
	}

	private synchronized void count(int more) {
		this.steps += more;
		this.histories++;
		try {
			Files.writeString(COUNT, "%d steps in %d histories%n".formatted(this.steps, this.histories));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
