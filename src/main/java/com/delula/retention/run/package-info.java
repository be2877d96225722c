/**
 * The engine: runs any retention task safely, in bounded batches, once at a time over all
 * instances, and remembers what it did. Knows of a rule what it says, and no rule by
 * name.
 */
@NullMarked
package com.delula.retention.run;

import org.jspecify.annotations.NullMarked;
