package com.delula.retention.installation;

/**
 * A foreign key of one column.
 *
 * @param column the referring column
 * @param referenced the column that it refers to
 * @param protects whether a row that is referred to cannot be deleted; else the referring
 * rows are deleted or changed with it
 */
public record ForeignKey(String column, String referenced, boolean protects) {

}
