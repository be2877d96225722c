package com.delula.retention.dashboard;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

import com.delula.retention.support.Answer;
import com.delula.retention.support.Pages;
import com.delula.retention.support.Service;
import com.delula.retention.support.TestDatabase.Installation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What stands around every page: the theme, the palette, the API's description. */
class FrameTests {

	private final Service service = Service.shared(Installation.EXISTING);

	@ParameterizedTest
	@CsvSource({ "viewer,false,false", "operator,true,false", "admin,true,true" })
	void thePaletteOffersWhatTheRoleMay(String user, boolean run, boolean emergency) {
		String palette = as(user).get("/palette").text();
		assertThat(palette).contains("Overview", "Doctor", "API", "Policies of Backlog cleanup", "Report of ");
		assertThat(palette.contains("/actions/job-purge/regular")).isEqualTo(run);
		assertThat(palette.contains("/actions/backlog-cleanup/emergency")).isEqualTo(emergency);
	}

	@Test
	void thePaletteIsNobodyElses() {
		Answer answer = new Pages(this.service.api().port()).get("/palette", "HX-Request", "true");
		assertThat(answer.status()).isEqualTo(401);
		assertThat(answer.header("HX-Redirect")).isEqualTo("/login?expired");
	}

	@ParameterizedTest
	@CsvSource({ "dark,true", "light,true", "auto,false", "red,false" })
	void theThemeComesWithThePage(String theme, boolean known) {
		String page = this.service.api().anonymous().with("Cookie", "RETENTION_THEME=" + theme).get("/login").text();
		assertThat(page.contains("data-theme=\"" + theme + "\"")).isEqualTo(known);
		assertThat(page.contains("data-theme")).isEqualTo(known);
	}

	@Test
	void theApiIsDescribedInThePagesOwnFrame() {
		String page = as("viewer").get("/api-docs").text();
		assertThat(page).contains("Log out", "aria-current=\"page\">API<", "/api/admin/rules/{rule}/run", "Every rule",
				"<code>asOf</code>", "expectedRows", "oldestDueAt");
		assertThat(page).doesNotContain("$ref", "null</td>");
	}

	@Test
	void theApiIsTriedInThePagesOwnFrame() {
		Answer page = as("viewer").get("/api-docs/try");
		assertThat(page.text()).contains("Log out", "/webjars/swagger-ui/", "Get an API token");
		assertThat(page.header("Content-Security-Policy")).contains("default-src 'self'", "img-src 'self' data:");
		int port = this.service.api().port();
		assertThat(as("viewer").get("/api-docs/openapi.json").text()).contains("\"openapi\":\"3.1",
				"\"url\":\"http://localhost:" + port + "\"");
	}

	@Test
	void browsersFindTheIcon() {
		Answer answer = new Pages(this.service.api().port()).get("/favicon.ico");
		assertThat(answer.status()).isEqualTo(302);
		assertThat(answer.header("Location")).endsWith("/assets/icon.svg");
	}

	@Test
	void aStrangersBrowserIsSentToTheLogin() {
		Answer answer = new Pages(this.service.api().port()).get("/nonsense", "Accept", "text/html,*/*;q=0.8");
		assertThat(answer.status()).isEqualTo(302);
		assertThat(answer.header("Location")).endsWith("/login");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/assets/dashboard.css", "/assets/dashboard.js", "/login", "/v3/api-docs" })
	void whatIsLargeIsCompressed(String path) throws Exception {
		assertThat(send(path, "gzip").headers().firstValue("Content-Encoding")).hasValue("gzip");
		assertThat(send(path, "identity").headers().firstValue("Content-Encoding")).isEmpty();
	}

	private HttpResponse<byte[]> send(String path, String encoding) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + this.service.api().port() + path))
			.header("Accept-Encoding", encoding)
			.header("Authorization", "Bearer viewer-token")
			.build();
		return HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());
	}

	private Pages as(String user) {
		Pages pages = new Pages(this.service.api().port());
		pages.login(user, Service.PASSWORD);
		return pages;
	}

}
