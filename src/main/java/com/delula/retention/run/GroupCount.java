package com.delula.retention.run;

/**
 * How one group of rows (a recipe, say) fares in a run.
 *
 * @param before rows that the rule looked at, before the run
 * @param due rows of them that are due
 */
public record GroupCount(long before, long due) {

}
