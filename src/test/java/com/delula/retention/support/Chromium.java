package com.delula.retention.support;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/**
 * The installed Chromium, without a window. As an extension it skips the tests of a class
 * where there is none, and says why.
 */
public final class Chromium implements ExecutionCondition {

	private static final Optional<Path> BROWSER = find("chromium", "chromium-browser", "google-chrome");

	private static final Optional<Path> DRIVER = find("chromedriver");

	@Override
	public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
		if (BROWSER.isPresent() && DRIVER.isPresent()) {
			return ConditionEvaluationResult.enabled("Chromium is " + BROWSER.get());
		}
		return ConditionEvaluationResult.disabled(
				"No Chromium with its driver is on the PATH; on Debian: apt-get install chromium chromium-driver");
	}

	/** A new browser with no cookies, in a zone that is neither UTC nor the server's. */
	public static ChromeDriver open() {
		ChromeOptions options = new ChromeOptions();
		options.setBinary(BROWSER.orElseThrow().toFile());
		options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1280,900",
				"--hide-scrollbars", "--lang=en-US");
		options.setCapability("goog:loggingPrefs", Map.of("browser", "ALL"));
		ChromeDriverService service = new ChromeDriverService.Builder()
			.usingDriverExecutable(DRIVER.orElseThrow().toFile())
			.usingAnyFreePort()
			.build();
		ChromeDriver driver = new ChromeDriver(service, options);
		driver.executeCdpCommand("Emulation.setTimezoneOverride", Map.of("timezoneId", "Asia/Tokyo"));
		return driver;
	}

	/**
	 * Looks at the page as on a screen of that width, in a scheme, and keeps the picture.
	 */
	public static void shoot(ChromeDriver driver, int width, String scheme, String name) {
		driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
				Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", width < 600));
		driver.executeCdpCommand("Emulation.setEmulatedMedia",
				Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
		Path file = Path.of("target", "screenshots", "%s-%d-%s.png".formatted(name, width, scheme));
		try {
			Files.createDirectories(file.getParent());
			Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Optional<Path> find(String... names) {
		List<String> path = List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator));
		return Arrays.stream(names)
			.flatMap((name) -> path.stream().map((directory) -> Path.of(directory, name)))
			.filter(Files::isExecutable)
			.findFirst();
	}

}
