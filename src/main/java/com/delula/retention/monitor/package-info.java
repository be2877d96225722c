/** Metrics and health, for every rule. */
@NullMarked
package com.delula.retention.monitor;

import org.jspecify.annotations.NullMarked;
