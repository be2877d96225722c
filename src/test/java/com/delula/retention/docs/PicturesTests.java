package com.delula.retention.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.delula.retention.TestRetentionApplication;
import com.delula.retention.support.Chromium;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Takes the pictures of the documentation from the running demonstration, so that they
 * stay true: {@code docs/pictures/make}.
 */
@ExtendWith(Chromium.class)
@EnabledIfSystemProperty(named = "pictures.write", matches = "true")
class PicturesTests {

	private static final Path PLACE = Path.of("docs", "pictures");

	/** GitHub shows a README some 900 pixels wide. */
	private static final Map<String, ?> SCREEN = Map.of("width", 1200, "height", 1000, "deviceScaleFactor", 1, "mobile",
			false);

	private static final int LARGEST = 200_000;

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final String ADDRESS = "http://localhost:"
			+ Integer.getInteger("pictures.port", Integer.valueOf(18099));

	@Test
	void ofTheDemonstration() throws Exception {
		TestRetentionApplication.main(new String[] { "--server.port=" + ADDRESS.substring(ADDRESS.lastIndexOf(':') + 1),
				"--retention.purge.initial-delay=2h" });
		ChromeDriver browser = Chromium.open();
		try {
			login(browser);
			for (String scheme : List.of("light", "dark")) {
				shoot(browser, "/", "overview", scheme);
			}
		}
		finally {
			browser.quit();
		}
	}

	private static void login(ChromeDriver browser) {
		browser.get(ADDRESS + "/login");
		browser.findElement(By.id("username")).sendKeys("admin");
		browser.findElement(By.id("password")).sendKeys("demonstration" + Keys.ENTER);
		Awaitility.await().atMost(PATIENCE).until(() -> browser.getCurrentUrl().equals(ADDRESS + "/"));
	}

	private static void shoot(ChromeDriver browser, String page, String name, String scheme) throws IOException {
		browser.executeCdpCommand("Emulation.setDeviceMetricsOverride", Map.copyOf(SCREEN));
		browser.executeCdpCommand("Emulation.setEmulatedMedia",
				Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
		browser.get(ADDRESS + page);
		// Counts and charts come after the page.
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> Boolean.TRUE.equals(browser.executeScript("return document.readyState === 'complete'"
					+ " && !document.querySelector('.htmx-request') && document.querySelectorAll('canvas').length > 0")));
		Awaitility.await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
		byte[] picture = browser.getScreenshotAs(OutputType.BYTES);
		assertThat(picture.length).as(name).isLessThan(LARGEST);
		Files.createDirectories(PLACE);
		Files.write(PLACE.resolve(name + "-" + scheme + ".png"), picture);
	}

}
