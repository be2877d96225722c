/** Who is logged in to the pages, known to every instance and without asking another. */
@NullMarked
package com.delula.retention.session;

import org.jspecify.annotations.NullMarked;
