package com.delula.retention.docs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Every relative link of the documentation leads to a file, and to a heading in it. */
class LinksTests {

	private static final Pattern FENCE = Pattern.compile("(?ms)^```.*?^```");

	private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)|(?:src|srcset|href)=\"([^\"]+)\"");

	private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

	@Test
	void leadSomewhere() {
		List<String> broken = new ArrayList<>();
		for (Path page : Documents.pages()) {
			Matcher link = LINK.matcher(text(page));
			while (link.find()) {
				String target = (link.group(1) != null) ? link.group(1) : link.group(2);
				if (!target.matches("[a-z]+:.*") && !leads(page, target)) {
					broken.add(page + ": " + target);
				}
			}
		}
		assertThat(broken).as("broken links").isEmpty();
	}

	private static boolean leads(Path page, String target) {
		String[] parts = target.split("#", 2);
		Path file = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
		return Files.exists(file) && (parts.length == 1 || headings(file).contains(parts[1]));
	}

	/** The anchors of a page as GitHub makes them. */
	private static List<String> headings(Path page) {
		return HEADING.matcher(text(page))
			.results()
			.map((heading) -> heading.group(1)
				.toLowerCase(Locale.ROOT)
				.replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
				.replaceAll("[^\\p{L}\\p{N} _-]", "")
				.replace(' ', '-'))
			.toList();
	}

	private static String text(Path page) {
		return FENCE.matcher(Documents.read(page)).replaceAll("");
	}

	@Test
	void theReadmeIsReadInOneSitting() {
		assertThat(Documents.read(Path.of("README.md")).lines().count()).isLessThanOrEqualTo(150);
	}

	@Test
	void theIndexNamesEveryPage() {
		String index = Documents.read(Path.of("docs", "README.md"));
		assertThat(Documents.under(Path.of("docs"), ".md")
			.filter((page) -> page.getNameCount() == 2 && !page.endsWith("README.md"))
			.map((page) -> page.getFileName().toString())).allMatch((name) -> index.contains("(" + name + ")"));
	}

}
