/** One run of a task at a time, over all instances. */
@NullMarked
package com.delula.retention.run.lock;

import org.jspecify.annotations.NullMarked;
