/** Exceptions to rules as the database holds them, and who changed them when. */
@NullMarked
package com.delula.retention.policy;

import org.jspecify.annotations.NullMarked;
