/** Checks passwords, and slows down callers that guess them. */
@NullMarked
package com.delula.retention.password;

import org.jspecify.annotations.NullMarked;
