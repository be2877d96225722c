package com.delula.retention.launch;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * An unpacked jar and the archive of its classes, in a directory that only its owner can
 * write. Its name tells of which jar and JVM it is. Nothing depends on it: where it
 * cannot be made or read, commands start as they do without.
 */
final class ClassCache {

	/** The property that has a process build the cache. */
	static final String BUILD = "retention.cli.build-cache";

	/** A directory, or {@code off}. */
	private static final String VARIABLE = "RETENTION_CLI_CACHE";

	/** Measured with status: a second compiler and collector threads only cost time. */
	private static final List<String> SHORT_LIVED = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
			"-Xlog:disable", "-Xlog:all=error:stderr");

	private static final Duration BUILDING = Duration.ofMinutes(10);

	private static final Duration UNUSED = Duration.ofDays(30);

	private final Path directory;

	private ClassCache(Path directory) {
		this.directory = directory;
	}

	/** The cache of a call; empty if there is none to be used. */
	static Optional<ClassCache> of(PackagedCall call) {
		Path home = home(System.getenv(VARIABLE), System.getenv("XDG_CACHE_HOME"), System.getProperty("user.home"));
		try {
			return (home != null && isOwn(Files.createDirectories(home, ownerOnly())))
					? Optional.of(new ClassCache(home.resolve(call.fingerprint()))) : Optional.empty();
		}
		catch (IOException | RuntimeException ex) {
			return Optional.empty();
		}
	}

	static @Nullable Path home(@Nullable String chosen, @Nullable String cache, @Nullable String user) {
		if (chosen != null && !chosen.isBlank()) {
			return chosen.equals("off") ? null : Path.of(chosen).toAbsolutePath();
		}
		if (cache != null && cache.startsWith("/")) {
			return Path.of(cache, "retention");
		}
		return (user != null && user.length() > 1) ? Path.of(user, ".cache", "retention") : null;
	}

	private static FileAttribute<Set<PosixFilePermission>> ownerOnly() {
		return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
	}

	/** Whether nobody else can have put something there. */
	private static boolean isOwn(Path directory) throws IOException {
		Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(directory);
		return Files.getAttribute(directory, "unix:uid").equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))
				&& !permissions.contains(PosixFilePermission.GROUP_WRITE)
				&& !permissions.contains(PosixFilePermission.OTHERS_WRITE);
	}

	private Path archive() {
		return this.directory.resolve("classes.jsa");
	}

	private Path marker() {
		return this.directory.resolve("building");
	}

	boolean isReady() {
		return Files.isReadable(archive());
	}

	/** A command with the classes of the archive. */
	List<String> command(PackagedCall call, String... args) {
		return withArchive(call, "-XX:SharedArchiveFile=" + archive(), args);
	}

	private List<String> withArchive(PackagedCall call, String archive, String... args) {
		List<String> command = new ArrayList<>(List.of(java()));
		command.addAll(SHORT_LIVED);
		command.add(archive);
		command.addAll(call.options());
		command.addAll(List.of("-jar", this.directory.resolve(call.jar().getFileName()).toString()));
		command.addAll(List.of(args));
		return command;
	}

	private static String java() {
		return Path.of(System.getProperty("java.home"), "bin", "java").toString();
	}

	/** Starts a process that builds the cache, and does not wait for it. */
	void buildInBackground(PackagedCall call) {
		List<String> command = new ArrayList<>();
		Path nice = Path.of("/usr/bin/nice");
		if (Files.isExecutable(nice)) {
			command.add(nice.toString());
		}
		command.addAll(List.of(java(), "-D" + BUILD + "=true"));
		command.addAll(call.options());
		command.addAll(List.of("-jar", call.jar().toString(), "status"));
		try {
			silent(command);
		}
		catch (IOException ex) {
			// The next call tries again.
		}
	}

	private static Process silent(List<String> command) throws IOException {
		return new ProcessBuilder(command).redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
			.redirectOutput(Redirect.DISCARD)
			.redirectError(Redirect.DISCARD)
			.start();
	}

	/**
	 * Unpacks the jar and has the JVM keep the classes of a command.
	 * @return whether the cache is ready
	 */
	boolean build(PackagedCall call) {
		try {
			if (isReady() || !claim()) {
				return isReady();
			}
			Path made = this.directory.resolve("classes.new");
			boolean done = succeeds(List.of(java(), "-Djarmode=tools", "-jar", call.jar().toString(), "extract",
					"--force", "--destination", this.directory.toString()))
					&& succeeds(withArchive(call, "-XX:ArchiveClassesAtExit=" + made, "status"));
			if (done) {
				Files.move(made, archive(), StandardCopyOption.ATOMIC_MOVE);
				forgetUnused();
				Files.deleteIfExists(marker());
			}
			return done;
		}
		catch (IOException ex) {
			return false;
		}
	}

	/** Whether somebody builds it, or has failed to not long ago. */
	boolean isBeingBuilt() {
		return Files.exists(marker()) && !isOlder(marker(), BUILDING);
	}

	/** Whether nobody else is building it; who began long ago has died. */
	private boolean claim() throws IOException {
		Files.createDirectories(this.directory, ownerOnly());
		if (!isBeingBuilt()) {
			Files.deleteIfExists(marker());
		}
		try {
			Files.createFile(marker());
			return true;
		}
		catch (FileAlreadyExistsException ex) {
			return false;
		}
	}

	private static boolean succeeds(List<String> command) throws IOException {
		Process process = silent(command);
		try {
			return process.waitFor(BUILDING.toMinutes(), TimeUnit.MINUTES) && process.exitValue() == 0;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
		finally {
			process.destroyForcibly();
		}
	}

	/** Those of other versions that were built long ago. */
	private void forgetUnused() throws IOException {
		try (Stream<Path> siblings = Files.list(this.directory.resolveSibling("."))) {
			for (Path old : siblings.filter((path) -> isOlder(path, UNUSED)).toList()) {
				delete(old);
			}
		}
	}

	private static boolean isOlder(Path path, Duration age) {
		return System.currentTimeMillis() - path.toFile().lastModified() > age.toMillis();
	}

	private static void delete(Path directory) throws IOException {
		try (Stream<Path> all = Files.walk(directory)) {
			for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
				Files.delete(path);
			}
		}
	}

}
