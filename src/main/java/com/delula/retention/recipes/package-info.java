/** What the backlog adds to the dashboard: the failures of each recipe. */
@NullMarked
package com.delula.retention.recipes;

import org.jspecify.annotations.NullMarked;
