/** What a caller may say of a rule, read in one place for all doors. */
@NullMarked
package com.delula.retention.request;

import org.jspecify.annotations.NullMarked;
