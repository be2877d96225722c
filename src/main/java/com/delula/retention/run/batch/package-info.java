/**
 * Removes rows in batches: where a batch ends, how large it is, how fast they follow,
 * what is retried.
 */
@NullMarked
package com.delula.retention.run.batch;

import org.jspecify.annotations.NullMarked;
