/**
 * The engine: runs any retention task safely, in bounded batches, once at a time over all
 * instances, and remembers what it did. Depends on no other package of the service.
 */
@NullMarked
package com.delula.retention.run;

import org.jspecify.annotations.NullMarked;
