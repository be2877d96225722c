package com.delula.retention.backlog;

import java.time.Duration;

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
		try (TestDatabase database = TestDatabase.create(Installation.EXISTING)) {
			database.jdbc().sql("ALTER TABLE recipes ALTER id DROP DEFAULT").update();
			database.jdbc().sql("ALTER TABLE recipes ALTER id TYPE " + type).update();
			database.jdbc().sql("ALTER TABLE generations ALTER recipe_id TYPE " + type).update();
			knows(database);
		}
	}

	/** A number can be looked for where it is a text, and a text where it is none. */
	@Test
	void thoughTheTwoColumnsDiffer() {
		try (TestDatabase database = TestDatabase.create(Installation.EXISTING)) {
			database.jdbc().sql("ALTER TABLE generations ALTER recipe_id TYPE text").update();
			knows(database);
		}
	}

	private static void knows(TestDatabase database) {
		database.jdbc().sql("INSERT INTO recipes (id, name) VALUES (16, 'Cat')").update();
		database.rows().generation().failed().recipe(4711).age(Duration.ofDays(3)).insert(12);
		try (Service service = Service.start(database)) {
			Api api = service.api();
			assertThat(api.post(Api.RUN + "?recipeId=16").ok().get("cleanedUpGenerations").longValue()).isZero();
			assertThat(api.post(Api.RUN + "?recipeId=99").problem(400).get("detail").stringValue())
				.startsWith("Unknown recipeId=99");
			assertThat(api.post(Api.RUN + "?recipeId=4711").ok().get("cleanedUpGenerations").longValue()).isEqualTo(2);
			api.post(Api.RUN + "?recipeId=nonsense").problem(400);
		}
	}

}
