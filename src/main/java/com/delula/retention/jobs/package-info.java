/** Which jobs and upscale jobs go, and how they stand. */
@NullMarked
package com.delula.retention.jobs;

import org.jspecify.annotations.NullMarked;
