/** Which generations of the backlog account go, and how its backlog stands. */
@NullMarked
package com.delula.retention.backlog;

import org.jspecify.annotations.NullMarked;
