/** Rules that are described by settings, without code. */
@NullMarked
package com.delula.retention.configured;

import org.jspecify.annotations.NullMarked;
