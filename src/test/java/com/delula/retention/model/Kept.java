package com.delula.retention.model;

import com.delula.retention.model.BacklogModelProperties.Failure;
import org.jspecify.annotations.Nullable;

/**
 * A row in the undo window.
 *
 * @param row the row
 * @param text all of it; null if it came and went in one run
 */
record Kept(Failure row, @Nullable String text) {

}
