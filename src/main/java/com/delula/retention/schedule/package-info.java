/** When tasks run by themselves. */
@NullMarked
package com.delula.retention.schedule;

import org.jspecify.annotations.NullMarked;
