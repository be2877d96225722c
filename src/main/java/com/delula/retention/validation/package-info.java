/** Checks settings and says in one line what is allowed. */
@NullMarked
package com.delula.retention.validation;

import org.jspecify.annotations.NullMarked;
