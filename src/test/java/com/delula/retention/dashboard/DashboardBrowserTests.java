package com.delula.retention.dashboard;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import com.delula.retention.support.PostgresServer;
import com.delula.retention.support.Rows;
import com.delula.retention.support.Service;
import com.delula.retention.support.TestDatabase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chromium.ChromiumNetworkConditions;

import static org.assertj.core.api.Assertions.assertThat;

/** The dashboard as an operator meets it, in a real browser. */
@Tag("slow")
class DashboardBrowserTests extends BrowserTests {

	private static TestDatabase database;

	private final Rows rows = database.rows();

	/**
	 * Slow enough that there is a progress to look at, quick to say that nobody answers.
	 */
	@BeforeAll
	static void open() {
		database = TestDatabase.started();
		service = Service.start(database, "--retention.security.users[0].name=viewer",
				"--retention.security.users[0].role=VIEWER",
				"--retention.security.users[0].password={noop}" + Service.PASSWORD, "--retention.run.workers=1",
				"--retention.run.duty-cycle=0.02", "--retention.run.batch.min-rows=10",
				"--retention.run.batch.max-rows=20", "--spring.datasource.hikari.connection-timeout=500");
		openBrowser();
	}

	@AfterAll
	static void close() {
		quit();
		database.close();
	}

	@BeforeEach
	void empty() {
		this.rows.clear();
		browser.manage().deleteAllCookies();
	}

	@Test
	void logsInAndLooks() {
		failures(30);
		this.rows.job().completed().age(Duration.ofDays(3)).insert();
		service.bean(Sampler.class).sample();
		login("admin", "wrong");
		await("main", "Wrong name or password.");
		login("admin", Service.PASSWORD);
		await("#tasks", "Backlog cleanup", "Purge", "No runs yet", "Emergency…");
		await("#stocks", "failed 30", "Cat Olympic Diving", "completed 1");
		await("#charts", "Rows removed per day", "Failures", "Due for removal");
		awaitTrue("the charts are drawn", "return Chart.getChart(document.querySelector('canvas')) !== undefined");
		assertThat(browser.findElement(By.cssSelector("#zone-name")).getText()).isEqualTo("Asia/Tokyo");
		look("overview");
	}

	@Test
	void timesAreTheReadersWithUtcAtHand() {
		login("viewer", Service.PASSWORD);
		await("#tasks", "as of");
		assertThat(text("#tasks .verdict")).doesNotContain("UTC");
		browser.findElement(By.id("zone")).click();
		await(".verdict", "UTC");
		assertThat(browser.findElement(By.id("zone")).getDomAttribute("aria-pressed")).isEqualTo("true");
		browser.findElement(By.id("zone")).click();
	}

	@Test
	void dryRunsThenRunsWithProgress() {
		failures(610);
		login("admin", Service.PASSWORD);
		act("act-backlog-cleanup-regular");
		await("#preview", "600 rows would be removed", "Cat Olympic Diving");
		look("preview");
		press("dry-run");
		await("#run", "dry run", "Succeeded", "600 rows would be removed (dry run)");
		assertThat(this.rows.count("generations")).isEqualTo(610);
		browser.get(address("/actions/backlog-cleanup/regular"));
		press("start");
		await("#run", "Running", "of 600 rows", "rows/s", "left", "Cancel this run");
		look("progress");
		await("#run", "Succeeded", "600 rows removed");
		assertThat(this.rows.count("generations")).isEqualTo(10);
		await("#announcer", "succeeded, 600 rows removed");
	}

	@Test
	void cancels() {
		failures(5000);
		login("admin", Service.PASSWORD);
		browser.get(address("/actions/backlog-cleanup/regular"));
		press("start");
		await("#run", "of 4,990 rows");
		whatTheReaderHoldsStays();
		browser.get(address("/"));
		await("#tasks", "Running", "rows/s", "Cancel this run");
		look("running");
		browser.executeScript("document.querySelector('#tasks .live a').click()");
		await("#run", "Cancel this run");
		browser.executeScript("document.querySelector('#run [id^=cancel-]').click()");
		await("#run", "Cancelled");
		assertThat(this.rows.count("generations")).isBetween(11L, 4990L);
		look("cancelled");
	}

	/** The page is refreshed each second. */
	private static void whatTheReaderHoldsStays() {
		awaitTrue("the chart is there", "return document.querySelector('#run summary') !== null");
		browser.findElement(By.cssSelector("#run summary")).click();
		browser.executeScript("window.seen = document.querySelector('#run .progress')");
		awaitTrue("what is closed is replaced, and details stay open",
				"return !window.seen.isConnected && document.querySelector('#run details').open");
		browser.executeScript("getSelection().selectAllChildren(document.querySelector('#run dl code'))");
		assertThat(browser.executeAsyncScript("setTimeout(() => arguments[0](getSelection().toString()), 2500)"))
			.asString()
			.hasSize(36);
		browser.executeScript("getSelection().removeAllRanges()");
	}

	@Test
	void anEmergencyIsRefusedAndThenDone() {
		failures(25);
		login("admin", Service.PASSWORD);
		act("act-backlog-cleanup-emergency");
		await("#preview", "25 rows would be removed", "Type the number");
		browser.findElement(By.id("typed")).sendKeys("24");
		press("start");
		await("main", "Nothing was removed: you typed 24, but the preview shows 25 rows.");
		assertThat(this.rows.count("generations")).isEqualTo(25);
		await("#preview", "25 rows would be removed");
		look("refused");
		browser.findElement(By.id("typed")).sendKeys("25" + Keys.ENTER);
		await("#run", "emergency", "Succeeded", "25 rows removed");
		assertThat(this.rows.count("generations")).isZero();
	}

	@Test
	void whoEditsAFieldHasNothingToConfirm() {
		this.rows.job().completed().age(Duration.ofHours(20)).insertIds(20);
		login("admin", Service.PASSWORD);
		browser.get(address("/actions/job-purge/regular?hours=12"));
		await("#preview", "20 rows would be removed");
		browser.findElement(By.id("hours")).sendKeys(Keys.BACK_SPACE);
		assertThat(browser.findElements(By.id("start"))).isEmpty();
		await("#changed", "The options have changed");
		browser.findElement(By.id("hours")).sendKeys("x" + Keys.ENTER);
		await("#hours-error", "Invalid hours=1x");
		assertThat(browser.findElement(By.id("hours")).getDomProperty("value")).isEqualTo("1x");
		assertThat(browser.findElements(By.id("preview"))).isEmpty();
		look("rejected");
		browser.findElement(By.id("hours")).sendKeys(Keys.BACK_SPACE + "2" + Keys.ENTER);
		await("#preview", "20 rows would be removed");
		press("start");
		await("#run", "Succeeded", "20 rows removed");
	}

	@Test
	void aViewerSeesNoButtons() {
		failures(30);
		login("viewer", Service.PASSWORD);
		await("#tasks", "Backlog cleanup");
		await("#stocks", "failed 30");
		assertThat(browser.findElements(By.cssSelector("#tasks .button:not([id^=policies])"))).isEmpty();
		browser.get(address("/recipes"));
		assertThat(text("main")).contains("Cat Olympic Diving").doesNotContain("Clean up");
		browser.get(address("/actions/job-purge/regular"));
		assertThat(text("main")).contains("Your role does not allow this");
	}

	@Test
	void searchesAndSortsRecipesByKeyboard() {
		failures(3);
		long other = this.rows.recipe().name("Dog Figure Skating").insert();
		this.rows.generation().failed().recipe(other).age(Duration.ofDays(9)).insert(2);
		login("viewer", Service.PASSWORD);
		browser.get(address("/recipes"));
		await("#list", "1–2 of 2");
		WebElement search = browser.findElement(By.id("q"));
		search.sendKeys("skat");
		await("#list", "1–1 of 1", "Dog Figure Skating");
		assertThat(browser.switchTo().activeElement().getDomAttribute("id")).isEqualTo("q");
		assertThat(browser.getCurrentUrl()).contains("q=skat");
		browser.get(address("/recipes"));
		browser.findElement(By.id("by-oldest")).sendKeys(Keys.ENTER);
		Awaitility.await().atMost(PATIENCE).until(() -> browser.getCurrentUrl().contains("sort=oldest"));
		assertThat(browser.switchTo().activeElement().getDomAttribute("id")).isEqualTo("by-oldest");
		assertThat(text("#list tbody tr")).contains("Dog");
		look("recipes");
	}

	@Test
	void aDroppedConnectionIsSaidAndMended() {
		login("viewer", Service.PASSWORD);
		await("#tasks", "Backlog cleanup");
		network(true);
		await("#connection", "The service does not respond");
		look("dropped");
		network(false);
		awaitTrue("the banner goes", "return document.getElementById('connection').hidden");
	}

	@Test
	void aLostDatabaseIsSaidAndMended() throws SQLException {
		login("viewer", Service.PASSWORD);
		await("#tasks", "Backlog cleanup");
		connections(false);
		try {
			await("#connection", "The database cannot be reached");
			look("no-database");
			browser.get(address("/runs"));
			assertThat(text("main")).contains("The database cannot be reached");
			browser.get(address("/"));
			await("#connection", "The database cannot be reached");
		}
		finally {
			connections(true);
		}
		await("#tasks", "Backlog cleanup");
		awaitTrue("the banner goes", "return document.getElementById('connection').hidden");
	}

	private static void connections(boolean allowed) throws SQLException {
		PostgresServer server = PostgresServer.shared();
		try (Connection connection = DriverManager.getConnection(server.jdbcUrl("postgres"), server.username(),
				server.password()); Statement statement = connection.createStatement()) {
			statement.execute("ALTER DATABASE " + database.name() + " ALLOW_CONNECTIONS " + allowed);
			statement.execute(
					"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + database.name() + "'");
		}
	}

	private static void network(boolean dropped) {
		ChromiumNetworkConditions conditions = new ChromiumNetworkConditions();
		conditions.setOffline(dropped);
		conditions.setLatency(Duration.ZERO);
		conditions.setDownloadThroughput(-1);
		conditions.setUploadThroughput(-1);
		browser.setNetworkConditions(conditions);
	}

	private void failures(int count) {
		this.rows.recipe().id(16).name("Cat Olympic Diving").insert();
		this.rows.generation().failed().recipe(16).age(Duration.ofDays(3)).insert(count);
	}

}
