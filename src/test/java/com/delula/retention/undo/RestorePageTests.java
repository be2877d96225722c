package com.delula.retention.undo;

import java.time.Duration;
import java.util.List;

import com.delula.retention.support.Answer;
import com.delula.retention.support.Api;
import com.delula.retention.support.Pages;
import com.delula.retention.support.Service;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The pages lead to restores, from them and back. */
@Tag("core")
class RestorePageTests extends OnUndoService {

	@Test
	void thePagePreviewsAndRestores() {
		List<Long> ids = this.rows.generation().failed().recipe(16).age(OLD).insert(13);
		String page = "/runs/" + this.api.post(Api.RUN).ok().get("runId").stringValue();
		Pages admin = new Pages(this.api.port());
		admin.login("admin", Service.PASSWORD);
		assertThat(admin.get(page).text()).contains("Restore…");
		assertThat(plain(admin.get("/runs"))).contains("Backlog cleanup can be restored until 20");
		assertThat(plain(admin.get(page + "/restore"))).contains("3 rows would be restored", "Restore 3 rows");
		String dryRun = awaitEnd(admin.post(page + "/restore", "dryRun=true"));
		assertThat(plain(admin.get(dryRun))).contains("3 rows would be restored (dry run)");
		assertThat(this.rows.generationIds()).hasSize(10);
		String run = awaitEnd(admin.post(page + "/restore", "dryRun=false&expectedRows=3"));
		assertThat(this.rows.generationIds()).isEqualTo(ids);
		assertThat(plain(admin.get(run))).contains("3 rows restored", "Left out (still kept)");
		assertThat(plain(admin.get(page))).contains("Restored by admin (page)");
		assertThat(admin.get(page).text()).contains("<a href=\"" + run + "\">3 rows restored</a>");
		assertThat(admin.get(run).text()).contains("<a href=\"" + page + "\">");
		assertThat(admin.get("/runs").text()).doesNotContain("can be restored until");
		assertThat(admin.get(page).text()).doesNotContain("Restore…");
		assertThat(plain(admin.get(page + "/restore"))).contains("removed no rows that are still kept");
		Pages operator = new Pages(this.api.port());
		operator.login("operator", Service.PASSWORD);
		assertThat(operator.get(page).text()).doesNotContain("Restore…");
		assertThat(operator.get(page + "/restore").status()).isEqualTo(403);
		assertThat(operator.post(page + "/restore", "dryRun=false").status()).isEqualTo(403);
	}

	private static String plain(Answer page) {
		return page.text().replaceAll("<[^>]*>", " ").replaceAll("\\s+", " ");
	}

	/** The page of the run that was started, once it has ended. */
	private String awaitEnd(Answer started) {
		String location = started.header("Location");
		String run = location.substring(location.indexOf("/runs/"));
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> !this.api.get("/api/admin" + run).ok().get("status").asString().equals("running"));
		return run;
	}

}
