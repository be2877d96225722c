/**
 * Renders a rule's SQL for one database: what is due, where batches end, what is removed
 * and what is held.
 */
@NullMarked
package com.delula.retention.statement;

import org.jspecify.annotations.NullMarked;
