package com.delula.retention.launch;

import java.io.IOException;
import java.util.Optional;

/**
 * The plain jar's entrance. Hands a short command to a JVM that has the classes mapped,
 * if there is a {@link ClassCache} for it, and starts everything else as Spring Boot
 * would. Going through Spring Boot's loader first takes 0.4 s of processor time.
 */
public final class Launcher {

	private static final String LOADER = "org.springframework.boot.loader.launch.JarLauncher";

	private Launcher() {
	}

	/**
	 * Does what the arguments say.
	 * @throws ReflectiveOperationException if Spring Boot's loader is not in the jar
	 * @throws InterruptedException if somebody interrupts the wait for a command
	 */
	public static void main(String[] args) throws ReflectiveOperationException, InterruptedException {
		Optional<ClassCache> cache = ClassCache.ofProcess(args);
		if (cache.isPresent() && !ClassCache.isBuilding() && cache.get().isReady()) {
			try {
				System.exit(cache.get().run());
			}
			catch (IOException ex) {
				// Nothing has been done yet
			}
		}
		Class.forName(LOADER).getMethod("main", String[].class).invoke(null, (Object) args);
	}

}
