package com.delula.retention.answer;

import com.delula.retention.run.Run;
import com.delula.retention.run.RunStatus;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * The answer to a caller who waited for the run of any rule: the run itself.
 *
 * @param success whether it came to its end
 * @param message how it ended, in a sentence
 * @param run the run, whose fields stand in the answer itself
 */
@JsonPropertyOrder({ "success", "message" })
public record RuleRunJson(boolean success, String message, @JsonUnwrapped RunJson run) implements RunReply {

	/**
	 * The whole answer.
	 * @param what what was run, in words that begin a sentence
	 */
	public static RuleRunJson of(String what, Run run) {
		return new RuleRunJson(run.status() == RunStatus.SUCCEEDED, RunAnswer.message(what, run), RunJson.of(run));
	}

}
