/**
 * Holds runs back between batches: when somebody pauses them, and when the database needs
 * a rest.
 */
@NullMarked
package com.delula.retention.run.steering;

import org.jspecify.annotations.NullMarked;
