/** The HTTP API: who may call, what they may ask, and how they are answered. */
@NullMarked
package com.delula.retention.admin;

import org.jspecify.annotations.NullMarked;
