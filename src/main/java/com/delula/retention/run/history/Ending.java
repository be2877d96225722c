package com.delula.retention.run.history;

import com.delula.retention.run.RunStatus;
import org.jspecify.annotations.Nullable;

/**
 * How a run is closed.
 *
 * @param status its status
 * @param error why it did not end well; null if it did
 * @param note what a person should know of it, such as rows that stayed; null if nothing
 */
public record Ending(RunStatus status, @Nullable String error, @Nullable String note) {

}
