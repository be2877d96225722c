package com.delula.retention.answer;

/** What a call that runs a rule is answered. */
public sealed interface RunReply permits RunJson, RunAnswer, RuleRunJson {

}
