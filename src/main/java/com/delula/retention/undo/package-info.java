/** Rows that were removed and can be put back for a while. */
@NullMarked
package com.delula.retention.undo;

import org.jspecify.annotations.NullMarked;
