package com.delula.retention.rule;

/**
 * A column of another table of the same rule that refers to a table's key, whether or not
 * a foreign key says so.
 *
 * @param table the referring table
 * @param column its column
 */
public record Reference(String table, String column) {

}
