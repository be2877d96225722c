package com.delula.retention.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The texts of the repository. */
public final class Documents {

	private static final List<Path> PLACES = List.of(Path.of("docs"), Path.of("ops"), Path.of("benchmark"));

	private static final Pattern SQL = Pattern.compile("(?ms)^```sql\n(.*?)^```");

	private Documents() {
	}

	/** All pages in Markdown. */
	static List<Path> pages() {
		Stream<Path> top = Stream.of("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md").map(Path::of);
		return Stream.concat(top, PLACES.stream().flatMap((place) -> under(place, ".md"))).toList();
	}

	/** The files below a place whose names end in one of these ways. */
	static Stream<Path> under(Path place, String... endings) {
		try (Stream<Path> files = Files.walk(place)) {
			return files.filter((file) -> Stream.of(endings).anyMatch(file.toString()::endsWith))
				.sorted()
				.toList()
				.stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The blocks of SQL of a page. */
	public static List<String> sql(Path page) {
		return SQL.matcher(read(page)).results().map((block) -> block.group(1)).toList();
	}

	static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
