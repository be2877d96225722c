/** Answers about large tables: fresh enough, and one count at a time. */
@NullMarked
package com.delula.retention.status;

import org.jspecify.annotations.NullMarked;
