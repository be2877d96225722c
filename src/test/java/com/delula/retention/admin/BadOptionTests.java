package com.delula.retention.admin;

import java.time.Duration;

import com.delula.retention.support.Answer;
import com.delula.retention.support.Api;
import com.delula.retention.support.OnEmptyTables;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** On a call that deletes nothing is guessed: what is not understood deletes nothing. */
class BadOptionTests extends OnEmptyTables {

	@BeforeEach
	void rowsThatARunWouldRemove() {
		this.rows.generation().failed().recipe(16).age(Duration.ofDays(3)).insert(12);
		this.rows.job().completed().age(Duration.ofDays(3)).insertIds(2);
	}

	@AfterEach
	void nothingIsDeleted() {
		assertThat(this.rows.count("generations")).isEqualTo(12);
		assertThat(this.rows.count("jobs")).isEqualTo(2);
		assertThat(runs()).isZero();
		assertThat(ledger()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "dryrun=true|dryrun", "dryRun=|dryRun", "dryRun|dryRun", "dryRun=yes|dryRun",
			"dryRun=TRUE|dryRun", "dryRun=1|dryRun", "dryRun=%20true|dryRun", "dryRun=true&dryRun=true|dryRun",
			"dryRun=true&dryRun=false|dryRun", "dryRun=true&recipeid=16|recipeid", "recipeId=|recipeId",
			"recipeId=abc|recipeId", "recipeId=1.0|recipeId", "recipeId=1e3|recipeId", "recipeId=016|recipeId",
			"recipeId=+16|recipeId", "recipeId=2147483648|recipeId", "recipeId=null|recipeId",
			"recipeId=%2016|recipeId", "recipeId=99999999999999999999|recipeId", "recipeId=16&recipeId=17|recipeId",
			"failureReason=|failureReason", "failureReason=%20|failureReason",
			"failureReason=a&failureReason=b|failureReason", "hours=3|hours", "=true|''", "x|x" })
	void ofTheBacklogInTheQuery(String query, String option) {
		for (String path : new String[] { Api.RUN, Api.EMERGENCY }) {
			assertNames(this.api.post(path + "?" + query), option);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "hours=1.5|hours", "hours=-1|hours", "hours=|hours", "hours|hours", "hours=abc|hours",
					"hours=87601|hours", "hours=99999999999|hours", "hours=048|hours", "hours=%2B1|hours",
					"hours=1&hours=1|hours", "Hours=1|Hours", "maxAgeHours=1|maxAgeHours", "recipeId=1|recipeId",
					"dryRun=no|dryRun", "hours=48h|hours", "hours=1,2|hours", "hours=Infinity|hours", "hours=NaN|hours",
					"hours=٣|hours" })
	void ofThePurgeInTheQuery(String query, String option) {
		assertNames(this.api.post(Api.PURGE + "?" + query.replace("٣", "%D9%A3")), option);
	}

	private static void assertNames(Answer answer, String option) {
		assertThat(answer.problem(400).get("detail").stringValue()).contains(option);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"dryrun\":true}", "{\"dryRun\":\"true\"}", "{\"dryRun\":1}", "{\"dryRun\":null}",
			"{\"dryRun\":[true]}", "{\"dryRun\":{}}", "{\"dryRun\":true,\"dryRun\":true}", "{\"recipeId\":\"16\"}",
			"{\"recipeId\":16.0}", "{\"recipeId\":1e1}", "{\"recipeId\":null}", "{\"recipeId\":99999999999}",
			"{\"failureReason\":\"\"}", "{\"failureReason\":null}", "{\"failureReason\":7}",
			"{\"failureReason\":\"a\\u0000b\"}", "{\"hours\":1}", "{\"dryRun\":true,\"more\":null}", "[]",
			"[{\"dryRun\":true}]", "true", "null", "\"dryRun\"", "{\"dryRun\":true} {}", "{\"dryRun\":true}x",
			"{\"dryRun\":true,}", "{dryRun:true}", "{'dryRun':true}", "{", "dryRun=true", " ", "// {}\n{}",
			"{\"dryRun\":True}" })
	void ofTheBacklogInTheBody(String body) {
		this.api.post(Api.RUN, body).problem(400);
		this.api.post(Api.EMERGENCY, body).problem(400);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"hours\":1.5}", "{\"hours\":-1}", "{\"hours\":\"1\"}", "{\"hours\":null}",
			"{\"hours\":87601}", "{\"hours\":1e0}", "{\"hours\":1.0}", "{\"hours\":true}", "{\"hours\":[1]}",
			"{\"hours\":1,\"hours\":2}", "{\"hour\":1}", "{\"hours\":99999999999999999999}", "{\"hours\":NaN}",
			"{\"recipeId\":1}" })
	void ofThePurgeInTheBody(String body) {
		this.api.post(Api.PURGE, body).problem(400);
	}

	@Test
	void givenTwiceOnceInTheQueryAndOnceInTheBody() {
		assertNames(this.api.post(Api.RUN + "?dryRun=true", "{\"dryRun\":true}"), "dryRun");
		assertNames(this.api.post(Api.EMERGENCY + "?recipeId=16", "{\"recipeId\":16}"), "recipeId");
		assertNames(this.api.post(Api.PURGE + "?hours=1", "{\"hours\":1}"), "hours");
	}

	/** Zero rows would look as if all were well. */
	@Test
	void aRecipeOfWhichNothingIsKnown() {
		for (String path : new String[] { Api.RUN, Api.EMERGENCY }) {
			for (String more : new String[] { "", "&dryRun=true" }) {
				assertThat(this.api.post(path + "?recipeId=99" + more).problem(400).get("detail").stringValue())
					.isEqualTo("Unknown recipeId=99: no such recipe, and no failed generation has it."
							+ " Nothing was deleted.");
			}
		}
		assertNames(this.api.post(Api.RUN, "{\"recipeId\": 99}"), "recipeId=99");
	}

	@Test
	void oneTextForEachError() {
		assertThat(this.api.post(Api.PURGE + "?hours=07").problem(400).get("detail").stringValue())
			.isEqualTo("Invalid hours=07: must be a whole number from 0 to 87600. Nothing was deleted.");
		assertThat(this.api.post(Api.RUN + "?dryrun=true").problem(400).get("detail").stringValue()).isEqualTo(
				"Unknown option 'dryrun'. Valid options: dryRun, expectedRows, recipeId, failureReason. Nothing was deleted.");
		assertThat(this.api.post(Api.RUN, "{\"dryRun\":\"true\"}").problem(400).get("detail").stringValue())
			.isEqualTo("Invalid dryRun=\"true\": must be true or false. Nothing was deleted.");
	}

	@Test
	void notCorrectlyEncoded() {
		for (String query : new String[] { "failureReason=%FF", "failureReason=%C3%28", "dryRun=true&%FF=1" }) {
			this.api.post(Api.RUN + "?" + query).problem(400);
		}
	}

	@Test
	void tooLong() {
		Answer answer = this.api.post(Api.RUN, "{\"failureReason\":\"" + "x".repeat(70_000) + "\"}");
		answer.problem(answer.status());
		assertThat(answer.status()).isIn(400, 413);
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
			"application/xml", "application/jsonx", "nonsense", "text/html" })
	void inABodyOfAnotherType(String type) {
		for (String path : new String[] { Api.RUN, Api.EMERGENCY, Api.PURGE }) {
			this.api.with("Content-Type", type).send("POST", path, "dryRun=true").problem(415);
			this.api.with("Content-Type", type).send("POST", path, "{\"dryRun\":true}").problem(415);
		}
		this.api.send("POST", Api.RUN, "{\"dryRun\":true}").problem(415);
	}

}
