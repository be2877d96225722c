/** The row that every run leaves in the platform's ledger. */
@NullMarked
package com.delula.retention.ledger;

import org.jspecify.annotations.NullMarked;
