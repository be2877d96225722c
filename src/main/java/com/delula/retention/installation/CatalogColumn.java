package com.delula.retention.installation;

/**
 * A column of a table.
 *
 * @param name its name
 * @param sql its name as SQL writes it, quoted where it must be
 * @param type its type as SQL writes it, without a modifier
 * @param nullable whether it may be null
 */
public record CatalogColumn(String name, String sql, String type, boolean nullable) {

}
