package com.delula.retention.status;

import org.jspecify.annotations.Nullable;

/**
 * A count and what it knows of.
 *
 * @param value the count
 * @param lastRun the task's newest run that had ended in the snapshot of the count; null
 * if there was none
 * @param <T> the count's type
 */
record Counted<T>(T value, @Nullable String lastRun) {

}
