package com.delula.retention.installation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A statement of a rule as the engine sends it, and the index that it is to be answered
 * from.
 *
 * @param name what it does, in words
 * @param table the rule's table
 * @param index the index that was made for it
 * @param batch whether it is sent with the settings of a batch; with those of the taking
 * of stock if not
 * @param sql the whole statement, with named parameters
 * @param parameters what a run of now would pass; numbers, and literals without a type
 */
public record RuleStatement(String name, String table, String index, boolean batch, String sql,
		Map<String, @Nullable Object> parameters) {

	public RuleStatement {
		parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
	}

}
