/**
 * What a run is: request, scope, status and outcome, and what the engine expects of a
 * rule.
 */
@NullMarked
package com.delula.retention.run;

import org.jspecify.annotations.NullMarked;
