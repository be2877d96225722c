package com.delula.retention.dashboard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

import com.delula.retention.support.Chromium;
import com.delula.retention.support.Service;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogEntry;

import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

/** A service and a browser that looks at its pages. */
@ExtendWith(Chromium.class)
abstract class BrowserTests {

	static final Duration PATIENCE = Duration.ofSeconds(20);

	/**
	 * A run is offered once its rows are counted, which rests for up to a minute where a
	 * count takes long, as on a busy machine.
	 */
	private static final Duration UNTIL_COUNTED = PATIENCE.plusMinutes(1);

	/** Pictures that nothing is checked on. */
	private static final boolean EVERY_LOOK = Boolean.getBoolean("test.every-look");

	private static final String AXE = axe();

	@SuppressWarnings("NullAway.Init") // each class of tests starts its own
	static Service service;

	@SuppressWarnings("NullAway.Init")
	static ChromeDriver browser;

	static void openBrowser() {
		browser = Chromium.open();
	}

	static void quit() {
		browser.quit();
		service.close();
	}

	/** A policy that is broken, or a script that fails, is told there. */
	@AfterEach
	void theConsoleIsQuiet() {
		assertThat(browser.manage().logs().get("browser").getAll()).map(LogEntry::getMessage)
			.noneMatch((message) -> message.contains("Content Security Policy") || message.contains("Uncaught"));
	}

	static void login(String user, String password) {
		browser.get(address("/login"));
		browser.findElement(By.id("username")).sendKeys(user);
		browser.findElement(By.id("password")).sendKeys(password + Keys.ENTER);
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> browser.getCurrentUrl().endsWith("/") || browser.getCurrentUrl().endsWith("?error"));
	}

	/** Opens the page of a button of the overview. */
	static void act(String id) {
		awaitTrue(id + " is offered", UNTIL_COUNTED, "return document.getElementById('" + id + "') !== null");
		browser.executeScript("document.getElementById(arguments[0]).click()", id);
	}

	static void press(String id) {
		Awaitility.await()
			.atMost(PATIENCE)
			.ignoreExceptions()
			.until(() -> browser.findElement(By.id(id)).isDisplayed());
		browser.findElement(By.id(id)).click();
	}

	static void await(String selector, String... texts) {
		Awaitility.await(selector + " says " + List.of(texts))
			.atMost(PATIENCE)
			.pollInterval(Duration.ofMillis(50))
			.untilAsserted(() -> assertThat(text(selector)).contains(texts));
	}

	static void awaitTrue(String what, String script) {
		awaitTrue(what, PATIENCE, script);
	}

	private static void awaitTrue(String what, Duration patience, String script) {
		Awaitility.await(what).atMost(patience).until(() -> Boolean.TRUE.equals(browser.executeScript(script)));
	}

	static String text(String selector) {
		try {
			return String.valueOf(browser.executeScript(
					"return document.querySelector(arguments[0])?.innerText.replace(/\\s+/g, ' ') ?? ''", selector));
		}
		catch (StaleElementReferenceException ex) {
			return "";
		}
	}

	/**
	 * Keeps pictures for people; a page that is wider than the screen fails, or one that
	 * axe finds hard to use.
	 */
	static void look(String name) {
		for (int width : new int[] { 1280, 390 }) {
			Chromium.shoot(browser, width, (width == 1280) ? "light" : "dark", name);
			assertThat(browser.executeScript("return document.documentElement.scrollWidth <= innerWidth"))
				.as("%s fits %d", name, width)
				.isEqualTo(true);
			assertThat(violations()).as("%s at %d for axe", name, width).isEmpty();
		}
		if (EVERY_LOOK) {
			Chromium.shoot(browser, 390, "light", name);
			Chromium.shoot(browser, 1280, "dark", name);
		}
	}

	private static List<?> violations() {
		browser.executeScript(AXE);
		Object found = browser.executeAsyncScript("""
				const done = arguments[0];
				axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
					.then((results) => done(results.violations.map((one) => one.id + ': '
						+ one.nodes.map((node) => node.html).join(' and '))));
				""");
		return (List<?>) Objects.requireNonNull(found);
	}

	private static String axe() {
		try {
			return new ClassPathResource("axe.min.js").getContentAsString(StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static String address(String path) {
		return "http://localhost:" + service.api().port() + path;
	}

}
