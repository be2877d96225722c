/**
 * Tells webhooks of runs that did not end well and of tasks that need attention. One
 * delivery for each event over all instances.
 */
@NullMarked
package com.delula.retention.notify;

import org.jspecify.annotations.NullMarked;
