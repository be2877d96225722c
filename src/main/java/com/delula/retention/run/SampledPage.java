package com.delula.retention.run;

/**
 * A page of a sample of a table's pages.
 *
 * @param place the place of one of its rows in the order of removal
 * @param rows how many rows of the walk lie on it
 */
public record SampledPage(Watermark place, long rows) {

}
