package com.delula.retention.run;

import org.jspecify.annotations.Nullable;

/**
 * A place between two rows of a walk, at which one slice ends and the next begins.
 *
 * @param end the row before it
 * @param next the row behind it; null at the end of what was cut
 */
public record Cut(Watermark end, @Nullable Watermark next) {

}
