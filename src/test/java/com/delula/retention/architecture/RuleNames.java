package com.delula.retention.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds sources that name a built-in rule, or a table or column of one. */
final class RuleNames {

	private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|^\\s*//[^\\n]*",
			Pattern.DOTALL | Pattern.MULTILINE);

	private static final Pattern NAME = Pattern.compile("(?i)backlog[-_]?cleanup|job[-_]?purge"
			+ "|delula\\.retention\\.(backlog|jobs)\\.|\"generations\"|upscale|recipe|failure_?reason");

	private RuleNames() {
	}

	/** The files below a directory that name a rule, relative to it. */
	static List<String> find(Path directory) {
		try (Stream<Path> files = Files.walk(directory)) {
			return files.filter(Files::isRegularFile)
				.filter(RuleNames::namesARule)
				.map((file) -> directory.relativize(file).toString().replace('\\', '/'))
				.sorted()
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static boolean namesARule(Path file) {
		try {
			return NAME.matcher(COMMENT.matcher(Files.readString(file)).replaceAll("")).find();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
