package com.delula.retention.run;

/**
 * A walk's part, fixed when the run starts: what sorts behind its end waits for the next
 * run.
 *
 * @param first its first place
 * @param last its last place
 * @param timed whether its rows have a time
 */
public record Span(Watermark first, Watermark last, boolean timed) {

}
