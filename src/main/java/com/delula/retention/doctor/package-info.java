/** Checks for what makes a cleanup slow, unsafe or impossible, and says how to fix it. */
@NullMarked
package com.delula.retention.doctor;

import org.jspecify.annotations.NullMarked;
