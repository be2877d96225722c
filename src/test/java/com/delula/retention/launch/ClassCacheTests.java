package com.delula.retention.launch;

import java.lang.ProcessHandle.Info;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A command is handed to another JVM only if that one does exactly the same. */
class ClassCacheTests {

	@TempDir
	private Path directory;

	@Test
	void propertiesAndArgumentsAreHandedOn() throws Exception {
		ClassCache cache = cache(new Start("-Dspring.profiles.active=a b", "-jar", jar(), "status", "--json"));
		assertThat(cache.command("-XX:SharedArchiveFile=x", cache.program().args())).startsWith("/usr/bin/java")
			.containsSubsequence("-Dspring.profiles.active=a b", "-XX:SharedArchiveFile=x", "-jar",
					cache.jar().toString(), "status", "--json");
	}

	@Test
	void whatAnotherJvmMayUnderstandInAnotherWayIsNot() throws Exception {
		assertThat(program(Map.of(), new Start("-Xmx64m", "-jar", jar(), "status", "--json"))).isEmpty();
		assertThat(program(Map.of(), new Start("-cp", jar(), "Main", "status", "--json"))).isEmpty();
		assertThat(program(Map.of(), new Start())).isEmpty();
		assertThat(program(Map.of("JAVA_TOOL_OPTIONS", "-Xmx64m"), new Start("-jar", jar(), "status", "--json")))
			.isEmpty();
		assertThat(program(Map.of(), new Start("-jar", jar(), "status", "--json"))).isPresent();
	}

	@Test
	void anotherJarHasAnotherCache() throws Exception {
		Path before = cache(new Start("-jar", jar(), "status", "--json")).directory();
		Files.writeString(this.directory.resolve("a.jar"), "updated");
		assertThat(cache(new Start("-jar", jar(), "status", "--json")).directory()).isNotEqualTo(before);
	}

	@Test
	void aDirectoryThatOthersMayWriteToIsNotTrusted() throws Exception {
		ClassCache cache = cache(new Start("-jar", jar(), "status", "--json"));
		Files.createDirectories(cache.directory());
		Files.writeString(cache.archive(), "classes");
		Files.writeString(cache.checksum(), ClassCache.checksum(cache.archive()));
		Files.setPosixFilePermissions(cache.directory(), PosixFilePermissions.fromString("rwxrwx---"));
		assertThat(cache.isReady()).isFalse();
		Files.writeString(cache.archive(), "cl\0sses");
		assertThat(cache.isDamaged()).as("what is somebody else's is left alone").isFalse();
		Files.writeString(cache.archive(), "classes");
		Files.setPosixFilePermissions(cache.directory(), ClassCache.PRIVATE);
		assertThat(cache.isReady()).isTrue();
		assertThat(cache.isDamaged()).isFalse();
	}

	/**
	 * A JVM checks the head of an archive only, and crashes with one whose rest is
	 * damaged.
	 */
	@Test
	void aDamagedArchiveIsNotUsedButMadeAgain() throws Exception {
		ClassCache cache = cache(new Start("-jar", jar(), "status", "--json"));
		Files.createDirectories(cache.directory());
		Files.setPosixFilePermissions(cache.directory(), ClassCache.PRIVATE);
		Files.writeString(cache.archive(), "classes");
		Files.writeString(cache.checksum(), ClassCache.checksum(cache.archive()));
		Files.writeString(cache.archive(), "cl\0sses");
		assertThat(cache.isReady()).isFalse();
		assertThat(cache.isDamaged()).isTrue();
	}

	private String jar() throws Exception {
		Path jar = this.directory.resolve("a.jar");
		return (Files.exists(jar) ? jar : Files.writeString(jar, "jar")).toString();
	}

	private ClassCache cache(Start start) throws Exception {
		return new ClassCache(program(Map.of(), start).orElseThrow(), this.directory.resolve("caches"));
	}

	private static Optional<Program> program(Map<String, String> environment, Start start) {
		return Program.of(start, environment, List.of("status", "--json"));
	}

	/** How a process was started. */
	private record Start(String... words) implements Info {

		@Override
		public Optional<String> command() {
			return Optional.of("/usr/bin/java");
		}

		@Override
		public Optional<String> commandLine() {
			return Optional.empty();
		}

		@Override
		public Optional<String[]> arguments() {
			return (this.words.length == 0) ? Optional.empty() : Optional.of(this.words);
		}

		@Override
		public Optional<Instant> startInstant() {
			return Optional.empty();
		}

		@Override
		public Optional<Duration> totalCpuDuration() {
			return Optional.empty();
		}

		@Override
		public Optional<String> user() {
			return Optional.empty();
		}

	}

}
