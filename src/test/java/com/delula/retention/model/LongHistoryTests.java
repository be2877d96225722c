package com.delula.retention.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

import net.jqwik.api.RandomGenerator;
import net.jqwik.api.sessions.JqwikSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The random histories of {@link HistoryModelProperties}, one after the other, until so
 * many things have happened:
 * {@code ./mvnw -Dtest=LongHistoryTests -Dtest.excluded-groups=none -Dhistory.steps=1000000 test}.
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

	private final Random seeds = new Random();

	private long steps;

	private long histories;

	@Test
	void theModelAgreesAtEveryStep() {
		long wanted = Long.getLong("history.steps");
		long seed = Long.getLong("history.seed", this.seeds.nextLong());
		for (; this.steps < wanted; seed = this.seeds.nextLong()) {
			long tried = seed;
			JqwikSession.run(() -> histories(tried, wanted));
		}
	}

	private void histories(long seed, long wanted) {
		Random random = new Random(seed);
		RandomGenerator<List<Happening>> generator = Happening.histories().generator(1_000, true);
		for (int i = 0; i < HISTORIES_PER_SEED && this.steps < wanted; i++) {
			List<Happening> history = generator.next(random).value();
			try {
				HistoryModelProperties.carryOut(history);
			}
			catch (RuntimeException | AssertionError ex) {
				throw new AssertionError(
						"After %d steps, history %d of -Dhistory.seed=%d: %s".formatted(this.steps, i, seed, history),
						ex);
			}
			this.steps += history.size();
			this.histories++;
		}
		tell(seed);
	}

	private void tell(long seed) {
		try {
			Files.writeString(COUNT,
					"%d steps in %d histories, last seed %d%n".formatted(this.steps, this.histories, seed));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
