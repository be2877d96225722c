package com.delula.retention.run.engine;

import java.util.concurrent.CompletableFuture;

import com.delula.retention.run.Run;
import com.delula.retention.run.RunOutcome;

/**
 * A run that has begun.
 *
 * @param run the run as opened
 * @param outcome completes when it has ended, however it ended; completes exceptionally
 * only if its end could not be recorded because the database stayed away
 */
public record RunTicket(Run run, CompletableFuture<RunOutcome> outcome) {

}
