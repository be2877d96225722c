package com.delula.retention.run;

/**
 * What a step finds when every candidate is counted.
 *
 * @param stock the candidates, and those that are due
 * @param dueLater rows, of those that are there now, that are due at a later time
 * @param arrived candidates whose time is in the period before
 */
public record Survey(Stock stock, long dueLater, long arrived) {

}
