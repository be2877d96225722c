/**
 * What the service tells the outside of its runs and of how things stand: the contract's
 * field names in one place, the same whichever door asks.
 */
@NullMarked
package com.delula.retention.answer;

import org.jspecify.annotations.NullMarked;
