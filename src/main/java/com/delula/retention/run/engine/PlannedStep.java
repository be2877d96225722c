package com.delula.retention.run.engine;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import com.delula.retention.run.RetentionStep;
import com.delula.retention.run.Span;
import com.delula.retention.run.Stock;
import org.jspecify.annotations.Nullable;

/**
 * What a run has to do in one table.
 *
 * @param step the step
 * @param spans where its walk begins and ends
 * @param stock what was counted, or will have been; null if that took too long
 */
record PlannedStep(RetentionStep step, List<Span> spans, CompletableFuture<@Nullable Stock> stock) {

}
