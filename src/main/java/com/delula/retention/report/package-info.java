/** What arrived and what went, day by day: counted, remembered and told. */
@NullMarked
package com.delula.retention.report;

import org.jspecify.annotations.NullMarked;
