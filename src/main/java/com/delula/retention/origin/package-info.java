/** Tells requests that pages of other sites make from one's own. */
@NullMarked
package com.delula.retention.origin;

import org.jspecify.annotations.NullMarked;
