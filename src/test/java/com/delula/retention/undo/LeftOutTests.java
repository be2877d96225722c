package com.delula.retention.undo;

import java.util.List;

import com.delula.retention.support.Api;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Rows that cannot come back stay out of a restore, and are listed. */
@Tag("core")
class LeftOutTests extends OnUndoService {

	@Test
	void aRowWhoseKeyIsTakenStaysOutAndIsListed() {
		List<Long> ids = this.rows.generation().failed().recipe(16).age(OLD).insert(13);
		String run = this.api.post(Api.RUN).ok().get("runId").stringValue();
		this.rows.generation().completed().id(ids.get(1)).insert();
		JsonNode restored = restore(run).ok();
		assertThat(restored.get("rowsRestored").longValue()).isEqualTo(2);
		assertThat(restored.get("rowsKeptReferenced").longValue()).isEqualTo(1);
		assertThat(restored.get("leftOut"))
			.hasToString("[{\"table\":\"generations\",\"key\":\"" + ids.get(1) + "\",\"reason\":\"key-taken\"}]");
		assertThat(restored.get("note").stringValue()).contains("1 row left out");
		this.jdbc.sql("DELETE FROM generations WHERE id = " + ids.get(1)).update();
		assertThat(restore(run).ok().get("rowsRestored").longValue()).isEqualTo(1);
		assertThat(this.rows.generationIds()).isEqualTo(ids);
		assertThat(read("SELECT sum(amount) FROM credit_transactions")).containsExactly("0");
	}

	/** Parents first; a child whose parent is not there stays out. */
	@Test
	void aRowWhoseParentIsGoneStaysOut() {
		List<String> jobs = this.rows.job().completed().age(OLD).insertIds(3);
		jobs.forEach((job) -> this.rows.upscaleJob(job).completed().age(OLD).insert());
		String run = run("job-purge");
		this.rows.job().queued().id(jobs.get(1)).insert();
		this.jdbc.sql("DELETE FROM retention_undo WHERE table_name = 'jobs' AND row_key[1] = :job")
			.param("job", jobs.get(0))
			.update();
		JsonNode restored = restore(run).ok();
		assertThat(restored.get("removedByTable")).hasToString("{\"jobs\":-1,\"upscale_jobs\":-2}");
		assertThat(restored.get("leftOut").toString()).contains("key-taken", "parent-missing");
		assertThat(this.rows.jobIds()).containsExactlyInAnyOrder(jobs.get(1), jobs.get(2));
	}

	/** One that the table refuses keeps no other from coming back. */
	@Test
	void aRowThatNoLongerFitsStaysOut() {
		this.jdbc
			.sql("INSERT INTO things (id, part, \"At\", d) SELECT n, 'x', 'epoch', n FROM generate_series(1, 40) AS n")
			.update();
		String run = run("things");
		this.jdbc.sql("ALTER TABLE things ADD CONSTRAINT small CHECK (d <> 17 AND d <> 30)").update();
		JsonNode restored = restore(run).ok();
		this.jdbc.sql("ALTER TABLE things DROP CONSTRAINT small").update();
		assertThat(restored.get("rowsRestored").longValue()).isEqualTo(38);
		assertThat(restored.get("leftOut")).hasSize(2);
		assertThat(restored.get("leftOut").get(0))
			.hasToString("{\"table\":\"things\",\"key\":\"x,17\",\"reason\":\"does-not-fit\"}");
	}

	/** By what a trigger of the table makes of it. */
	@Test
	void aRowThatWouldComeBackUnderAnotherKeyStaysOut() {
		this.jdbc
			.sql("INSERT INTO things (id, part, \"At\", num) SELECT n, 'x', 'epoch', n FROM generate_series(1, 9) AS n")
			.update();
		String run = run("things");
		this.jdbc.sql("""
				CREATE FUNCTION other_key() RETURNS trigger LANGUAGE plpgsql AS
				$$ BEGIN NEW.id := NEW.id + 1000000; RETURN NEW; END $$;
				CREATE TRIGGER other_key BEFORE INSERT ON things_rest
				FOR EACH ROW WHEN (NEW.num = 3) EXECUTE FUNCTION other_key()
				""").update();
		JsonNode restored = restore(run).ok();
		this.jdbc.sql("DROP FUNCTION other_key CASCADE").update();
		assertThat(restored.get("rowsRestored").longValue()).isEqualTo(8);
		assertThat(restored.get("leftOut"))
			.hasToString("[{\"table\":\"things\",\"key\":\"x,3\",\"reason\":\"does-not-fit\"}]");
		assertThat(read("SELECT CAST(id AS text) FROM things ORDER BY id")).containsExactly("1", "2", "4", "5", "6",
				"7", "8", "9");
		assertThat(this.rows.count("retention_undo")).isEqualTo(1);
	}

}
