package com.delula.retention.dashboard;

import java.time.Duration;

import com.delula.retention.support.Service;
import com.delula.retention.support.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.Actions;

import static org.assertj.core.api.Assertions.assertThat;

/** The palette, the theme and the focus, by keyboard in a real browser. */
@Tag("slow")
class FrameBrowserTests extends BrowserTests {

	private static TestDatabase database;

	@BeforeAll
	static void open() {
		database = TestDatabase.started();
		service = Service.start(database);
		openBrowser();
	}

	@AfterAll
	static void close() {
		quit();
		database.close();
	}

	@BeforeEach
	void enter() {
		database.rows().clear();
		database.rows().generation().failed().recipe(16).insert(3);
		browser.manage().deleteAllCookies();
		login("admin", Service.PASSWORD);
	}

	@Test
	void thePaletteGoesWhereTheKeyboardSays() {
		await("#tasks", "Due now");
		new Actions(browser).keyDown(Keys.CONTROL).sendKeys("k").keyUp(Keys.CONTROL).perform();
		await("#palette", "Overview", "Run Backlog cleanup…", "Policies of Backlog cleanup");
		look("palette");
		keys("doc");
		awaitTrue("one is left",
				"return document.querySelectorAll('#palette [role=option]:not([hidden])').length === 1");
		assertThat(browser.executeScript(
				"return document.getElementById(document.activeElement.getAttribute('aria-activedescendant')).textContent"))
			.isEqualTo("Doctor");
		keys(Keys.ENTER);
		await("main h1", "Doctor");
	}

	@Test
	void thePaletteFindsARecipe() {
		browser.get(address("/runs"));
		browser.findElement(By.id("find")).sendKeys(Keys.ENTER);
		await("#palette", "Overview");
		awaitTrue("recipes come, but are not shown",
				"const groups = document.querySelectorAll('#palette [data-typed] a');"
						+ " return groups.length === 1 && groups[0].hidden");
		keys("(16)");
		await("#palette [data-typed]", "(16)", "3");
		keys(Keys.ENTER);
		awaitTrue("its page is there", "return location.search === '?key=16'");
	}

	@Test
	void thePaletteClosesAndGivesTheFocusBack() {
		browser.get(address("/runs"));
		browser.findElement(By.id("find")).sendKeys(Keys.ENTER);
		await("#palette", "Overview");
		keys("nothing of this");
		await("#palette [role=status]", "No match");
		keys(Keys.ESCAPE);
		awaitTrue("it is closed", "return !document.getElementById('palette').open");
		assertThat(focused()).isEqualTo("find");
	}

	@Test
	void theThemeStaysFromPageToPage() {
		browser.findElement(By.id("theme")).click();
		browser.findElement(By.id("theme")).click();
		assertThat(browser.findElement(By.id("theme")).getDomAttribute("aria-label")).isEqualTo("Theme: dark");
		browser.get(address("/runs"));
		assertThat(browser.findElement(By.tagName("html")).getDomAttribute("data-theme")).isEqualTo("dark");
		assertThat(browser.executeScript("return getComputedStyle(document.body).backgroundColor"))
			.isEqualTo("rgb(16, 22, 28)");
	}

	@Test
	void theFocusIsNeverLostToAnUpdate() {
		database.rows().job().completed().age(Duration.ofDays(3)).insert();
		browser.get(address("/"));
		await("#tasks", "Due now");
		browser.executeScript("const gone = document.createElement('button'); gone.textContent = 'Gone';"
				+ " document.querySelector('#tasks .card').append(gone); gone.focus(); htmx.trigger(document.body, 'wake')");
		awaitTrue("it was replaced",
				"return ![...document.querySelectorAll('button')].some((b) => b.textContent === 'Gone')");
		awaitTrue("the focus stays near", "return document.activeElement.closest('#tasks') !== null");
	}

	private static String focused() {
		return String.valueOf(browser.switchTo().activeElement().getDomAttribute("id"));
	}

	private static void keys(CharSequence... keys) {
		new Actions(browser).sendKeys(keys).perform();
	}

}
