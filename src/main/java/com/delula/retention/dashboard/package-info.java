/** The pages that people look at: what they see, and the buttons that their role has. */
@NullMarked
package com.delula.retention.dashboard;

import org.jspecify.annotations.NullMarked;
