/**
 * Records runs and schedule firings in the database, and fences off instances that lost
 * their lock.
 */
@NullMarked
package com.delula.retention.run.history;

import org.jspecify.annotations.NullMarked;
