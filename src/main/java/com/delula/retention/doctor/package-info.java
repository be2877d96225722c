/** What makes a cleanup slow, unsafe or impossible, and what mends it. */
@NullMarked
package com.delula.retention.doctor;

import org.jspecify.annotations.NullMarked;
