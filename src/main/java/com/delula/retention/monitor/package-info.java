/** What monitoring sees of the runs: metrics and health. */
@NullMarked
package com.delula.retention.monitor;

import org.jspecify.annotations.NullMarked;
