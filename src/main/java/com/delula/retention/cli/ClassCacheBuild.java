package com.delula.retention.cli;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.delula.retention.launch.Arguments;
import com.delula.retention.launch.ClassCache;

import org.springframework.util.FileSystemUtils;

/**
 * Makes a {@link ClassCache}: takes the libraries out of the jar and has a command of no
 * consequence leave its classes behind, those for JSON too, which policies are read with.
 * A process of its own does it, some 8 s of processor time, after a command has told its
 * result.
 */
final class ClassCacheBuild {

	/** A cache that is not whole after this time never will be. */
	private static final Duration BUILDING = Duration.ofMinutes(5);

	/** Caches of other jars or JVMs are removed when they are as old as this. */
	private static final Duration KEPT = Duration.ofDays(30);

	private final ClassCache cache;

	ClassCacheBuild(ClassCache cache) {
		this.cache = cache;
	}

	/**
	 * Has the cache made by a process that outlives this one and uses none of its
	 * streams, in place of one that is damaged. Where that cannot be, or another process
	 * is at it, nothing happens.
	 */
	void start() {
		try {
			Path base = Files.createDirectories(this.cache.directory().getParent());
			removeOld(base);
			if (this.cache.isDamaged()) {
				FileSystemUtils.deleteRecursively(this.cache.directory());
			}
			Files.createDirectory(this.cache.directory(), PosixFilePermissions.asFileAttribute(ClassCache.PRIVATE));
			List<String> command = new ArrayList<>(this.cache.program().command("-D" + ClassCache.BUILD + "=true"));
			command.addAll(this.cache.program().args());
			quietly(command).start();
		}
		catch (IOException | UnsupportedOperationException ex) {
			// The command has been done all the same
		}
	}

	/** Makes the cache; it is ready when its archive has its name. */
	void run() throws IOException, InterruptedException {
		List<String> extract = new ArrayList<>(this.cache.program().command("-Djarmode=tools"));
		extract.addAll(List.of("extract", "--force", "--application-filename",
				this.cache.jar().getFileName().toString(), "--destination", this.cache.directory().toString()));
		quietly(extract).start().waitFor();
		Path archive = this.cache.archive().resolveSibling("classes.part");
		List<String> args = new ArrayList<>(Arguments.settings(this.cache.program().args().toArray(String[]::new)));
		args.addAll(List.of("runs", "--size", "1", "--json"));
		quietly(this.cache.command("-XX:ArchiveClassesAtExit=" + archive, args)).start().waitFor();
		Files.writeString(this.cache.checksum(), ClassCache.checksum(archive));
		Files.move(archive, this.cache.archive());
	}

	private static ProcessBuilder quietly(List<String> command) {
		return new ProcessBuilder(command).redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
			.redirectOutput(Redirect.DISCARD)
			.redirectError(Redirect.DISCARD);
	}

	private static void removeOld(Path base) throws IOException {
		Instant now = Clock.systemUTC().instant();
		try (Stream<Path> caches = Files.list(base)) {
			for (Path cache : caches.toList()) {
				Duration age = Duration.between(Files.getLastModifiedTime(cache).toInstant(), now);
				if (age.compareTo(Files.exists(cache.resolve(ClassCache.ARCHIVE)) ? KEPT : BUILDING) > 0) {
					FileSystemUtils.deleteRecursively(cache);
				}
			}
		}
	}

}
