package com.delula.retention.backlog;

import java.time.Duration;
import java.util.List;

import com.delula.retention.support.Api;
import com.delula.retention.support.Rows;
import com.delula.retention.support.Service;
import com.delula.retention.support.TestDatabase;
import com.delula.retention.support.TestDatabase.Installation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A recipe is looked for in the type that its columns have, and by failures too. No
 * restart is needed: the platform may change the type of its ids at any time.
 */
class UnknownRecipeTests {

	private static final long FAR = 10_000_000_000L;

	private TestDatabase database;

	@BeforeEach
	void create() {
		this.database = TestDatabase.create(Installation.EXISTING);
		sql("ALTER TABLE recipes ALTER id DROP DEFAULT");
	}

	@AfterEach
	void drop() {
		this.database.close();
	}

	@Test
	void whereIdsAreTexts() {
		change("text");
		try (Service service = Service.start(this.database)) {
			knows(service.api(), "text");
			for (String type : List.of("character varying(20)", "character(8)")) {
				change(type);
				knows(service.api(), type);
			}
		}
	}

	@Test
	void whereIdsAreNumbers() {
		change("smallint");
		try (Service service = Service.start(this.database)) {
			knows(service.api(), "smallint");
			service.api().post(Api.RUN + "?recipeId=" + FAR).problem(400);
			change("bigint");
			knows(service.api(), "bigint");
			this.database.rows().generation().failed().recipe(FAR).age(Duration.ofDays(3)).insert(12);
			assertThat(cleaned(service.api(), FAR)).isEqualTo(2);
			sql("ALTER TABLE generations ALTER recipe_id TYPE text");
			knows(service.api(), "bigint, and text in generations");
		}
	}

	private void change(String type) {
		sql("ALTER TABLE recipes ALTER id TYPE " + type);
		sql("ALTER TABLE generations ALTER recipe_id TYPE " + type);
	}

	private void sql(String sql) {
		this.database.jdbc().sql(sql).update();
	}

	private void knows(Api api, String type) {
		Rows rows = this.database.rows();
		rows.clear();
		rows.recipe().id(16).name("Cat").insert();
		rows.generation().failed().recipe(4711).age(Duration.ofDays(3)).insert(12);
		assertThat(cleaned(api, 16)).as(type).isZero();
		assertThat(api.post(Api.RUN + "?recipeId=99").problem(400).get("detail").stringValue()).as(type)
			.startsWith("Unknown recipeId=99");
		assertThat(cleaned(api, 4711)).as(type).isEqualTo(2);
	}

	private static long cleaned(Api api, long recipe) {
		return api.post(Api.RUN + "?recipeId=" + recipe).ok().get("cleanedUpGenerations").longValue();
	}

}
