package com.delula.retention.dashboard;

import java.util.stream.IntStream;

import com.delula.retention.rule.SessionsRule;
import com.delula.retention.support.Service;
import com.delula.retention.support.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

import static org.assertj.core.api.Assertions.assertThat;

/** A rule of which the pages know nothing has everything there. */
class RuleBrowserTests extends BrowserTests {

	private static TestDatabase database;

	@BeforeAll
	static void open() {
		database = TestDatabase.started();
		SessionsRule.createTable(database);
		service = Service.start(database, SessionsRule.ARGUMENT);
		openBrowser();
	}

	@AfterAll
	static void close() {
		quit();
		database.close();
	}

	@BeforeEach
	void sessions() {
		database.jdbc().sql("DELETE FROM sessions").update();
		SessionsRule.insert(database, 7, "expired", 40, 10);
		SessionsRule.insert(database, 8, "revoked", 40, 5);
		SessionsRule.insert(database, 7, "active", 40, 2);
		service.bean(Choices.class).forget();
		browser.manage().deleteAllCookies();
		login("admin", Service.PASSWORD);
	}

	@Test
	void hasItsCardAndItsTables() {
		await("#task-expired-sessions", "Sessions");
		await("#stocks", "Sessions 17 rows", "active 2", "expired 10", "revoked 5");
		look("rule-overview");
	}

	@Test
	void isPreviewedNarrowedAndRun() {
		await("#tasks", "Due now");
		act("act-expired-sessions-regular");
		await("main", "Removes expired and revoked sessions", "30 days", "Older than, in hours", "User id");
		await("#preview", "9 rows would be removed", "User id", "7 10 7", "8 5 2");
		look("rule-preview");
		browser.findElement(By.cssSelector("#userId option[value='8']")).click();
		await("#changed", "The options have changed");
		press("look");
		await("#preview", "2 rows would be removed");
		press("start");
		await("#run", "Sessions", "Succeeded", "2 rows removed", "only user id 8", "admin (page)",
				"Removed from sessions");
		assertThat(SessionsRule.count(database)).isEqualTo(15);
		browser.get(address("/runs?task=expired-sessions"));
		await("#list", "Sessions", "admin page");
	}

	@Test
	void aLongListIsSearchedByKeyboard() {
		IntStream.range(100, 115).forEach((user) -> SessionsRule.insert(database, user, "expired", 40, 1));
		browser.get(address("/actions/expired-sessions/regular"));
		await("#preview", "9 rows would be removed");
		WebElement field = browser.findElement(By.id("userId"));
		assertThat(field.getDomAttribute("role")).isEqualTo("combobox");
		field.sendKeys("11");
		await("#userId-list", "110: 1 row", "114: 1 row");
		look("rule-choices");
		field.sendKeys(Keys.ESCAPE);
		field.clear();
		field.sendKeys("5");
		await("#userId-list", "105: 1 row");
		assertThat(text("#userId-list")).as("its count is not searched").doesNotContain("8: 5 rows");
		field.clear();
		field.sendKeys(Keys.ESCAPE);
		assertThat(browser.findElements(By.id("preview"))).isNotEmpty();
		field.sendKeys("8: 5" + Keys.ENTER);
		await("#changed", "The options have changed");
		press("look");
		await("#preview", "2 rows would be removed");
		assertThat(browser.findElement(By.id("userId")).getDomProperty("value")).isEqualTo("8: 5 rows");
	}

	@Test
	void hasPagesOfItsOwn() {
		browser.get(address("/rules/expired-sessions"));
		await("main", "Sessions", "Settings in force", "Most rows by user id", "7 10");
		await("#charts", "Forecast");
		look("rule-page");
		browser.get(address("/rules/expired-sessions/group?key=7"));
		await("main", "User id 7", "10 rows", "7 due for removal", "kept (newest)");
		look("rule-group");
	}

	@Test
	void hasAnEmergencyWhoseNumberIsTyped() {
		await("#tasks", "Due now");
		act("act-expired-sessions-emergency");
		await("#preview", "15 rows would be removed", "Type the number of rows to remove");
		browser.findElement(By.id("typed")).sendKeys("15" + Keys.ENTER);
		await("#run", "Sessions", "emergency", "Succeeded", "15 rows removed");
		assertThat(SessionsRule.count(database)).isEqualTo(2);
	}

}
