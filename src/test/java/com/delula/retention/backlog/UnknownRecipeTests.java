package com.delula.retention.backlog;

import java.time.Duration;
import java.util.List;

import com.delula.retention.support.Api;
import com.delula.retention.support.Service;
import com.delula.retention.support.TestDatabase;
import com.delula.retention.support.TestDatabase.Installation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A recipe is looked for in the type that its columns have, and by failures too. */
class UnknownRecipeTests {

	@ParameterizedTest
	@ValueSource(strings = { "smallint", "bigint", "text", "character varying(20)", "character(8)" })
	void whateverTheTypeOfIds(String type) {
		knows("ALTER TABLE recipes ALTER id DROP DEFAULT", "ALTER TABLE recipes ALTER id TYPE " + type,
				"ALTER TABLE generations ALTER recipe_id TYPE " + type);
	}

	@Test
	void thoughTheTwoColumnsDiffer() {
		knows("ALTER TABLE generations ALTER recipe_id TYPE text");
	}

	/** No restart is needed: the platform may widen its ids at any time. */
	@Test
	void anIdThatFitsSinceTheColumnsWereWidened() {
		try (TestDatabase database = TestDatabase.create(Installation.EXISTING);
				Service service = Service.start(database)) {
			String call = Api.RUN + "?recipeId=10000000000";
			service.api().post(call).problem(400);
			database.jdbc().sql("ALTER TABLE generations ALTER recipe_id TYPE bigint").update();
			database.rows().generation().failed().recipe(10_000_000_000L).age(Duration.ofDays(3)).insert(12);
			assertThat(service.api().post(call).ok().get("cleanedUpGenerations").longValue()).isEqualTo(2);
		}
	}

	private static void knows(String... changes) {
		try (TestDatabase database = TestDatabase.create(Installation.EXISTING)) {
			database.rows().recipe().id(16).name("Cat").insert();
			database.rows().generation().failed().recipe(4711).age(Duration.ofDays(3)).insert(12);
			List.of(changes).forEach((change) -> database.jdbc().sql(change).update());
			try (Service service = Service.start(database)) {
				knows(service.api());
			}
		}
	}

	private static void knows(Api api) {
		assertThat(api.post(Api.RUN + "?recipeId=16").ok().get("cleanedUpGenerations").longValue()).isZero();
		assertThat(api.post(Api.RUN + "?recipeId=99").problem(400).get("detail").stringValue())
			.startsWith("Unknown recipeId=99");
		assertThat(api.post(Api.RUN + "?recipeId=4711").ok().get("cleanedUpGenerations").longValue()).isEqualTo(2);
	}

}
