package com.delula.retention.run;

/**
 * A place in a table's order of removal: the time of a row and, among equals, its id.
 * Both are PostgreSQL literals, so that they fit whatever type the installation's columns
 * have.
 */
public record Watermark(String time, String id) {

}
