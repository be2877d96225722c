package com.delula.retention.run;

import java.util.concurrent.CompletableFuture;

/**
 * A run that has begun.
 *
 * @param run the run as opened
 * @param outcome completes when it has ended, however it ended; completes exceptionally
 * only if its end could not be recorded because the database stayed away
 */
public record RunTicket(Run run, CompletableFuture<RunOutcome> outcome) {

}
