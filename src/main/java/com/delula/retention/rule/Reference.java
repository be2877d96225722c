package com.delula.retention.rule;

import org.jspecify.annotations.Nullable;

/**
 * A column of another table of the same rule that refers to a table's key, whether or not
 * a foreign key says so.
 *
 * @param table the referring table
 * @param column its column
 * @param index the name of the index on that column; made up from the rule if null
 */
public record Reference(String table, String column, @Nullable String index) {

}
